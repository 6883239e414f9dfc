import type { TimerValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export interface Timer {
  readonly key: number;
  readonly tenantId: string;
  readonly value: TimerValue;
}

/** Armed timers by key, by the element instance they belong to, and by due date. */
export interface Timers {
  get(key: number): Timer | undefined;
  add(timer: Timer): void;
  remove(key: number): void;
  ofElement(elementInstanceKey: number): Iterable<Timer>;
  /** Nearest first. */
  due(until?: number): Iterable<{ at: number; key: number }>;
}

export function createTimers(store: Store): Timers {
  const timers = store.table<number, Timer>('timers');
  const byElement = store.table<[number, number], true>('timersByElement');
  const byDueDate = store.table<[number, number], true>('timersByDueDate');
  return {
    get: (key) => timers.get(key),
    add(timer) {
      timers.put(timer.key, timer);
      byElement.put([timer.value.elementInstanceKey, timer.key], true);
      byDueDate.put([timer.value.dueDate, timer.key], true);
    },
    remove(key) {
      const timer = timers.get(key);
      if (!timer) return;
      timers.delete(key);
      byElement.delete([timer.value.elementInstanceKey, key]);
      byDueDate.delete([timer.value.dueDate, key]);
    },
    *ofElement(elementInstanceKey) {
      const range = {
        start: [elementInstanceKey, 0] as [number, number],
        end: [elementInstanceKey + 1, 0] as [number, number],
      };
      for (const { key } of byElement.range(range)) {
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
