import { type Agent, agentRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface AgentsState {
  /** By name; `undefined` until read. */
  items: readonly Agent[] | undefined;
  failure: Failure | undefined;
}

export interface Agents extends Readable<AgentsState>, Disposable {}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;
const limit = 200;

/** The tenant's agents, read again whenever one is made, saved or deleted. */
export function createAgents(platform: Platform): Agents {
  const store = createStore<AgentsState>(() => ({ items: undefined, failure: undefined }));
  let waiting: Disposable | undefined;
  async function read() {
    const items: Agent[] = [];
    for (;;) {
      const answer = await platform.api.call(agentRoutes.list, { query: { limit, offset: items.length } });
      if (!answer.ok) {
        store.setState({ failure: answer.failure });
        return;
      }
      items.push(...answer.value.items);
      if (!answer.value.has_more || answer.value.items.length === 0) break;
    }
    store.setState({ items, failure: undefined });
  }
  const soon = () => {
    waiting ??= platform.timers.after(together, () => {
      waiting = undefined;
      void read();
    });
  };
  const live = platform.live.subscribeTopic('agents', { event: soon, reset: soon });
  void read();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    dispose() {
      waiting?.dispose();
      live.dispose();
    },
  };
}
