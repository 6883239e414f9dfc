import type { Result } from '@baton/engine/protocol';
import type { QuotaName } from '../api/index.ts';
import type { Refusal } from '../refusal.ts';

export interface Reservation {
  /** Replaces the reserved amounts by what was really used. Once; later calls change nothing. */
  settle(used: { readonly [N in QuotaName]?: number }): Promise<void>;
  /** As if never reserved. */
  release(): Promise<void>;
}

export interface Quotas {
  /**
   * Reserves all or nothing, for all processes at once. Refused with QUOTA_EXCEEDED naming the quota, its limit and what is used.
   * A reservation nobody settles (a crash) ends after its time.
   */
  reserve(
    tenantId: string,
    amounts: { readonly [N in QuotaName]?: number },
  ): Promise<Result<Reservation, Refusal>>;
}
