import { FIRST_KEY } from '@baton/engine/protocol';
import type { Store } from './store.ts';

/** The highest key that any event carries: a restarted broker goes on after it. */
export interface Keys {
  readonly last: number;
  /** Called for every event. */
  used(key: number): void;
}

export function createKeys(store: Store): Keys {
  const table = store.table<string, number>('keys');
  return {
    get last() {
      return table.get('last') ?? FIRST_KEY - 1;
    },
    used(key) {
      if (key > (table.get('last') ?? FIRST_KEY - 1)) table.put('last', key);
    },
  };
}
