/** What a tenant has, as long as it has it. */
export const countedQuotas = ['workflows', 'agents', 'tools', 'users', 'storageBytes'] as const;
export type CountedQuota = (typeof countedQuotas)[number];

/** What a tenant uses up in a day or month of UTC. Money in millionths of a US dollar. */
export const periodQuotas = [
  'requestsPerDay',
  'requestsPerMonth',
  'tokensPerDay',
  'tokensPerMonth',
  'moneyPerDay',
  'moneyPerMonth',
] as const;
export type PeriodQuota = (typeof periodQuotas)[number];

export const quotaNames = [...countedQuotas, 'concurrentRuns', ...periodQuotas] as const;
export type QuotaName = (typeof quotaNames)[number];
