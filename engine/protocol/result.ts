/** Expected failure is a value: `ok` with what was asked for, or the failure as data. */
export type Result<T, F> = Ok<T> | Failed<F>;
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}
export interface Failed<F> {
  readonly ok: false;
  readonly failure: F;
}

export function ok(): Ok<void>;
export function ok<T>(value: T): Ok<T>;
export function ok<T>(value?: T): Ok<T | undefined> {
  return { ok: true, value };
}

export function failed<F>(failure: F): Failed<F> {
  return { ok: false, failure };
}
