import type { Store } from './store.ts';

export interface AwaitedResult {
  /** Names to answer with; empty = all. */
  fetchVariables: readonly string[];
}

/** Instances whose creator waits for the result. */
export interface AwaitedResults {
  get(processInstanceKey: number): AwaitedResult | undefined;
  put(processInstanceKey: number, awaited: AwaitedResult): void;
  remove(processInstanceKey: number): void;
}

export function createAwaitedResults(store: Store): AwaitedResults {
  const table = store.table<number, AwaitedResult>('awaitedResults');
  return {
    get: (processInstanceKey) => table.get(processInstanceKey),
    put: (processInstanceKey, awaited) => table.put(processInstanceKey, awaited),
    remove: (processInstanceKey) => table.delete(processInstanceKey),
  };
}
