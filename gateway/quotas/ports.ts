import type { Result } from '@baton/engine/protocol';
import type { QuotaName } from '../api/index.ts';
import type { Refusal } from '../refusal.ts';

export type QuotaAmounts = { readonly [N in QuotaName]?: number };

export interface Reservation {
  /** Replaces the reserved amounts by what was really used. Once; later calls change nothing. */
  settle(used: QuotaAmounts): Promise<void>;
  /** As if never reserved. */
  release(): Promise<void>;
}

export interface Quotas {
  /**
   * Reserves all or nothing, for all processes at once. Refused with QUOTA_EXCEEDED naming the quota, its limit and what is used.
   * Reserve the most that may be used: what is settled counts even past the limit.
   * @param lasting ms after which a reservation nobody settled (a crash) ends
   * @param run element instance, or run on request, that it is for: what its record has more than was counted is counted once,
   *   whoever ends it
   */
  reserve(
    tenantId: string,
    amounts: QuotaAmounts,
    lasting?: number,
    run?: string,
  ): Promise<Result<Reservation, Refusal>>;
  /**
   * Whether so much could be reserved, refused as a reservation is. Takes nothing and warns nobody.
   * @param besides as if this were reserved already
   */
  room(tenantId: string, amounts: QuotaAmounts, besides: QuotaAmounts): Promise<Result<void, Refusal>>;
  /** Counts what a run has used by its record that was left by a crash; others that are over too. */
  settleLeft(tenantId: string, run: string): Promise<void>;
  /** Counts what was used without a reservation; less than nothing gives back. */
  count(tenantId: string, used: QuotaAmounts): Promise<void>;
}

/** Amounts of both periods: `ofPeriods('tokens', 300)`. */
export function ofPeriods(what: 'requests' | 'tokens' | 'money', amount: number): QuotaAmounts {
  return { [`${what}PerDay`]: amount, [`${what}PerMonth`]: amount };
}
