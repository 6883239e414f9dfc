import type { Store } from './store.ts';

/** Process instances in which processing failed unexpectedly: they are left alone, the others go on. */
export interface BannedInstances {
  has(processInstanceKey: number): boolean;
  add(processInstanceKey: number): void;
}

export function createBannedInstances(store: Store): BannedInstances {
  const table = store.table<number, true>('bannedInstances');
  return {
    has: (processInstanceKey) => table.has(processInstanceKey),
    add: (processInstanceKey) => table.put(processInstanceKey, true),
  };
}
