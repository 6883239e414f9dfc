import type { Evaluation } from '../evaluation.ts';
import type { Failure } from '../values/failure.ts';
import type { Value } from '../values/value.ts';

export interface Builtin {
  readonly parameters: readonly string[];
  /** The last parameter takes any number of values, as a list. */
  readonly variadic?: true;
  /** undefined when it is not made for such values. */
  run(values: readonly Value[], evaluation: Evaluation): Value | Failure | undefined;
}

/** By name; of several the first that takes what is given. */
export interface Functions {
  readonly [name: string]: readonly Builtin[];
}

export function builtin(parameters: readonly string[], run: Builtin['run']): Builtin {
  return { parameters, run };
}

export function variadic(parameters: readonly string[], run: Builtin['run']): Builtin {
  return { parameters, variadic: true, run };
}

export const isText = (value: Value | undefined): value is string => typeof value === 'string';
