/** What a tenant may have or use up. Money in micro-units of the account's currency. */
export const quotaNames = [
  'workflows',
  'agents',
  'tools',
  'users',
  'storageBytes',
  'concurrentRuns',
  'requestsPerDay',
  'requestsPerMonth',
  'tokensPerDay',
  'tokensPerMonth',
  'moneyPerDay',
  'moneyPerMonth',
] as const;
export type QuotaName = (typeof quotaNames)[number];
