import type { Store } from './store.ts';

/** What an ad-hoc sub-process remembers beside its instance. */
export interface AdHocSubProcesses {
  /** Its worker has said that it is enough: it ends with the last of what still runs. */
  isFulfilled(key: number): boolean;
  fulfill(key: number): void;
  remove(key: number): void;
}

export function createAdHocSubProcesses(store: Store): AdHocSubProcesses {
  const fulfilled = store.table<number, true>('fulfilledAdHocSubProcesses');
  return {
    isFulfilled: (key) => fulfilled.get(key) !== undefined,
    fulfill: (key) => fulfilled.put(key, true),
    remove: (key) => fulfilled.delete(key),
  };
}
