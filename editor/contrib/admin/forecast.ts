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

/**
 * What a quota comes to when it is used on as in its period so far. A month comes to no less than it would if today ended as the
 * day's quota is forecast.
 * @param all quotas of the tenant
 */
export function forecast(quota: QuotaUseView, now: number, all: readonly QuotaUseView[]): Forecast {
  const { name, limit, used, reserved, resetsAt } = quota;
  const { show } = quotaWords[name];
  const taken = used + reserved;
  const { ends, full } = courseOf(quota, now, all);
  const rate =
    !resetsAt || used === 0 ? '' : ends === undefined ? 'Too early to say' : `Ends at ${show(ends)}`;
  if (limit === null) return { share: undefined, tone: 'running', words: rate };
  const share = limit === 0 ? 1 : taken / limit;
  if (share >= 1) {
    const until = resetsAt
      ? name.endsWith('PerDay')
        ? `, refills at ${clock(Date.parse(resetsAt))}`
        : `, refills on ${date(Date.parse(resetsAt))}`
      : '';
    return { share, tone: 'incident', words: `Full${until}` };
  }
  if (full !== undefined) {
    const when = name.endsWith('PerDay') ? `at ${clock(full)}` : `on ${date(full)}`;
    return { share, tone: 'waiting', words: `Full ${when} at this rate` };
  }
  const words = resetsAt ? rate : share >= nearEnd ? `${show(limit - taken)} left` : '';
  return { share, tone: share >= nearEnd ? 'waiting' : 'running', words };
}

/** How a quota goes on. */
interface Course {
  /** What is used when the period ends; `undefined` while its rate says nothing. */
  ends: number | undefined;
  /** When the limit is reached, if that is before the period ends. */
  full: number | undefined;
}

function courseOf(quota: QuotaUseView, now: number, all: readonly QuotaUseView[]): Course {
  const own = extended(quota, now, { before: 0, limit: quota.limit, most: Number.POSITIVE_INFINITY });
  const today = all.find(({ name }) => quota.name.endsWith('PerMonth') && name === dayOf(quota.name));
  if (!today) return own;
  const before = Math.max(0, quota.used - today.used);
  const most = today.limit ?? Number.POSITIVE_INFINITY;
  const tonight = extended(today, now, { before, limit: quota.limit, most });
  const full = [own.full, tonight.full].filter((at) => at !== undefined);
  return {
    ends: own.ends === undefined ? undefined : Math.max(own.ends, tonight.ends ?? 0),
    full: full.length === 0 ? undefined : Math.min(...full),
  };
}

const dayOf = (month: string) => month.replace(/PerMonth$/, 'PerDay');

/**
 * What was used in a period so far, until its end.
 * @param before what was used before the period, and counts as well
 * @param most that may be used in the period
 */
function extended(
  { name, used, resetsAt }: QuotaUseView,
  now: number,
  { before, limit, most }: { before: number; limit: number | null; most: number },
): Course {
  if (!resetsAt) return { ends: undefined, full: undefined };
  const from = beginning(name, resetsAt);
  const until = Date.parse(resetsAt);
  const part = Math.min(1, (now - from) / (until - from));
  if (part < tooEarly) return { ends: undefined, full: undefined };
  const comes = Math.max(used, Math.min(most, used / part));
  const full =
    limit === null || before + comes < limit ? until : from + ((now - from) * (limit - before)) / used;
  return { ends: Math.round(before + comes), full: full < until ? full : undefined };
}
