import { resourceChange, type VersionInfo } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import { type DraftedDocument, isDrafted } from '../../platform/draftedDocument.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface VersionListState {
  /** The document in front of the user, if it is kept in versions. */
  document: DraftedDocument | undefined;
  /** Newest first; `undefined` until read. */
  items: readonly VersionInfo[] | undefined;
  /** How many there are, read or not. */
  total: number;
  failure: Failure | undefined;
}

export interface VersionList extends Readable<VersionListState>, Disposable {
  more(): Promise<void>;
  refresh(): Promise<void>;
}

/** What asks for them within this many ms, events or documents passed on the way, is answered by one reading. */
const together = 100;

/** The versions of the document in front of the user, as they come and get labels. */
export function createVersionList(platform: Platform): VersionList {
  const { editors, live, timers } = platform;
  const nothing = { document: undefined, items: undefined, total: 0, failure: undefined };
  const store = createStore<VersionListState>(() => nothing);
  let watching: Disposable | undefined;

  async function read(offset: number) {
    const { document, items } = store.getState();
    if (!document) return;
    const answer = await document.versioned.calls(document.resource.id).versions(offset);
    if (store.getState().document !== document) return;
    if (!answer.ok) return store.setState({ failure: answer.failure });
    const before = offset === 0 ? [] : (items ?? []);
    const known = new Set(before.map(({ version }) => version));
    store.setState({
      items: [...before, ...answer.value.items.filter(({ version }) => !known.has(version))],
      total: answer.value.total,
      failure: undefined,
    });
  }

  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void read(0));

  function follow() {
    const active = editors.active.getState();
    const before = store.getState().document;
    // A comparison is about the document whose versions are listed.
    const compares =
      editors.activeResource()?.kind === 'diff' && before && editors.model(before.resource) === before;
    const document = isDrafted(active) ? active : compares ? before : undefined;
    if (document === before) return;
    platform.context.set('versionsOf', document?.resource.kind);
    watching?.dispose();
    store.setState({ ...nothing, document });
    if (!document) return;
    soon();
    watching = live.subscribeTopic(document.versioned.topic, {
      event(data) {
        const change = resourceChange.safeParse(data);
        if (change.success && change.data.id === document.resource.id && change.data.change !== 'draft')
          soon();
      },
      reset: soon,
    });
  }
  platform.context.set('versionsOf', undefined);
  follow();
  const stop = editors.active.subscribe(follow);

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    more: () => read(store.getState().items?.length ?? 0),
    refresh: () => read(0),
    dispose: () =>
      disposeAll(
        disposable(stop),
        disposable(stopWaiting),
        disposable(() => watching?.dispose()),
      ).dispose(),
  };
}
