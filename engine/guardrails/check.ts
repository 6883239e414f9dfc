import type { GuardPlace } from '@baton/engine/protocol';

/** What a check looks at. */
export interface CheckContext<S> {
  place: GuardPlace;
  text: string;
  settings: S;
  /** Texts that are secrets here: keys of the tenant's providers. */
  secrets: readonly string[];
}

export type Judgement =
  | { action: 'allow' }
  | { action: 'mask'; text: string; message: string }
  | { action: 'block'; message: string };

/** One rule. Decides by what it is given alone, so the same text is judged the same when a run is replayed. */
export interface Check<S> {
  check(context: CheckContext<S>): Judgement;
  /**
   * Of a text that is still coming: characters from its beginning on which nothing that comes can change the judgement.
   * They are told; the rest is held back.
   * @param told characters of the same text that were told before
   */
  settled(coming: CheckContext<S>, told: number): number;
}
