import type { TimerValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export interface Timer {
  readonly key: number;
  readonly tenantId: string;
  readonly value: TimerValue;
}

/** Armed timers by key, by owner, and by due date. */
export interface Timers {
  get(key: number): Timer | undefined;
  add(timer: Timer): void;
  remove(key: number): void;
  /** The owner is an element instance, or for start events the process definition. */
  ofOwner(ownerKey: number): Iterable<Timer>;
  /** Nearest first. */
  due(until?: number): Iterable<{ at: number; key: number }>;
}

const ownerOf = ({ value }: Timer) =>
  value.elementInstanceKey < 0 ? value.processDefinitionKey : value.elementInstanceKey;

export function createTimers(store: Store): Timers {
  const timers = store.table<number, Timer>('timers');
  const byOwner = store.table<[number, number], true>('timersByOwner');
  const byDueDate = store.table<[number, number], true>('timersByDueDate');
  return {
    get: (key) => timers.get(key),
    add(timer) {
      timers.put(timer.key, timer);
      byOwner.put([ownerOf(timer), timer.key], true);
      byDueDate.put([timer.value.dueDate, timer.key], true);
    },
    remove(key) {
      const timer = timers.get(key);
      if (!timer) return;
      timers.delete(key);
      byOwner.delete([ownerOf(timer), key]);
      byDueDate.delete([timer.value.dueDate, key]);
    },
    *ofOwner(ownerKey) {
      const range = {
        start: [ownerKey, 0] as [number, number],
        end: [ownerKey + 1, 0] as [number, number],
      };
      for (const { key } of byOwner.range(range)) {
        const timer = timers.get(key[1]);
        if (timer) yield timer;
      }
    },
    *due(until) {
      for (const { key } of byDueDate.range(until === undefined ? undefined : { end: [until + 1, 0] }))
        yield { at: key[0], key: key[1] };
    },
  };
}
