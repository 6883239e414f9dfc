import { createStore } from 'zustand/vanilla';
import { createEmitter, type Event } from '../base/event.ts';
import type { Readable } from '../base/readable.ts';
import { coalesced } from './coalesced.ts';
import type { ContextKeys } from './context.ts';
import type { Dialogs } from './dialogs.ts';
import {
  type DocumentKinds,
  type DocumentModel,
  type Place,
  type Resource,
  resourceKey,
} from './documents.ts';
import { isDrafted } from './draftedDocument.ts';
import { type Edge, evenGrid, type GridDirection, moveSash, resizeGroup } from './editorGrid.ts';
import { createEditorGroups, type GroupsState, type TabPlace } from './editorGroups.ts';
import { type Clock, type KeyValueStorage, readJson, type Timers } from './host.ts';
import type { Notifications } from './notifications.ts';
import { createOpenDocuments, type OpenDocument, waitingBackups } from './openDocuments.ts';
import { type Tab, tabOf } from './tabs.ts';

export { type OpenDocument, waitingBackups } from './openDocuments.ts';
export type { Group, Tab } from './tabs.ts';

export interface EditorsState extends GroupsState {
  documents: ReadonlyMap<string, OpenDocument>;
}

export interface OpenRequest {
  /** Opens in italic; default false. */
  preview?: boolean;
  /** `side`: in the group to the right, split if there is none. */
  group?: 'active' | 'side' | number;
  /** In a new group at this edge of the group. */
  split?: Edge;
  /** Before this tab. */
  before?: string;
  /** Shown once the document is open. */
  place?: Place;
  /** Nobody asked for it: it takes no focus from who is at work already. */
  byItself?: boolean;
}

export interface Editors extends Readable<EditorsState> {
  /** Shows a document, opening it if needed; answers its model, or `undefined` if it could not be opened (its tab says why). */
  open(resource: Resource, request?: OpenRequest): Promise<DocumentModel | undefined>;
  /** The model in front of the user. The same object until another document is. */
  readonly active: Readable<DocumentModel | undefined>;
  activeResource(): Resource | undefined;
  model(resource: Resource): DocumentModel | undefined;
  /** Every open document with unsaved changes. */
  dirty(): readonly DocumentModel[];
  save(model: DocumentModel): Promise<boolean>;
  saveAll(): Promise<boolean>;
  /** Closes a tab; asks first if that would lose changes. Answers false if the user said no. */
  close(group: number, key: string): Promise<boolean>;
  /** Closes those the question answers yes to, but for pinned ones, until the user says no. */
  closeWhere(which: (tab: Tab, group: number, at: number) => boolean): Promise<void>;
  closeOthers(group: number, key: string): Promise<void>;
  /** Pinned ones too. */
  closeAll(): Promise<void>;
  /** Closes a document everywhere without asking: it was deleted here. */
  discard(resource: Resource): void;
  /** It was deleted elsewhere: what is open of it stays, and its tab says so. */
  gone(resource: Resource): void;
  /** Opens again, where it was, what was closed last. Answers false if there is nothing. */
  reopenClosed(): boolean;
  activate(group: number, key: string): void;
  /** Turns a preview into a tab that stays. */
  keep(group: number, key: string): void;
  pin(group: number, key: string, pinned: boolean): void;
  /** Next or previous tab of the active group. */
  step(by: 1 | -1): void;
  /** Moves a tab before another one (or to the end) of a group. */
  move(from: number, key: string, to: number, before?: string): void;
  /** Moves a tab into a new group at an edge of another one; `copy` leaves it where it is as well. */
  moveToEdge(from: number, key: string, beside: number, edge: Edge, copy?: boolean): void;
  /** Whether that would change anything. */
  canMoveToEdge(from: number, key: string, beside: number, copy?: boolean): boolean;
  /** Shows the active document in a new group as well. */
  split(edge?: Edge): void;
  focusGroup(group: number): void;
  /** The group at an edge of the active one. */
  beside(edge: Edge): number | undefined;
  moveGroup(group: number, edge: Edge): void;
  /** See `moveSash` of `editorGrid.ts`. */
  moveSash(path: readonly number[], at: number, to: number, least: number): void;
  resizeGroup(direction: GridDirection, by: number): void;
  evenGroups(): void;
  retry(key: string): void;
  /** Tries again what could not be opened because the server was not reached. */
  retryUnreachable(): void;
  readonly onDidSave: Event<DocumentModel>;
  /** A document was opened to be worked on, not looked at in passing: it takes the focus. */
  readonly onCalled: Event<{ byItself: boolean }>;
  /** Opens what was open last time. Answers false if there was nothing. */
  restore(): boolean;
  /** The page is about to go: what waits to be kept in the browser is written. */
  flush(): void;
}

interface EditorsOptions {
  kinds: DocumentKinds;
  context: ContextKeys;
  dialogs: Dialogs;
  notifications: Notifications;
  /** Of the user, in all windows: unsaved work. */
  storage: KeyValueStorage;
  /** Of this window: what is open. */
  windowStorage: KeyValueStorage;
  clock: Clock;
  timers: Timers;
  bug(error: unknown, what: string): void;
  /** Whether tabs that are looked at in passing are previews. Default: they are. */
  previews?(): boolean;
}

interface Closed extends TabPlace {
  resource: Resource;
  pinned: boolean;
  /** The tab it stood before. */
  before?: string;
}

const storageKey = 'editors';
const keptClosed = 50;
/** What is open is remembered this many ms after a change: writing it takes longer than drawing a tab. */
const rememberDelay = 100;

export function createEditors(options: EditorsOptions): Editors {
  const { kinds, context, dialogs, notifications, storage, windowStorage, clock, timers, bug } = options;
  const groups = createEditorGroups();
  const saved = createEmitter<DocumentModel>();
  const called = createEmitter<{ byItself: boolean }>();
  const closed: Closed[] = [];
  const documents = createOpenDocuments({
    kinds,
    storage,
    timers,
    bug,
    isShown: (key) => groups.holding(key) !== undefined,
    changed(all) {
      store.setState({ documents: all });
      updateContext();
    },
    stateChanged: updateContext,
    dirtied(key) {
      for (const group of groups.getState().groups) groups.keep(group.id, key);
    },
  });
  const store = createStore<EditorsState>(() => ({ ...groups.getState(), documents: documents.all() }));
  const get = store.getState;
  const activeModel = () => documents.model(groups.active().active);
  const onePane = (resource: Resource) => Boolean(kinds.get(resource.kind)?.onePane);

  const remember = () => windowStorage.set(storageKey, JSON.stringify(groups.getState()));
  const { soon: rememberSoon } = coalesced(timers, rememberDelay, remember);
  groups.subscribe(() => {
    store.setState(groups.getState());
    rememberSoon();
    updateContext();
  });

  function updateContext() {
    const group = groups.active();
    const tab = tabOf(group, group.active);
    const entry = tab && documents.all().get(tab.key);
    const state = activeModel()?.state.getState();
    context.setAll({
      editorOpen: tab !== undefined,
      documentKind: tab?.resource.kind,
      documentWide: tab !== undefined && (kinds.get(tab.resource.kind)?.wide ?? false),
      documentDirty: state?.dirty ?? false,
      documentDraft: state?.draft ?? false,
      documentCanSave: activeModel()?.save !== undefined,
      documentCanUndo: state?.canUndo ?? false,
      documentCanRedo: state?.canRedo ?? false,
      documentNames: activeModel()?.named !== undefined,
      documentGone: entry?.state === 'open' && entry.gone !== undefined,
      editorOnePane: tab !== undefined && onePane(tab.resource),
      editorPinned: tab?.pinned ?? false,
      editorPreview: tab?.preview ?? false,
      editorClosed: closed.length > 0,
      multipleGroups: groups.getState().groups.length > 1,
    });
  }

  /** Takes a tab away, and its document with the last one. */
  function removeTab(groupId: number, key: string) {
    groups.remove(groupId, key);
    if (!groups.holding(key)) documents.drop(key);
  }

  async function save(model: DocumentModel): Promise<boolean> {
    if (!model.save) return true;
    const result = await model.save();
    if (!result.ok) {
      notifications.failure(result.failure, [{ title: 'Try again', run: () => void save(model) }]);
      return false;
    }
    saved.fire(model);
    return true;
  }

  async function mayClose(model: DocumentModel, gone: boolean): Promise<boolean> {
    const { dirty, title } = model.state.getState();
    if (!dirty || !model.save) return true;
    // Work that is kept while one types goes to the server on the way out; only what it does not take is asked about.
    if (!gone && isDrafted(model) && (await model.save()).ok) return true;
    const answer = await dialogs.ask({
      title: gone ? `Close ${title} and lose what is on the screen?` : `Save the changes to ${title}?`,
      message: gone ? 'It was deleted elsewhere.' : 'They are lost if they are not saved.',
      actions: [
        ...(gone ? [] : [{ id: 'save', title: 'Save' }]),
        { id: 'drop', title: gone ? 'Close' : 'Do not save', danger: true },
      ],
    });
    if (answer === 'save') return save(model);
    return answer === 'drop';
  }

  async function close(groupId: number, key: string): Promise<boolean> {
    const entry = documents.all().get(key);
    const elsewhere = get().groups.some((group) => group.id !== groupId && tabOf(group, key));
    if (entry?.state === 'open' && !elsewhere) {
      if (!(await mayClose(entry.model, entry.gone !== undefined))) return false;
    }
    const group = groups.of(groupId);
    const tab = tabOf(group, key);
    if (!group || !tab) return true;
    const before = group.tabs[group.tabs.indexOf(tab) + 1]?.key;
    const { resource, pinned = false } = tab;
    closed.push({ group: groupId, key, resource, pinned, ...(before !== undefined && { before }) });
    if (closed.length > keptClosed) closed.shift();
    removeTab(groupId, key);
    return true;
  }

  function activate(groupId: number, key: string) {
    const tab = tabOf(groups.of(groupId), key);
    if (!tab) return;
    groups.activate(groupId, key);
    void documents.load(tab.resource);
  }

  function targetGroup({ group, split }: OpenRequest): number {
    const base = typeof group === 'number' && groups.of(group) ? group : groups.active().id;
    if (split) return groups.add(base, split);
    if (group !== 'side') return base;
    return groups.beside(base, 'right') ?? groups.add(base, 'right');
  }

  const editors: Editors = {
    getState: get,
    subscribe: store.subscribe,
    onDidSave: saved.event,
    onCalled: called.event,
    active: { getState: activeModel, subscribe: store.subscribe },
    activeResource() {
      const group = groups.active();
      return tabOf(group, group.active)?.resource;
    },
    model: (resource) => documents.model(resourceKey(resource)),
    dirty: () =>
      [...get().documents.values()].flatMap((entry) =>
        entry.state === 'open' && entry.model.state.getState().dirty ? [entry.model] : [],
      ),
    async open(resource, request = {}) {
      const key = resourceKey(resource);
      const shownIn = groups.holding(key);
      if (shownIn && onePane(resource)) {
        const anywhere = request.group === undefined && request.split === undefined;
        const target = anywhere ? shownIn.id : targetGroup(request);
        if (target === shownIn.id) groups.activate(target, key);
        else groups.move(shownIn.id, key, target, request.before);
        if (!request.preview) groups.keep(target, key);
      } else {
        const { before } = request;
        const preview = (request.preview ?? false) && (options.previews?.() ?? true);
        const replaced = groups.show(targetGroup(request), resource, { preview, before });
        if (replaced && !groups.holding(replaced.key)) documents.drop(replaced.key);
      }
      const model = await documents.load(resource);
      if (model && request.place) {
        try {
          model.reveal?.(request.place);
        } catch (error) {
          bug(error, `showing a place in ${model.state.getState().title}`);
        }
      }
      if (!request.preview && resourceKey(editors.activeResource() ?? resource) === key)
        called.fire({ byItself: request.byItself ?? false });
      return model;
    },
    save,
    async saveAll() {
      let all = true;
      for (const model of editors.dirty()) all = (await save(model)) && all;
      return all;
    },
    close,
    async closeWhere(which) {
      const chosen = get().groups.flatMap((group) =>
        group.tabs
          .filter((tab, at) => !tab.pinned && which(tab, group.id, at))
          .map((tab) => ({ group: group.id, key: tab.key })),
      );
      for (const { group, key } of chosen) if (!(await close(group, key))) return;
    },
    closeOthers: (groupId, key) => editors.closeWhere((tab, group) => group === groupId && tab.key !== key),
    async closeAll() {
      for (const group of get().groups) {
        for (const tab of group.tabs) if (!(await close(group.id, tab.key))) return;
      }
    },
    discard(resource) {
      const key = resourceKey(resource);
      for (const group of get().groups) if (tabOf(group, key)) removeTab(group.id, key);
      for (let at = closed.length - 1; at >= 0; at--) if (closed[at]!.key === key) closed.splice(at, 1);
      updateContext();
    },
    gone: (resource) => documents.gone(resourceKey(resource), clock.now()),
    reopenClosed() {
      const last = closed.pop();
      if (!last) return false;
      const group = groups.of(last.group) ? last.group : groups.active().id;
      const { resource, pinned, before } = last;
      if (onePane(resource) && groups.holding(last.key)) {
        void editors.open(resource);
        return true;
      }
      groups.show(group, resource, {
        preview: false,
        pinned,
        before: tabOf(groups.of(group), before) ? before : undefined,
      });
      void documents.load(resource);
      return true;
    },
    activate,
    keep: groups.keep,
    pin: groups.pin,
    step(by) {
      const { id, tabs, active } = groups.active();
      const at = tabs.findIndex((tab) => tab.key === active);
      const next = tabs[(at + by + tabs.length) % tabs.length];
      if (next) activate(id, next.key);
    },
    move: groups.move,
    canMoveToEdge(from, key, beside, copy = false) {
      const group = groups.of(from);
      const tab = tabOf(group, key);
      if (!group || !tab) return false;
      // The only tab of a group that goes to the edge of its own group would stand where it is.
      return beside !== from || group.tabs.length > 1 || (copy && !onePane(tab.resource));
    },
    moveToEdge(from, key, beside, edge, copy = false) {
      const tab = tabOf(groups.of(from), key);
      if (!tab || !editors.canMoveToEdge(from, key, beside, copy)) return;
      const target = groups.add(beside, edge);
      if (copy && !onePane(tab.resource)) void editors.open(tab.resource, { group: target });
      else groups.move(from, key, target);
    },
    split(edge = 'right') {
      const { id, active } = groups.active();
      if (active !== undefined) editors.moveToEdge(id, active, id, edge, true);
    },
    focusGroup: groups.focus,
    beside: (edge) => groups.beside(groups.active().id, edge),
    moveGroup: groups.moveGroup,
    moveSash: (path, at, to, least) => groups.arrange((grid) => moveSash(grid, path, at, to, least)),
    resizeGroup: (direction, by) =>
      groups.arrange((grid) => resizeGroup(grid, groups.active().id, direction, by)),
    evenGroups: () => groups.arrange(evenGrid),
    retry(key) {
      const tab = tabOf(groups.holding(key), key);
      if (tab) void documents.load(tab.resource);
    },
    retryUnreachable() {
      for (const [key, entry] of documents.all()) {
        if (entry.state === 'failed' && entry.failure.code === 'UNREACHABLE') editors.retry(key);
      }
    },
    restore() {
      if (!groups.restore(readJson<GroupsState>(windowStorage, storageKey))) return false;
      // Shown tabs at once; others when they are chosen, but for those with unsaved work: their dot must be seen.
      const waiting = new Set(waitingBackups(storage));
      for (const group of get().groups) {
        for (const tab of group.tabs)
          if (tab.key === group.active || waiting.has(tab.key)) void documents.load(tab.resource);
      }
      return true;
    },
    flush() {
      remember();
      documents.flush();
    },
  };
  return editors;
}
