import type { Place } from './place.ts';

/** Why a value does not fit: "Expected <place> <expected>, but <found>". */
export interface Reason {
  readonly at: Place;
  readonly keyword: string;
  /** `to be a number`. */
  readonly expected: string;
  /** `it is null`. */
  readonly found: string;
}
