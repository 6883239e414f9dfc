import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';

export type ContextValue = string | number | boolean | undefined;
export type ContextValues = Readonly<Record<string, ContextValue>>;

/** Facts about the moment which when-clauses ask: `documentKind`, `documentDirty`, `sideBarVisible`, `permission:workflows:write`. */
export interface ContextKeys extends Readable<ContextValues> {
  get(key: string): ContextValue;
  set(key: string, value: ContextValue): void;
}

export function createContextKeys(): ContextKeys {
  const store = createStore<ContextValues>(() => ({}));
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    get: (key) => store.getState()[key],
    set(key, value) {
      if (store.getState()[key] !== value) store.setState({ ...store.getState(), [key]: value }, true);
    },
  };
}
