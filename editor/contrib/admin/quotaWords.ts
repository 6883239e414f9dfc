import type { QuotaName } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';
import { count, dollars, type Quantity } from '../../ui/quantities.ts';

export interface QuotaWords {
  title: string;
  icon: IconName;
  /** What happens at 100 %. */
  consequence: string;
  /** How an amount is read and written. */
  quantity: Quantity;
  show(amount: number): string;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
/** Below this every digit fits. */
const shortFigure = 1_000_000;
const figure = (amount: number) =>
  amount < shortFigure ? amount.toLocaleString('en') : compact.format(amount);

const millionth = 1_000_000;
const cents = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const money: Pick<QuotaWords, 'quantity' | 'show'> = {
  quantity: {
    show: (amount) => dollars.show(amount / millionth),
    read(text) {
      const read = dollars.read(text);
      return typeof read === 'number' ? Math.round(read * millionth) : read;
    },
  },
  show: (amount) => cents.format(amount / millionth),
};

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const bytes = (amount: number) => {
  const place = amount < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(amount) / 3));
  const value = amount / 1000 ** place;
  return `${place === 0 ? value : value.toFixed(value < 100 ? 1 : 0)} ${sizes[place]}`;
};
const storage: Pick<QuotaWords, 'quantity' | 'show'> = {
  quantity: {
    show: bytes,
    read(text) {
      const [, value, unit = 'B'] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?b)?\s*$/i.exec(text) ?? [];
      if (value === undefined) return text.trim() || undefined;
      const place = sizes.findIndex((size) => size.toLowerCase() === unit.toLowerCase());
      return Math.round(Number(value) * 1000 ** place);
    },
  },
  show: bytes,
};

const plain: Pick<QuotaWords, 'quantity' | 'show'> = { quantity: count, show: figure };
const calls = 'Models are not asked any more: running agents stop with an incident, new ones are refused.';
const requests = 'Requests are refused, but for signing in and for this page.';

export const quotaWords: { readonly [N in QuotaName]: QuotaWords } = {
  moneyPerDay: { title: 'Money, day', icon: 'codicon:credit-card', consequence: calls, ...money },
  moneyPerMonth: { title: 'Money, month', icon: 'codicon:credit-card', consequence: calls, ...money },
  tokensPerDay: { title: 'Tokens, day', icon: 'codicon:symbol-numeric', consequence: calls, ...plain },
  tokensPerMonth: { title: 'Tokens, month', icon: 'codicon:symbol-numeric', consequence: calls, ...plain },
  concurrentRuns: {
    title: 'Runs at once',
    icon: 'runs',
    consequence: 'New runs are refused until one ends; those that run go on.',
    ...plain,
  },
  requestsPerDay: { title: 'Requests, day', icon: 'codicon:globe', consequence: requests, ...plain },
  requestsPerMonth: { title: 'Requests, month', icon: 'codicon:globe', consequence: requests, ...plain },
  workflows: { title: 'Workflows', icon: 'process', consequence: 'No more workflows are made.', ...plain },
  agents: { title: 'Agents', icon: 'agent', consequence: 'No more agents are made.', ...plain },
  tools: { title: 'Tools', icon: 'tool', consequence: 'No more tools are made.', ...plain },
  users: {
    title: 'Users',
    icon: 'codicon:organization',
    consequence: 'Nobody new is made or invited; open invitations have their place already.',
    ...plain,
  },
  storageBytes: {
    title: 'Storage',
    icon: 'codicon:database',
    consequence: 'Saving is refused; what is kept stays.',
    ...storage,
  },
};
/** As the page lists them. */
export const quotaOrder = Object.keys(quotaWords) as readonly QuotaName[];
