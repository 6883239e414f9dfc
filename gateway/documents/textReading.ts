import type { JsonValue } from '../api/common.ts';
import type { TextPlace } from './contentPath.ts';

/** What a text says. */
export interface TextReading {
  value: JsonValue;
  /** By `pathKey`. */
  places: ReadonlyMap<string, TextPlace>;
}

/** Why a text cannot be read; 1-based. */
export interface TextProblem {
  line: number;
  column: number;
  message: string;
}
