import { type CatalogEntry, toolCatalogRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { ResponseOf } from '../../platform/api.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

type Found = ResponseOf<typeof toolCatalogRoutes.search>;

/** What is looked for; empty texts are no condition. */
export interface ToolFilter {
  text: string;
  tag: string;
  origin: '' | CatalogEntry['origin']['kind'];
}

export interface ToolListState {
  filter: ToolFilter;
  /** What fits best comes first, without a question by name; `undefined` until read. */
  found: Found | undefined;
  failure: Failure | undefined;
  /** Files with tools are being chosen. */
  importing: boolean;
}

export interface ToolList extends Readable<ToolListState>, Disposable {
  /** Looks for something else; what is typed is looked for when the keys rest. */
  search(filter: Partial<ToolFilter>): void;
  refresh(): Promise<void>;
  showImport(importing: boolean): void;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;
/** As many as the list shows; with more than these one searches. */
const limit = 200;

const noFilter: ToolFilter = { text: '', tag: '', origin: '' };

export function isFiltered({ text, tag, origin }: ToolFilter): boolean {
  return text.trim() !== '' || tag !== '' || origin !== '';
}

/** Tools of every origin: those looked for, read again whenever one is made, saved, renamed, deleted or a server changes. */
export function createToolList(platform: Platform): ToolList {
  const { api, live, timers } = platform;
  const store = createStore<ToolListState>(() => ({
    filter: noFilter,
    found: undefined,
    failure: undefined,
    importing: false,
  }));
  let watching: Disposable | undefined;

  async function refresh() {
    const { filter } = store.getState();
    const { tag, origin } = filter;
    const q = filter.text.trim();
    const answer = await api.call(toolCatalogRoutes.search, {
      query: { limit, ...(q && { q }), ...(tag && { tag }), ...(origin && { origin }) },
    });
    // An answer to another question comes too late.
    if (store.getState().filter !== filter) return;
    store.setState(answer.ok ? { found: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void refresh());
  return {
    getState: store.getState,
    subscribe(listener) {
      // Nobody has looked at the list before: it is read when the view is first shown.
      if (!watching) {
        const again = { event: soon, reset: soon };
        watching = disposeAll(live.subscribeTopic('tools', again), live.subscribeTopic('mcp-servers', again));
        void refresh();
      }
      return store.subscribe(listener);
    },
    search(changes) {
      store.setState({ filter: { ...store.getState().filter, ...changes } });
      if (changes.text === undefined) void refresh();
      else soon();
    },
    refresh,
    showImport: (importing) => store.setState({ importing }),
    dispose() {
      stopWaiting();
      watching?.dispose();
    },
  };
}
