import type { Decimal } from './number.ts';
import type { Special } from './special.ts';

/** A value of FEEL. Lists and contexts are those of JSON, numbers too as long as a double tells them exactly. */
export type Value = null | boolean | string | FeelNumber | Value[] | Context | Special;
export type Context = { [name: string]: Value };
/** A double means the decimal number that it is written as; integers beyond 2^53 are bigints. */
export type FeelNumber = number | bigint | Decimal;
