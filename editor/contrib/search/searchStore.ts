import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Wanted } from './matcher.ts';

export interface SearchState extends Wanted {
  /** Kinds that are looked at; none: all. */
  kinds: ReadonlySet<string>;
}

/** What is looked for, kept while the view is closed. */
export function createSearchState(): StoreApi<SearchState> {
  return createStore<SearchState>(() => ({
    text: '',
    matchCase: false,
    wholeWord: false,
    regex: false,
    kinds: new Set(),
  }));
}
