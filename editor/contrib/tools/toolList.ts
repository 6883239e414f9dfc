import { type Tool, toolRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface ToolListState {
  /** By name; `undefined` until read. */
  items: readonly Tool[] | undefined;
  failure: Failure | undefined;
}

export interface ToolList extends Readable<ToolListState>, Disposable {
  refresh(): Promise<void>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;

/** The tenant's tools, read again whenever one is made, saved, renamed or deleted. */
export function createToolList(platform: Platform): ToolList {
  const store = createStore<ToolListState>(() => ({ items: undefined, failure: undefined }));
  let watching: Disposable | undefined;
  async function refresh() {
    const answer = await everyPage((query) => platform.api.call(toolRoutes.list, { query }));
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void refresh());
  return {
    getState: store.getState,
    subscribe(listener) {
      // Nobody has looked at the list before: it is read when the view is first shown.
      if (!watching) {
        watching = platform.live.subscribeTopic('tools', { event: soon, reset: soon });
        void refresh();
      }
      return store.subscribe(listener);
    },
    refresh,
    dispose() {
      stopWaiting();
      watching?.dispose();
    },
  };
}
