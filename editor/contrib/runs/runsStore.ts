import { type Instance, instanceRoutes, instance as instanceSchema } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface RunsState {
  /** Newest first; `undefined` until read. */
  items: readonly Instance[] | undefined;
  total: number;
  failure: Failure | undefined;
}

export interface Runs extends Readable<RunsState>, Disposable {
  refresh(): Promise<void>;
  more(): Promise<void>;
  /** Open runs with an incident: the count in the activity bar. */
  readonly incidents: Readable<number>;
}

const pageSize = 50;

/** The tenant's runs, kept fresh by the topic `instances`. Known runs change in place, new ones come on top. */
export function createRuns(platform: Platform): Runs {
  const store = createStore<RunsState>(() => ({ items: undefined, total: 0, failure: undefined }));

  async function read(offset: number) {
    const answer = await platform.api.call(instanceRoutes.listInstances, {
      query: { limit: pageSize, offset },
    });
    if (!answer.ok) {
      store.setState({ failure: answer.failure });
      return;
    }
    const before = offset === 0 ? [] : (store.getState().items ?? []);
    const known = new Set(before.map(({ key }) => key));
    store.setState({
      items: [...before, ...answer.value.items.filter(({ key }) => !known.has(key))],
      total: answer.value.total,
      failure: undefined,
    });
  }

  function receive(data: unknown) {
    const parsed = instanceSchema.safeParse(data);
    const { items, total } = store.getState();
    if (!parsed.success || !items) return;
    const run = parsed.data;
    if (items.some(({ key }) => key === run.key)) {
      store.setState({ items: items.map((item) => (item.key === run.key ? run : item)) });
    } else store.setState({ items: [run, ...items], total: total + 1 });
  }

  const live = platform.live.subscribeTopic('instances', { event: receive, reset: () => void read(0) });
  void read(0);
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    refresh: () => read(0),
    more: () => read(store.getState().items?.length ?? 0),
    incidents: {
      getState: () =>
        (store.getState().items ?? []).filter((run) => run.state === 'ACTIVE' && run.incidents > 0).length,
      subscribe: store.subscribe,
    },
    dispose: disposeAll(live).dispose,
  };
}
