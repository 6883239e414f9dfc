import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { type Resource, resourceKey } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { readableKinds, type VersionedEntry, type VersionedKind } from '../../platform/versionedKinds.ts';

export interface FolderState {
  versioned: VersionedKind;
  status: 'loading' | 'ready' | 'failed';
  entries: readonly VersionedEntry[];
  failure?: Failure;
}

export interface ExplorerState {
  /** One for each kind this user may read, in the order of the tree. */
  folders: readonly FolderState[];
  closed: ReadonlySet<string>;
  selected?: string;
  /** Id of the tree node being renamed. */
  renaming?: string;
}

export interface ExplorerStore extends Readable<ExplorerState>, Disposable {
  refresh(): Promise<void>;
  toggle(id: string): void;
  select(id: string): void;
  rename(id: string | undefined): void;
  /** Opens the folder of a resource and selects it. */
  reveal(resource: Resource): void;
  entry(kind: string, id: string): VersionedEntry | undefined;
}

/** Several changes arriving together are read once. */
const settle = 60;

/** The tenant's documents, read once and again whenever a live topic says that something changed. */
export function createExplorerStore(platform: Platform): ExplorerStore {
  const { live, context, timers, versionedKinds } = platform;
  const store = createStore<ExplorerState>(() => ({ folders: [], closed: new Set() }));
  const waiting = new Map<string, Disposable>();
  const watching = new Map<string, Disposable>();
  const folderOf = (kind: string) =>
    store.getState().folders.find(({ versioned }) => versioned.kind === kind);

  async function read({ kind, list }: VersionedKind) {
    const answer = await list();
    store.setState(({ folders }) => ({
      folders: folders.map((folder): FolderState => {
        if (folder.versioned.kind !== kind) return folder;
        const { versioned, entries } = folder;
        return answer.ok
          ? { versioned, status: 'ready', entries: [...answer.value].sort(byName) }
          : { versioned, status: 'failed', entries, failure: answer.failure };
      }),
    }));
  }
  function readSoon(versioned: VersionedKind) {
    waiting.get(versioned.kind)?.dispose();
    waiting.set(
      versioned.kind,
      timers.after(settle, () => void read(versioned)),
    );
  }

  /** A kind has its folder from the moment it is registered until it is taken back. */
  function followKinds() {
    const kinds = readableKinds(versionedKinds, context);
    store.setState({
      folders: kinds.map(
        (versioned) => folderOf(versioned.kind) ?? { versioned, status: 'loading', entries: [] },
      ),
    });
    for (const [kind, subscription] of watching) {
      if (kinds.some((versioned) => versioned.kind === kind)) continue;
      subscription.dispose();
      watching.delete(kind);
    }
    for (const versioned of kinds) {
      if (watching.has(versioned.kind)) continue;
      const again = () => readSoon(versioned);
      watching.set(versioned.kind, live.subscribeTopic(versioned.topic, { event: again, reset: again }));
      void read(versioned);
    }
  }
  followKinds();
  const following = disposable(versionedKinds.subscribe(followKinds));

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async refresh() {
      await Promise.all(store.getState().folders.map(({ versioned }) => read(versioned)));
    },
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
    entry: (kind, id) => folderOf(kind)?.entries.find((entry) => entry.id === id),
    dispose: () => disposeAll(following, ...watching.values(), ...waiting.values()).dispose(),
  };
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(one: VersionedEntry, other: VersionedEntry): number {
  return names.compare(one.name, other.name);
}
