import { instanceRoutes, userTaskRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TokenCounts } from '../../ui/diagram/index.ts';

export interface DeployedCounts {
  running: number;
  waiting: number;
  incident: number;
  /** People's tasks by element, the only counts known without opening every run. */
  byElement: ReadonlyMap<string, TokenCounts>;
}

/** Live events within this many ms are answered by one reading. */
const together = 250;

/** How many runs of a deployed process there are, kept fresh while somebody looks. */
export function watchDeployed(
  platform: Platform,
  processDefinitionKey: string,
): Readable<DeployedCounts | undefined> & Disposable {
  const store = createStore<{ counts: DeployedCounts | undefined }>(() => ({ counts: undefined }));
  let disposed = false;

  async function read() {
    const of = { processDefinitionKey, state: 'ACTIVE' as const, limit: 1 };
    const [active, broken, tasks] = await Promise.all([
      platform.api.call(instanceRoutes.listInstances, { query: of }),
      platform.api.call(instanceRoutes.listInstances, { query: { ...of, hasIncident: 'true' } }),
      platform.api.call(userTaskRoutes.listUserTasks, { query: { state: 'CREATED', limit: 200 } }),
    ]);
    if (disposed || !active.ok || !broken.ok) return;
    const open = tasks.ok
      ? tasks.value.items.filter((task) => task.processDefinitionKey === processDefinitionKey)
      : [];
    const byElement = new Map<string, TokenCounts>();
    for (const { elementId } of open) {
      const before = byElement.get(elementId) ?? { running: 0, waiting: 0, incident: 0, completed: 0 };
      byElement.set(elementId, { ...before, waiting: before.waiting + 1 });
    }
    const held = new Set(open.map((task) => task.instanceKey)).size;
    const incident = broken.value.total;
    store.setState({
      counts: {
        running: Math.max(0, active.value.total - held - incident),
        waiting: held,
        incident,
        byElement,
      },
    });
  }

  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void read());
  const live = disposeAll(
    platform.live.subscribeTopic('instances', { event: soon, reset: soon }),
    platform.live.subscribeTopic('user-tasks', { event: soon, reset: soon }),
  );
  void read();
  return {
    getState: () => store.getState().counts,
    subscribe: store.subscribe,
    dispose() {
      disposed = true;
      stopWaiting();
      live.dispose();
    },
  };
}
