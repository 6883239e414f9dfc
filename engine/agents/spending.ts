import type { CallUsage, Result } from '@baton/engine/protocol';
import type { CallOwner } from './recordedCalls.ts';

/** The tenant has used up a quota; the message names it. */
export interface QuotaExceeded {
  code: 'QUOTA_EXCEEDED';
  message: string;
}

/** What a tenant's quotas have to do with its runs. */
export interface Spending {
  /**
   * Before a run begins, or goes on after a pause: the most it may use from here on is kept for it.
   * @param most tokens; cost in US dollars; duration in ms, after which what is kept ends by itself
   */
  reserve(
    owner: CallOwner,
    most: { tokens: number; cost: number; duration: number },
  ): Promise<Result<RunSpending, QuotaExceeded>>;
}

export interface RunSpending {
  /** What a call used that was made now, not one from the record. */
  settle(usage: CallUsage): void;
  /** Gives back what is left of what was kept. */
  end(): Promise<void>;
}
