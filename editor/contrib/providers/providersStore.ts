import { type Provider, providerRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface ProvidersState {
  /** By name; `undefined` until read. */
  items: readonly Provider[] | undefined;
  failure: Failure | undefined;
  /** Id of the one that is worked on; `new` for one that is being added. */
  selected: string | undefined;
}

export interface Providers extends Readable<ProvidersState>, Disposable {
  select(id: string | undefined): void;
  /** Takes what the gateway answered, before its event comes. */
  put(provider: Provider): void;
  drop(id: string): void;
  read(): Promise<void>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 50;

/** The tenant's providers, read again whenever one is made, saved, deleted or checked. */
export function createProviders(platform: Platform): Providers {
  const store = createStore<ProvidersState>(() => ({
    items: undefined,
    failure: undefined,
    selected: undefined,
  }));
  async function read() {
    const answer = await everyPage((query) => platform.api.call(providerRoutes.list, { query }));
    if (!answer.ok) {
      store.setState({ failure: answer.failure });
      return;
    }
    const items = answer.value;
    const { selected } = store.getState();
    const gone = selected !== undefined && selected !== 'new' && !items.some(({ id }) => id === selected);
    store.setState({ items, failure: undefined, ...(gone && { selected: undefined }) });
  }
  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void read());
  const live = platform.live.subscribeTopic('providers', { event: soon, reset: soon });
  void read();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    read,
    select: (selected) => store.setState({ selected }),
    put(provider) {
      const { items = [] } = store.getState();
      const others = items.filter(({ id }) => id !== provider.id);
      store.setState({ items: [...others, provider].sort((a, b) => (a.name < b.name ? -1 : 1)) });
    },
    drop(id) {
      const { items = [], selected } = store.getState();
      store.setState({
        items: items.filter((each) => each.id !== id),
        ...(selected === id && { selected: undefined }),
      });
    },
    dispose() {
      stopWaiting();
      live.dispose();
    },
  };
}
