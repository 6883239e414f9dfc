import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from './disposable.ts';
import type { Readable } from './readable.ts';

/** Things by id, in order of registration. Registering an id twice is a bug and throws. */
export interface Registry<T> extends Readable<readonly T[]> {
  register(item: T): Disposable;
  get(id: string): T | undefined;
}

export function createRegistry<T>(what: string, idOf: (item: T) => string): Registry<T> {
  const byId = new Map<string, T>();
  const store = createStore<readonly T[]>(() => []);
  const publish = () => store.setState([...byId.values()], true);
  return {
    register(item) {
      const id = idOf(item);
      if (byId.has(id)) throw new Error(`Expected one ${what} with id "${id}", but it is registered twice`);
      byId.set(id, item);
      publish();
      return disposable(() => {
        byId.delete(id);
        publish();
      });
    },
    get: (id) => byId.get(id),
    getState: store.getState,
    subscribe: store.subscribe,
  };
}

/** Sorts by `order` (default 0); equal orders keep the order of registration. */
export function inOrder<T extends { order?: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}
