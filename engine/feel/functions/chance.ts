import { builtin, type Functions } from './builtin.ts';

/** Chance is given from outside; without it there is none. */
export interface Chance {
  /** In [0, 1). */
  random?: (() => number) | undefined;
  uuid?: (() => string) | undefined;
}

export function chance({ random, uuid }: Chance): Functions {
  return {
    'random number': [builtin([], () => random?.() ?? null)],
    uuid: [builtin([], () => uuid?.() ?? null)],
  };
}
