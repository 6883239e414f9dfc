import { type Connection, connectionRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import type { ResponseOf } from '../../platform/api.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ConnectionDraft, settingsOf } from './connectionDraft.ts';

/** What trying a connection came to. */
export type Trial = { state: 'running' } | ({ state: 'tried' } & ResponseOf<typeof connectionRoutes.test>);

export interface ConnectionsState {
  /** By name; `undefined` until read. */
  items: readonly Connection[] | undefined;
  failure: Failure | undefined;
  /** The one that is worked on; `null` for one that is being added. */
  selected: string | null | undefined;
  /** By name: what was tried since it was last saved. */
  trials: { readonly [name: string]: Trial };
}

export interface Connections extends Readable<ConnectionsState> {
  /** Reads them when somebody looks at them for the first time. */
  shown(): void;
  read(): Promise<void>;
  select(name: string | null | undefined): void;
  /** Saves what was typed and tries it. Answers what was refused. */
  save(draft: ConnectionDraft, isNew: boolean): Promise<Failure | undefined>;
  /** Connects and signs in, as tools would. */
  test(name: string): Promise<void>;
  /** Asks first. */
  remove(name: string): void;
}

/** The tenant's ways to databases and mail, without their passwords. */
export function createConnections({ api, deletions, notifications }: Platform): Connections {
  const store = createStore<ConnectionsState>(() => ({
    items: undefined,
    failure: undefined,
    selected: undefined,
    trials: {},
  }));
  let reading = false;
  async function read() {
    const answer = await everyPage((query) => api.call(connectionRoutes.list, { query }));
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const put = (name: string, trial: Trial | undefined) => {
    const { [name]: _, ...others } = store.getState().trials;
    store.setState({ trials: trial ? { ...others, [name]: trial } : others });
  };
  async function test(name: string) {
    put(name, { state: 'running' });
    const answer = await api.call(connectionRoutes.test, { params: { name } });
    put(name, answer.ok ? { state: 'tried', ...answer.value } : undefined);
    if (!answer.ok) notifications.failure(answer.failure);
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    read,
    test,
    shown() {
      if (reading) return;
      reading = true;
      void read();
    },
    select: (selected) => store.setState({ selected }),
    async save(draft, isNew) {
      const { name } = draft;
      const settings = settingsOf(draft);
      // A name is free again when what had it is gone.
      if (isNew) await deletions.finish();
      const answer = isNew
        ? await api.call(connectionRoutes.create, { body: { name, ...settings } })
        : await api.call(connectionRoutes.replace, { params: { name }, body: settings });
      if (!answer.ok) return answer.failure;
      await read();
      store.setState({ selected: name });
      void test(name);
      return undefined;
    },
    remove(name) {
      if (store.getState().selected === name) store.setState({ selected: undefined });
      deletions.delete({
        resource: { kind: 'connection', id: name },
        title: `Connection ${name}`,
        consequence: 'Its password goes with it. Calls of tools that use it fail from then on.',
        async remove(keepalive) {
          const answer = await api.call(connectionRoutes.delete, { params: { name }, keepalive });
          if (answer.ok) await read();
          return answer;
        },
      });
    },
  };
}
