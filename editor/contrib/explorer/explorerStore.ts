import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Entry, type Folder, folders } from './folders.ts';

export interface FolderState {
  status: 'loading' | 'ready' | 'failed';
  entries: readonly Entry[];
  failure?: Failure;
}

export interface ExplorerState {
  folders: Readonly<Record<string, FolderState>>;
  closed: ReadonlySet<string>;
  selected?: string;
  /** Id of the tree node being renamed. */
  renaming?: string;
}

export interface ExplorerStore extends Readable<ExplorerState>, Disposable {
  /** Folders this user may read. */
  readonly readable: readonly Folder[];
  refresh(): Promise<void>;
  toggle(id: string): void;
  select(id: string): void;
  rename(id: string | undefined): void;
  /** Opens the folder of a resource and selects it. */
  reveal(resource: Resource): void;
  entry(kind: string, id: string): Entry | undefined;
}

/** Several changes arriving together are read once. */
const settle = 60;

/** The tenant's documents, read once and again whenever a live topic says that something changed. */
export function createExplorerStore(platform: Platform): ExplorerStore {
  const { api, live, context, timers } = platform;
  const readable = folders.filter((folder) => context.get(`permission:${folder.read}`));
  const store = createStore<ExplorerState>(() => ({
    folders: Object.fromEntries(readable.map(({ kind }) => [kind, { status: 'loading', entries: [] }])),
    closed: new Set(),
  }));
  const waiting = new Map<string, Disposable>();

  async function read(folder: Folder) {
    const answer = await folder.list(api);
    const before = store.getState().folders[folder.kind]!;
    const state: FolderState = answer.ok
      ? { status: 'ready', entries: [...answer.value].sort((a, b) => a.name.localeCompare(b.name)) }
      : { status: 'failed', entries: before.entries, failure: answer.failure };
    store.setState({ folders: { ...store.getState().folders, [folder.kind]: state } });
  }
  function readSoon(folder: Folder) {
    waiting.get(folder.kind)?.dispose();
    waiting.set(
      folder.kind,
      timers.after(settle, () => void read(folder)),
    );
  }
  const subscriptions = readable.map((folder) =>
    live.subscribeTopic(folder.topic, { event: () => readSoon(folder), reset: () => readSoon(folder) }),
  );
  const refresh = async () => {
    await Promise.all(readable.map(read));
  };
  void refresh();

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    readable,
    refresh,
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
      store.setState({ closed, selected: `${resource.kind}:${resource.id}` });
    },
    entry: (kind, id) => store.getState().folders[kind]?.entries.find((entry) => entry.id === id),
    dispose: () => disposeAll(...subscriptions, ...waiting.values()).dispose(),
  };
}
