import type { Result } from '@baton/engine/protocol';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import { type DocumentKinds, type Resource, resourceKey } from './documents.ts';
import { isDrafted } from './draftedDocument.ts';
import type { Editors } from './editors.ts';
import type { Failure } from './failure.ts';
import type { Timers } from './host.ts';
import type { NotificationHandle, Notifications } from './notifications.ts';
import { usersOf } from './publishing.ts';
import type { VersionedKind } from './versionedKinds.ts';

/** One thing that is to go. */
export interface Deletion {
  /** Lists leave it out from now on; an open document of this kind and id is closed. */
  resource: Resource;
  /** As the user knows it: `ticket-triage.agent.yaml`. */
  title: string;
  /** What it means, in a sentence: `Runs go on with the version they started with.` */
  consequence?: string;
  /**
   * Deletes it at the server and takes it out of the caller's list. `leaving`: the page goes away, hand `keepalive`
   * to the call.
   */
  remove(leaving: boolean): Promise<Result<unknown, Failure>>;
}

/**
 * Deleting without a question: what is deleted is gone from the screen at once and from the server ten seconds later,
 * until then `Undo` brings it back as it was. What the server refuses comes back with the reason.
 * Its state holds the keys (`resourceKey`) of what lists leave out.
 */
export interface Deletions extends Readable<ReadonlySet<string>> {
  delete(...deletions: readonly Deletion[]): void;
  hides(resource: Resource): boolean;
  /** Brings back what was deleted last. Answers false where nothing can be brought back any more. */
  undo(): boolean;
  /** Carries out at once what waits: before something with the same name is made. */
  finish(): Promise<void>;
  /** The page goes away: what waits is sent with it. */
  leave(): void;
}

/** One of a kind that is kept in versions. */
export function versionedDeletion(
  { fileName, deletion, remove }: VersionedKind,
  resource: Resource,
  title = fileName(resource.name ?? resource.id),
): Deletion {
  return { resource, title, consequence: deletion, remove: (leaving) => remove(resource.id, leaving) };
}

interface DeletionsOptions {
  notifications: Notifications;
  editors: Editors;
  kinds: DocumentKinds;
  timers: Timers;
}

interface Batch {
  deletions: readonly Deletion[];
  /** Which of them were open, to be opened again. */
  opened: readonly Resource[];
  toast: NotificationHandle;
  timer: Disposable;
}

/** How long one may think better of it, in ms. */
export const undoTime = 10_000;
/** Lists that follow the server by live topics have read again by then, in ms. */
const settle = 2_000;

export function createDeletions({ notifications, editors, kinds, timers }: DeletionsOptions): Deletions {
  const store = createStore<{ hidden: ReadonlySet<string> }>(() => ({ hidden: new Set() }));
  let waiting: readonly Batch[] = [];
  let atWork: readonly Promise<void>[] = [];
  let lingering: readonly Disposable[] = [];

  const hides = (resource: Resource) => store.getState().hidden.has(resourceKey(resource));
  const hide = (deletions: readonly Deletion[]) =>
    store.setState({
      hidden: new Set([
        ...store.getState().hidden,
        ...deletions.map(({ resource }) => resourceKey(resource)),
      ]),
    });
  const show = (deletions: readonly Deletion[]) => {
    const hidden = new Set(store.getState().hidden);
    for (const { resource } of deletions) hidden.delete(resourceKey(resource));
    store.setState({ hidden });
  };

  /** Closes what is shown of them, with what was typed last kept, so that undoing it loses nothing. */
  function close(deletions: readonly Deletion[]): readonly Resource[] {
    const open = deletions.map(({ resource }) => resource).filter((resource) => editors.model(resource));
    for (const resource of open) {
      const model = editors.model(resource);
      const drop = () => hides(resource) && editors.discard(resource);
      if (model && isDrafted(model) && model.state.getState().dirty && model.save)
        void model.save().then(drop);
      else drop();
    }
    return open;
  }

  function bringBack({ deletions, opened }: Batch) {
    show(deletions);
    for (const resource of opened) void editors.open(resource);
  }

  function take(batch: Batch): boolean {
    if (!waiting.includes(batch)) return false;
    waiting = waiting.filter((other) => other !== batch);
    batch.timer.dispose();
    return true;
  }

  function undo(batch: Batch | undefined): boolean {
    if (!batch || !take(batch)) return false;
    batch.toast.close();
    batch.toast.update({ message: `${titles(batch.deletions)} ${isOrAre(batch)} back.`, actions: [] });
    bringBack(batch);
    return true;
  }

  function refused(batch: Batch, { deletion, failure }: Refusal) {
    const { resource } = deletion;
    bringBack({ ...batch, deletions: [deletion], opened: batch.opened.filter((open) => open === resource) });
    const again =
      failure.code === 'UNREACHABLE' ? [{ title: 'Retry', run: () => deletions.delete(deletion) }] : [];
    notifications.failure({ ...failure, message: `${deletion.title} is still there. ${failure.message}` }, [
      ...usersOf(failure)
        .filter(({ kind }) => kinds.get(kind))
        .slice(0, 2)
        .map((user) => ({ title: `Open ${user.name}`, run: () => void editors.open(user) })),
      ...again,
    ]);
  }

  async function carryOut(batch: Batch, leaving: boolean): Promise<void> {
    if (!take(batch)) return;
    batch.toast.update({ actions: [] });
    const refusals = await removeAll(batch.deletions, leaving);
    for (const refusal of refusals) refused(batch, refusal);
    const gone = batch.deletions.filter((each) => !refusals.some(({ deletion }) => deletion === each));
    // Somebody may have opened it by its address meanwhile.
    for (const { resource } of gone) editors.discard(resource);
    lingering = [...lingering, timers.after(settle, () => show(gone))];
  }

  function start(batch: Batch, leaving = false): Promise<void> {
    const work = carryOut(batch, leaving).finally(() => {
      atWork = atWork.filter((other) => other !== work);
    });
    atWork = [...atWork, work];
    return work;
  }

  const deletions: Deletions = {
    getState: () => store.getState().hidden,
    subscribe: store.subscribe,
    hides,
    delete(...all) {
      const fresh = all.filter(({ resource }) => !hides(resource));
      if (fresh.length === 0) return;
      hide(fresh);
      const opened = close(fresh);
      const batch: Batch = {
        deletions: fresh,
        opened,
        toast: notifications.show({
          severity: 'info',
          message: sentence(fresh),
          actions: [{ title: 'Undo', run: () => void undo(batch) }],
          shownFor: undoTime,
        }),
        timer: timers.after(undoTime, () => void start(batch)),
      };
      waiting = [...waiting, batch];
    },
    undo: () => undo(waiting.at(-1)),
    async finish() {
      for (const batch of waiting) void start(batch);
      await Promise.all(atWork);
      for (const timer of lingering) timer.dispose();
      lingering = [];
      store.setState({ hidden: new Set() });
    },
    leave() {
      for (const batch of waiting) void start(batch, true);
    },
  };
  return deletions;
}

interface Refusal {
  deletion: Deletion;
  failure: Failure;
}

/** One after the other; what is used by another one of them goes after that. */
async function removeAll(deletions: readonly Deletion[], leaving: boolean): Promise<readonly Refusal[]> {
  if (leaving) {
    // Nothing runs after the first answer of a page that is gone: all are sent now.
    await Promise.all(deletions.map((deletion) => deletion.remove(true)));
    return [];
  }
  const refusals: Refusal[] = [];
  for (const deletion of deletions) {
    const removed = await deletion.remove(false);
    if (!removed.ok) refusals.push({ deletion, failure: removed.failure });
  }
  const used = refusals.filter(({ failure }) => failure.code === 'IN_USE');
  if (used.length === 0 || refusals.length === deletions.length) return refusals;
  const others = refusals.filter((refusal) => !used.includes(refusal));
  return [
    ...others,
    ...(await removeAll(
      used.map(({ deletion }) => deletion),
      leaving,
    )),
  ];
}

function sentence(deletions: readonly Deletion[]): string {
  const consequences = new Set(deletions.flatMap(({ consequence }) => consequence ?? []));
  const [consequence] = consequences;
  return `${titles(deletions)} ${deletions.length === 1 ? 'is' : 'are'} deleted.${
    consequences.size === 1 ? ` ${consequence}` : ''
  }`;
}

function titles(deletions: readonly Deletion[]): string {
  const [first, second] = deletions.map(({ title }) => title);
  if (deletions.length === 1) return first!;
  return deletions.length === 2 ? `${first} and ${second}` : `${deletions.length} items`;
}

function isOrAre({ deletions }: Batch): string {
  return deletions.length === 1 ? 'is' : 'are';
}
