import type { Result } from '@baton/engine/protocol';

/** How somebody likes to work: one JSON document a member, nothing the product decides by. */
export interface Preferences {
  content: { readonly [name: string]: unknown };
  /** `jsonHash` of the content. */
  hash: string;
}

export interface PreferenceStore {
  /** Nothing set, where there is no document. */
  get(tenantId: string, callerId: string): Promise<Preferences>;
  /**
   * Replaces what was there, if it still has `expectedHash`; `undefined` = whatever there is. Saving what is there
   * already succeeds.
   */
  put(
    tenantId: string,
    callerId: string,
    content: Preferences['content'],
    expectedHash: string | undefined,
  ): Promise<Result<Preferences, { code: 'VERSION_CONFLICT'; latest: Preferences }>>;
}
