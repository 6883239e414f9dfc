import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import { type Resource, resourceKey } from '../../platform/documents.ts';

export interface ExplorerState {
  closed: ReadonlySet<string>;
  selected?: string;
  /** Id of the tree node being renamed. */
  renaming?: string;
}

/** How the tree stands: what is open and selected in it. */
export interface ExplorerStore extends Readable<ExplorerState> {
  toggle(id: string): void;
  select(id: string): void;
  rename(id: string | undefined): void;
  /** Opens the folder of a resource and selects it. */
  reveal(resource: Resource): void;
}

export function createExplorerStore(): ExplorerStore {
  const store = createStore<ExplorerState>(() => ({ closed: new Set() }));
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    toggle(id) {
      const closed = new Set(store.getState().closed);
      if (!closed.delete(id)) closed.add(id);
      store.setState({ closed });
    },
    select: (selected) => store.setState({ selected }),
    rename: (renaming) => store.setState({ ...store.getState(), renaming }, true),
    reveal(resource) {
      const closed = new Set(store.getState().closed);
      closed.delete(resource.kind);
      store.setState({ closed, selected: resourceKey(resource) });
    },
  };
}
