import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';

export type ContextValue = string | number | boolean | undefined;
export type ContextValues = Readonly<Record<string, ContextValue>>;

/** Facts about the moment which when-clauses ask: `documentKind`, `documentDirty`, `sideBarVisible`, `permission:workflows:write`. */
export interface ContextKeys extends Readable<ContextValues> {
  get(key: string): ContextValue;
  set(key: string, value: ContextValue): void;
  /** Several at once: who follows hears of it once. */
  setAll(values: ContextValues): void;
}

export function createContextKeys(): ContextKeys {
  const store = createStore<ContextValues>(() => ({}));
  function setAll(values: ContextValues) {
    const before = store.getState();
    if (Object.keys(values).some((key) => before[key] !== values[key]))
      store.setState({ ...before, ...values }, true);
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    get: (key) => store.getState()[key],
    set: (key, value) => setAll({ [key]: value }),
    setAll,
  };
}
