/** `naming`: something is about to be saved that names these. `ending`: these names are about to be taken away. */
export type ClaimSide = 'naming' | 'ending';

export interface Claim {
  id: string;
  side: ClaimSide;
  /** As `SaveRequest.references`, e.g. `tool/order-lookup`. */
  references: readonly string[];
  /** Until then whoever claims is believed to be at work. */
  until: Date;
}

/**
 * Said before a check and taken back after what was checked for is done. Of two sides that each claim first and then look
 * for the other's claims, at least one sees the other.
 */
export interface ClaimStore {
  claim(tenantId: string, claim: Claim): Promise<void>;
  /** Those of the references that somebody claims on that side; the claim with the id `except` does not count. */
  claimed(
    tenantId: string,
    side: ClaimSide,
    references: readonly string[],
    except?: string,
  ): Promise<string[]>;
  release(tenantId: string, id: string): Promise<void>;
}
