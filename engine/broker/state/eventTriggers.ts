import type { JsonObject } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export interface EventTrigger {
  readonly key: number;
  readonly variables: JsonObject;
}

/** What happened to an element instance and still waits to be acted on, by the element that it targets. */
export interface EventTriggers {
  get(scopeKey: number, targetElementId: string): EventTrigger | undefined;
  ofScope(scopeKey: number): Iterable<{ targetElementId: string; trigger: EventTrigger }>;
  put(scopeKey: number, targetElementId: string, trigger: EventTrigger): void;
  remove(scopeKey: number, targetElementId: string): void;
  removeScope(scopeKey: number): void;
}

export function createEventTriggers(store: Store): EventTriggers {
  const table = store.table<[number, string], EventTrigger>('eventTriggers');
  return {
    get: (scopeKey, targetElementId) => table.get([scopeKey, targetElementId]),
    *ofScope(scopeKey) {
      for (const { key, value } of table.range({ start: [scopeKey, ''], end: [scopeKey + 1, ''] }))
        yield { targetElementId: key[1], trigger: value };
    },
    put: (scopeKey, targetElementId, trigger) => table.put([scopeKey, targetElementId], trigger),
    remove: (scopeKey, targetElementId) => table.delete([scopeKey, targetElementId]),
    removeScope(scopeKey) {
      for (const { key } of table.range({ start: [scopeKey, ''], end: [scopeKey + 1, ''] }))
        table.delete(key);
    },
  };
}
