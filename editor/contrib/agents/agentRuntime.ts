import type { Result } from '@baton/engine/protocol';
import { type AgentRuntime, agentRuntimeRoutes, resourceChange, runChange } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { counted } from '../../ui/figures.ts';

export interface RuntimeState {
  /** `undefined` until read. */
  runtime: AgentRuntime | undefined;
  busy: 'starting' | 'stopping' | 'restarting' | undefined;
}

/** How an agent's runs go on, and the switch for it. */
export interface RuntimeSwitch extends Readable<RuntimeState>, Disposable {
  start(): Promise<void>;
  /** Asks first when that ends runs. */
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Runs that begin or end within this many ms are answered by one reading. */
const together = 300;

export function followRuntime(platform: Platform, agent: { id: string; name(): string }): RuntimeSwitch {
  const { api, live, timers, dialogs, notifications } = platform;
  const params = { id: agent.id };
  const store = createStore<RuntimeState>(() => ({ runtime: undefined, busy: undefined }));
  let disposed = false;

  async function read() {
    const answer = await api.call(agentRuntimeRoutes.runtime, { params });
    if (answer.ok && !disposed) store.setState({ runtime: answer.value });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void read());
  const following = disposeAll(
    live.subscribeTopic('agents', {
      event(data) {
        const change = resourceChange.safeParse(data);
        if (change.success && change.data.id === agent.id) soon();
      },
      reset: soon,
    }),
    live.subscribeTopic('runs', {
      event(data) {
        if (runChange.safeParse(data).success) soon();
      },
      reset: soon,
    }),
    // Jobs of processes are not told as runs of agents: what they call is.
    live.subscribeTopic('calls', { event: soon, reset: soon }),
  );
  void read();

  async function act(
    busy: RuntimeState['busy'],
    action: () => Promise<Result<AgentRuntime, Failure>>,
    done: string,
  ) {
    store.setState({ busy });
    const answer = await action();
    if (disposed) return;
    store.setState({ busy: undefined, ...(answer.ok && { runtime: answer.value }) });
    if (answer.ok) notifications.success(done);
    else notifications.failure(answer.failure);
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: () =>
      act(
        'starting',
        () => api.call(agentRuntimeRoutes.start, { params }),
        `${agent.name()} runs again; the jobs that waited go on.`,
      ),
    async stop() {
      const runs = store.getState().runtime?.runs.length ?? 0;
      if (runs > 0) {
        const sure = await dialogs.ask({
          title: `Stop ${agent.name()}?`,
          message: `${counted(runs, 'run')} of it ${runs === 1 ? 'is' : 'are'} cancelled now. Its jobs wait until it is started again.`,
          actions: [{ id: 'stop', title: 'Stop agent', danger: true }],
        });
        if (sure !== 'stop') return;
      }
      await act(
        'stopping',
        () => api.call(agentRuntimeRoutes.stop, { params }),
        `${agent.name()} is stopped: its jobs wait, its runs are refused.`,
      );
    },
    restart: () =>
      act(
        'restarting',
        () => api.call(agentRuntimeRoutes.restart, { params }),
        `${agent.name()} goes on in a new thread; nothing that was done is done again.`,
      ),
    dispose() {
      disposed = true;
      stopWaiting();
      following.dispose();
    },
  };
}
