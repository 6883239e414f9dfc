import {
  type Agent,
  type AgentRuntime,
  agentRoutes,
  agentRuntimeRoutes,
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
  /** Whether it runs, idles or is stopped, by its id; of those that were asked for. */
  runtimes: ReadonlyMap<string, AgentRuntime>;
}

export interface Agents extends Readable<AgentsState>, Disposable {
  /** The rows in sight want to know how many tasks their agents have and how they run. */
  look(ids: readonly string[]): void;
  /** Lets a stopped one run again. */
  start(agent: { id: string; name: string }): Promise<void>;
  refresh(): Promise<void>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;

/** The tenant's agents, read again whenever one is made, saved or deleted. */
export function createAgents(platform: Platform): Agents {
  const { api, context, live, notifications, timers } = platform;
  const store = createStore<AgentsState>(() => ({
    items: undefined,
    failure: undefined,
    providers: undefined,
    tasks: new Map(),
    runtimes: new Map(),
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
  const runs = (id: string, runtime: AgentRuntime) =>
    store.setState({ runtimes: new Map(store.getState().runtimes).set(id, runtime) });
  async function count() {
    if (counting) return;
    counting = true;
    for (const id of wanted) {
      wanted.delete(id);
      const [tasks, runtime] = await Promise.all([
        api.call(assignmentRoutes.list, { params: { id }, query: { limit: 1 } }),
        api.call(agentRuntimeRoutes.runtime, { params: { id } }),
      ]);
      if (tasks.ok) store.setState({ tasks: new Map(store.getState().tasks).set(id, tasks.value.total) });
      if (runtime.ok) runs(id, runtime.value);
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
    refresh: read,
    async start({ id, name }) {
      const answer = await api.call(agentRuntimeRoutes.start, { params: { id } });
      if (!answer.ok) return notifications.failure(answer.failure);
      runs(id, answer.value);
      notifications.success(`${name} runs again; the jobs that waited go on.`);
    },
    look(ids) {
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
