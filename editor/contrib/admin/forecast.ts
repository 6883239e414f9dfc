import type { QuotaUseView } from '@baton/gateway/api';
import { quotaWords } from './quotaWords.ts';

/** From this share on a quota is near its end; the ledger warns there, too. */
export const nearEnd = 0.8;

export interface Forecast {
  /** Of the limit, with what is reserved; `undefined` without a limit. */
  share: number | undefined;
  tone: 'running' | 'waiting' | 'incident';
  /** What comes, in a few words; empty where nothing is to be said. */
  words: string;
}

const day = 86_400_000;

/** When the period began that ends then. */
function beginning(name: string, resetsAt: string): number {
  const end = new Date(resetsAt);
  return name.endsWith('PerDay')
    ? end.getTime() - day
    : Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 1, end.getUTCDate());
}

/** Part of a period that has to be over before its rate says anything. */
const tooEarly = 0.02;

const clock = (at: number) =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
const date = (at: number) => new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });

/** What a quota comes to when it is used on as in its period so far. */
export function forecast(quota: QuotaUseView, now: number): Forecast {
  const { name, limit, used, reserved, resetsAt } = quota;
  const { show } = quotaWords[name];
  const taken = used + reserved;
  if (limit === null) return { share: undefined, tone: 'running', words: rateWords(quota, now) };
  const share = limit === 0 ? 1 : taken / limit;
  if (share >= 1) {
    const until = resetsAt
      ? name.endsWith('PerDay')
        ? `, refills at ${clock(Date.parse(resetsAt))}`
        : `, refills on ${date(Date.parse(resetsAt))}`
      : '';
    return { share, tone: 'incident', words: `Full${until}` };
  }
  const full = fullAt(quota, now);
  if (full !== undefined) {
    const when = name.endsWith('PerDay') ? `at ${clock(full)}` : `on ${date(full)}`;
    return { share, tone: 'waiting', words: `Full ${when} at this rate` };
  }
  const words = resetsAt ? rateWords(quota, now) : share >= nearEnd ? `${show(limit - taken)} left` : '';
  return { share, tone: share >= nearEnd ? 'waiting' : 'running', words };
}

/** When the limit is reached, if that is before the period ends. */
function fullAt({ name, limit, used, resetsAt }: QuotaUseView, now: number): number | undefined {
  if (!resetsAt || limit === null || used === 0) return undefined;
  const from = beginning(name, resetsAt);
  const end = Date.parse(resetsAt);
  if ((now - from) / (end - from) < tooEarly) return undefined;
  const at = from + ((now - from) * limit) / used;
  return at < end ? at : undefined;
}

function rateWords({ name, used, resetsAt }: QuotaUseView, now: number): string {
  if (!resetsAt || used === 0) return '';
  const from = beginning(name, resetsAt);
  const part = (now - from) / (Date.parse(resetsAt) - from);
  if (part < tooEarly) return 'Too early to say';
  return `Ends at ${quotaWords[name].show(Math.round(used / part))}`;
}
