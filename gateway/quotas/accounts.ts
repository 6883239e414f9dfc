import { type PeriodQuota, periodQuotas, type QuotaName } from '../api/index.ts';

/** What an installation gives a tenant that nobody said anything about; nothing named, nothing limited. */
export const defaultQuotas: { readonly [N in QuotaName]?: number } = {
  workflows: 2_000,
  agents: 2_000,
  tools: 2_000,
  users: 2_000,
  storageBytes: 10 * 2 ** 30,
  concurrentRuns: 10_000,
};

const isPeriodic = (name: QuotaName): name is PeriodQuota =>
  (periodQuotas as readonly string[]).includes(name);

/** The ledger's account of a quota now: those of a day or month begin anew, in UTC. */
export function accountOf(name: QuotaName, now: number): string {
  if (!isPeriodic(name)) return name;
  const instant = new Date(now).toISOString();
  return `${name}@${instant.slice(0, name.endsWith('Day') ? 10 : 7)}`;
}

/** epoch ms at which the account begins anew. */
export function resetOf(name: QuotaName, now: number): number | undefined {
  if (!isPeriodic(name)) return undefined;
  const at = new Date(now);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  return name.endsWith('Day') ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1);
}
