import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import { type Resource, resourceKey } from '../../platform/documents.ts';

export interface ExplorerState {
  closed: ReadonlySet<string>;
  selected?: string;
  /** All that are chosen, by key. */
  selection: ReadonlySet<string>;
  /** Only names that contain this are shown; `undefined`: the field is closed. */
  filter?: string;
  sort: 'name' | 'updated';
  /** To be duplicated by the next paste. */
  copied: readonly Resource[];
  /** Id of the tree node being renamed. */
  renaming?: string;
}

/** How the tree stands: what is open and selected in it. */
export interface ExplorerStore extends Readable<ExplorerState> {
  toggle(id: string): void;
  select(id: string): void;
  choose(ids: readonly string[]): void;
  filter(text: string | undefined): void;
  sort(by: ExplorerState['sort']): void;
  copy(resources: readonly Resource[]): void;
  rename(id: string | undefined): void;
  /** Opens the folder of a resource and selects it. */
  reveal(resource: Resource): void;
}

export function createExplorerStore(): ExplorerStore {
  const store = createStore<ExplorerState>(() => ({
    closed: new Set(),
    selection: new Set(),
    sort: 'name',
    copied: [],
  }));
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    toggle(id) {
      const closed = new Set(store.getState().closed);
      if (!closed.delete(id)) closed.add(id);
      store.setState({ closed });
    },
    select: (selected) => store.setState({ selected, selection: new Set([selected]) }),
    choose: (ids) => store.setState({ selection: new Set(ids) }),
    filter: (filter) => store.setState({ ...store.getState(), filter }, true),
    sort: (sort) => store.setState({ sort }),
    copy: (copied) => store.setState({ copied }),
    rename: (renaming) => store.setState({ ...store.getState(), renaming }, true),
    reveal(resource) {
      const closed = new Set(store.getState().closed);
      closed.delete(resource.kind);
      const key = resourceKey(resource);
      store.setState({ closed, selected: key, selection: new Set([key]) });
    },
  };
}
