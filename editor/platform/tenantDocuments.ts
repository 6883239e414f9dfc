import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable, disposeAll } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { ContextKeys } from './context.ts';
import type { Resource } from './documents.ts';
import type { Failure } from './failure.ts';
import type { Timers } from './host.ts';
import type { Live } from './live.ts';
import {
  readableKinds,
  type VersionedEntry,
  type VersionedKind,
  type VersionedKinds,
} from './versionedKinds.ts';

/** All documents of one kind. */
export interface Folder {
  versioned: VersionedKind;
  /** `listing`: the first are there, more are coming. */
  status: 'loading' | 'listing' | 'ready' | 'failed';
  /** By name. */
  entries: readonly VersionedEntry[];
  failure?: Failure;
}

/** What the tenant has, of each kind this user may read, in the order of the explorer. */
export interface TenantDocuments extends Readable<readonly Folder[]>, Disposable {
  refresh(): Promise<void>;
  folder(kind: string): Folder | undefined;
  entry(resource: Resource): VersionedEntry | undefined;
  /** Found by its name, or by what it defines: `form/approve`. */
  named(kind: string, name: string): Resource | undefined;
  /** Of a file name as exports write it: `triage.agent.yaml`, whatever folder is said before it. */
  ofFile(path: string): Resource | undefined;
}

/** Several changes arriving together are read once. */
const settle = 60;

/** Lists are read once, and again whenever a live topic says that something changed. */
export function createTenantDocuments({
  live,
  context,
  timers,
  versionedKinds,
}: {
  live: Live;
  context: ContextKeys;
  timers: Timers;
  versionedKinds: VersionedKinds;
}): TenantDocuments {
  const store = createStore<{ folders: readonly Folder[] }>(() => ({ folders: [] }));
  const waiting = new Map<string, Disposable>();
  const watching = new Map<string, Disposable>();
  let following: Disposable | undefined;
  const folder = (kind: string) => store.getState().folders.find(({ versioned }) => versioned.kind === kind);

  const change = (kind: string, next: (before: Folder) => Folder) =>
    store.setState(({ folders }) => ({
      folders: folders.map((before) => (before.versioned.kind === kind ? next(before) : before)),
    }));
  async function read({ kind, list }: VersionedKind) {
    const answer = await list((soFar) =>
      // What was read before is more than the beginning of what is read now.
      change(kind, (before) =>
        before.status === 'loading' || before.status === 'listing'
          ? { versioned: before.versioned, status: 'listing', entries: [...soFar].sort(byName) }
          : before,
      ),
    );
    change(kind, ({ versioned, entries }) =>
      answer.ok
        ? { versioned, status: 'ready', entries: [...answer.value].sort(byName) }
        : { versioned, status: 'failed', entries, failure: answer.failure },
    );
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
        (versioned) => folder(versioned.kind) ?? { versioned, status: 'loading', entries: [] },
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
  /** Nothing is asked for before somebody looks. */
  function begin() {
    if (following) return;
    following = disposable(versionedKinds.subscribe(followKinds));
    followKinds();
  }

  return {
    getState() {
      begin();
      return store.getState().folders;
    },
    subscribe(listener) {
      begin();
      return store.subscribe(listener);
    },
    async refresh() {
      await Promise.all(store.getState().folders.map(({ versioned }) => read(versioned)));
    },
    folder,
    entry: ({ kind, id }) => folder(kind)?.entries.find((entry) => entry.id === id),
    named(kind, name) {
      const found = folder(kind)?.entries.find(
        (entry) => entry.name === name || entry.defines?.includes(`${kind}/${name}`),
      );
      return found && { kind, id: found.id, name: found.name };
    },
    ofFile(path) {
      const file = path.split('/').at(-1)!.toLowerCase();
      for (const { versioned, entries } of store.getState().folders) {
        if (!file.endsWith(versioned.ending)) continue;
        const found = entries.find(({ name }) => versioned.fileName(name).toLowerCase() === file);
        if (found) return { kind: versioned.kind, id: found.id, name: found.name };
      }
      return undefined;
    },
    dispose: () =>
      disposeAll(...(following ? [following] : []), ...watching.values(), ...waiting.values()).dispose(),
  };
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(one: VersionedEntry, other: VersionedEntry): number {
  return names.compare(one.name, other.name);
}
