import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Wanted } from './findText.ts';

/** What is looked for, kept while the view is closed. */
export function createSearchState(): StoreApi<Wanted> {
  return createStore<Wanted>(() => ({
    text: '',
    matchCase: false,
    wholeWord: false,
    regex: false,
    kinds: new Set(),
  }));
}
