import type { JsonValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

/** How far a multi-instance body has come. */
export interface MultiInstance {
  readonly items: readonly JsonValue[];
  readonly created: number;
  readonly completed: number;
  readonly terminated: number;
}

/** Multi-instance bodies by the key of their element instance. */
export interface MultiInstances {
  get(bodyKey: number): MultiInstance | undefined;
  begin(bodyKey: number, items: readonly JsonValue[]): void;
  /** One more of its instances was created, completed or terminated. */
  count(bodyKey: number, what: 'created' | 'completed' | 'terminated'): void;
  remove(bodyKey: number): void;
}

export function createMultiInstances(store: Store): MultiInstances {
  // the items stay, the counters change with every instance
  const items = store.table<number, readonly JsonValue[]>('multiInstanceItems');
  const counters = store.table<number, Omit<MultiInstance, 'items'>>('multiInstanceCounters');
  return {
    get(bodyKey) {
      const counted = counters.get(bodyKey);
      return counted && { ...counted, items: items.get(bodyKey)! };
    },
    begin(bodyKey, collection) {
      items.put(bodyKey, collection);
      counters.put(bodyKey, { created: 0, completed: 0, terminated: 0 });
    },
    count(bodyKey, what) {
      const counted = counters.get(bodyKey);
      if (counted) counters.put(bodyKey, { ...counted, [what]: counted[what] + 1 });
    },
    remove(bodyKey) {
      items.delete(bodyKey);
      counters.delete(bodyKey);
    },
  };
}
