import { type SecretInfo, secretRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SecretDraft } from './secretDraft.ts';

export interface SecretsState {
  /** By name; `undefined` until read. */
  items: readonly SecretInfo[] | undefined;
  failure: Failure | undefined;
  /** The one that is worked on; `null` for one that is being added. */
  selected: string | null | undefined;
}

export interface Secrets extends Readable<SecretsState> {
  /** Reads them when somebody looks at them for the first time. */
  shown(): void;
  read(): Promise<void>;
  select(name: string | null | undefined): void;
  /** Keeps a new secret, or gives one another value. Answers what was refused. */
  save(draft: SecretDraft, isNew: boolean): Promise<Failure | undefined>;
  /** Asks first. */
  remove(name: string): void;
}

/** Names of the tenant's secrets; what they are is written and never read. */
export function createSecrets({ api, deletions }: Platform): Secrets {
  const store = createStore<SecretsState>(() => ({
    items: undefined,
    failure: undefined,
    selected: undefined,
  }));
  let reading = false;
  async function read() {
    const answer = await everyPage((query) => api.call(secretRoutes.list, { query }));
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    read,
    shown() {
      if (reading) return;
      reading = true;
      void read();
    },
    select: (selected) => store.setState({ selected }),
    async save({ name, value }, isNew) {
      // A name is free again when what had it is gone.
      if (isNew) await deletions.finish();
      const answer = isNew
        ? await api.call(secretRoutes.create, { body: { name, value } })
        : await api.call(secretRoutes.replace, { params: { name }, body: { value } });
      if (!answer.ok) return answer.failure;
      await read();
      store.setState({ selected: name });
      return undefined;
    },
    remove(name) {
      if (store.getState().selected === name) store.setState({ selected: undefined });
      deletions.delete({
        resource: { kind: 'secret', id: name },
        title: `Secret ${name}`,
        consequence: 'Nobody can read it again. Calls of tools that ask for it fail from then on.',
        async remove(keepalive) {
          const answer = await api.call(secretRoutes.delete, { params: { name }, keepalive });
          if (answer.ok) await read();
          return answer;
        },
      });
    },
  };
}
