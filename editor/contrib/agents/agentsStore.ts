import {
  type Agent,
  agentRoutes,
  assignmentRoutes,
  providerRoutes,
  resourceChange,
  type ValidationStatus,
} from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface AgentsState {
  /** By name; `undefined` until read. */
  items: readonly Agent[] | undefined;
  failure: Failure | undefined;
  /** How each provider's connection is, by name; `undefined` until read, or where one may not read it. */
  providers: ReadonlyMap<string, ValidationStatus> | undefined;
  /** How many tasks an agent has, by its id; of those that were asked for. */
  tasks: ReadonlyMap<string, number>;
}

export interface Agents extends Readable<AgentsState>, Disposable {
  /** The rows in sight want to know how many tasks their agents have. */
  countTasks(ids: readonly string[]): void;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;

/** The tenant's agents, read again whenever one is made, saved or deleted. */
export function createAgents(platform: Platform): Agents {
  const { api, context, live, timers } = platform;
  const store = createStore<AgentsState>(() => ({
    items: undefined,
    failure: undefined,
    providers: undefined,
    tasks: new Map(),
  }));
  const wanted = new Set<string>();
  let counting = false;
  async function read() {
    const answer = await everyPage((query) => api.call(agentRoutes.list, { query }));
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void read());
  async function readProviders() {
    if (!context.get('permission:providers:read')) return;
    const answer = await everyPage((query) => api.call(providerRoutes.list, { query }));
    if (!answer.ok) return;
    store.setState({
      providers: new Map(answer.value.map(({ name, validation_status }) => [name, validation_status])),
    });
  }
  async function count() {
    if (counting) return;
    counting = true;
    for (const id of wanted) {
      wanted.delete(id);
      const answer = await api.call(assignmentRoutes.list, { params: { id }, query: { limit: 1 } });
      if (answer.ok) store.setState({ tasks: new Map(store.getState().tasks).set(id, answer.value.total) });
    }
    counting = false;
  }

  const following = disposeAll(
    live.subscribeTopic('agents', {
      event(data) {
        const change = resourceChange.safeParse(data);
        if (change.success && store.getState().tasks.has(change.data.id)) {
          wanted.add(change.data.id);
          void count();
        }
        soon();
      },
      reset: soon,
    }),
    live.subscribeTopic('providers', {
      event: () => void readProviders(),
      reset: () => void readProviders(),
    }),
  );
  void read();
  void readProviders();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    countTasks(ids) {
      const { tasks } = store.getState();
      for (const id of ids) if (!tasks.has(id)) wanted.add(id);
      void count();
    },
    dispose() {
      stopWaiting();
      following.dispose();
    },
  };
}
