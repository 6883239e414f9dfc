import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../base/disposable.ts';
import { createEmitter, type Event } from '../base/event.ts';
import type { Readable } from '../base/readable.ts';
import type { ContextKeys } from './context.ts';
import type { Dialogs } from './dialogs.ts';
import {
  type DocumentKind,
  type DocumentKinds,
  type DocumentModel,
  type Place,
  type Resource,
  resourceKey,
} from './documents.ts';
import { isDrafted } from './draftedDocument.ts';
import type { Failure } from './failure.ts';
import { type KeyValueStorage, readJson, type Timers } from './host.ts';
import type { Notifications } from './notifications.ts';

export interface Tab {
  key: string;
  resource: Resource;
  /** Italic: the next preview takes its place. Editing or a double click keeps it. */
  preview: boolean;
}

/** Tabs side by side with other groups. */
export interface Group {
  id: number;
  tabs: readonly Tab[];
  /** Key of the tab shown. */
  active?: string;
}

/** What there is of a document: being opened, open, or why not. */
export type OpenDocument =
  | { state: 'opening'; kind: DocumentKind }
  | { state: 'open'; kind: DocumentKind; model: DocumentModel }
  | { state: 'failed'; kind: DocumentKind | undefined; failure: Failure };

export interface EditorsState {
  groups: readonly Group[];
  activeGroup: number;
  documents: ReadonlyMap<string, OpenDocument>;
}

export interface OpenRequest {
  /** Opens in italic; default false. */
  preview?: boolean;
  /** `side`: in the group to the right, split if there is none. */
  group?: 'active' | 'side' | number;
  /** Shown once the document is open. */
  place?: Place;
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
  /** Closes a document everywhere without asking: it was deleted. */
  discard(resource: Resource): void;
  closeOthers(group: number, key: string): Promise<void>;
  closeAll(): Promise<void>;
  activate(group: number, key: string): void;
  /** Turns a preview into a tab that stays. */
  keep(group: number, key: string): void;
  /** Next or previous tab of the active group. */
  step(by: 1 | -1): void;
  /** Moves a tab before another one (or to the end) of a group. */
  move(from: number, key: string, to: number, before?: string): void;
  /** Shows the active document in a new group at the right as well. */
  split(): void;
  focusGroup(group: number): void;
  retry(key: string): void;
  readonly onDidSave: Event<DocumentModel>;
  /** Opens what was open last time. Answers false if there was nothing. */
  restore(): boolean;
}

interface Remembered {
  groups: readonly Group[];
  activeGroup: number;
}

interface EditorsOptions {
  kinds: DocumentKinds;
  context: ContextKeys;
  dialogs: Dialogs;
  notifications: Notifications;
  storage: KeyValueStorage;
  timers: Timers;
}

const storageKey = 'editors';
const backupPrefix = 'backup/';
/** Unsaved work is kept in the browser this long after the last change. */
const backupDelay = 400;

/** Keys of documents whose unsaved work waits in the browser. */
export function waitingBackups(storage: KeyValueStorage): readonly string[] {
  return storage
    .keys()
    .filter((key) => key.startsWith(backupPrefix))
    .map((key) => key.slice(backupPrefix.length));
}

export function createEditors(options: EditorsOptions): Editors {
  const { kinds, context, dialogs, notifications, storage, timers } = options;
  const store = createStore<EditorsState>(() => ({
    groups: [{ id: 1, tabs: [] }],
    activeGroup: 1,
    documents: new Map(),
  }));
  const saved = createEmitter<DocumentModel>();
  const opening = new Map<string, Promise<DocumentModel | undefined>>();
  const watches = new Map<string, () => void>();
  const backups = new Map<string, Disposable>();
  const get = store.getState;

  const groupOf = (id: number) => get().groups.find((group) => group.id === id);
  const activeGroup = () => groupOf(get().activeGroup) ?? get().groups[0]!;
  const shownAnywhere = (key: string) =>
    get().groups.some((group) => group.tabs.some((tab) => tab.key === key));
  const modelOf = (key: string | undefined) => {
    const entry = key === undefined ? undefined : get().documents.get(key);
    return entry?.state === 'open' ? entry.model : undefined;
  };
  const activeModel = () => modelOf(activeGroup().active);

  function change(state: Partial<EditorsState>) {
    store.setState(state);
    const { groups, activeGroup: active } = get();
    storage.set(storageKey, JSON.stringify({ groups, activeGroup: active } satisfies Remembered));
    updateContext();
  }
  function changeGroup(id: number, edit: (group: Group) => Group) {
    change({ groups: get().groups.map((group) => (group.id === id ? edit(group) : group)) });
  }
  function setDocument(key: string, entry: OpenDocument | undefined) {
    const documents = new Map(get().documents);
    if (entry) documents.set(key, entry);
    else documents.delete(key);
    change({ documents });
  }

  function updateContext() {
    const active = activeGroup();
    const tab = active.tabs.find((other) => other.key === active.active);
    const state = activeModel()?.state.getState();
    context.set('editorOpen', tab !== undefined);
    context.set('documentKind', tab?.resource.kind);
    context.set('documentWide', tab !== undefined && (kinds.get(tab.resource.kind)?.wide ?? false));
    context.set('documentDirty', state?.dirty ?? false);
    context.set('documentDraft', state?.draft ?? false);
    context.set('documentCanSave', activeModel()?.save !== undefined);
    context.set('documentCanUndo', state?.canUndo ?? false);
    context.set('documentCanRedo', state?.canRedo ?? false);
    context.set('multipleGroups', get().groups.length > 1);
  }

  function keepBackup(key: string, model: DocumentModel) {
    backups.get(key)?.dispose();
    if (!model.state.getState().dirty) return storage.remove(backupPrefix + key);
    backups.set(
      key,
      timers.after(backupDelay, () => {
        const text = model.backup?.();
        if (text !== undefined) storage.set(backupPrefix + key, text);
      }),
    );
  }

  function watch(key: string, model: DocumentModel) {
    let before = model.state.getState();
    watches.set(
      key,
      model.state.subscribe(() => {
        const now = model.state.getState();
        if (now.dirty || now.dirty !== before.dirty) keepBackup(key, model);
        if (now.dirty && !before.dirty) {
          for (const group of get().groups) keep(group.id, key);
        }
        before = now;
        updateContext();
      }),
    );
  }

  function load(resource: Resource): Promise<DocumentModel | undefined> {
    const key = resourceKey(resource);
    const known = modelOf(key);
    if (known) return Promise.resolve(known);
    const already = opening.get(key);
    if (already) return already;
    const kind = kinds.get(resource.kind);
    if (!kind) {
      setDocument(key, {
        state: 'failed',
        kind: undefined,
        failure: {
          code: 'KIND_UNKNOWN',
          message: `Expected an editor for ${resource.kind}, but none is installed`,
        },
      });
      return Promise.resolve(undefined);
    }
    setDocument(key, { state: 'opening', kind });
    const backup = storage.get(backupPrefix + key);
    const promise = kind
      .open(resource, backup === undefined ? {} : { backup })
      .catch((error: unknown) => ({
        ok: false as const,
        failure: {
          code: 'INTERNAL',
          message: `Expected ${kind.label.toLowerCase()} to open, but it failed: ${String(error)}`,
        },
      }))
      .then((result) => {
        opening.delete(key);
        if (!result.ok) {
          setDocument(key, { state: 'failed', kind, failure: result.failure });
          return undefined;
        }
        if (!shownAnywhere(key)) {
          result.value.dispose();
          setDocument(key, undefined);
          return undefined;
        }
        setDocument(key, { state: 'open', kind, model: result.value });
        watch(key, result.value);
        return result.value;
      });
    opening.set(key, promise);
    return promise;
  }

  function drop(key: string) {
    const model = modelOf(key);
    watches.get(key)?.();
    watches.delete(key);
    backups.get(key)?.dispose();
    backups.delete(key);
    storage.remove(backupPrefix + key);
    setDocument(key, undefined);
    model?.dispose();
  }

  function removeTab(groupId: number, key: string) {
    const group = groupOf(groupId);
    if (!group) return;
    const at = group.tabs.findIndex((tab) => tab.key === key);
    const tabs = group.tabs.filter((tab) => tab.key !== key);
    const next = tabs[Math.min(at, tabs.length - 1)]?.key;
    if (tabs.length === 0 && get().groups.length > 1) {
      const groups = get().groups.filter((other) => other.id !== groupId);
      const active = get().activeGroup === groupId ? groups[0]!.id : get().activeGroup;
      change({ groups, activeGroup: active });
    } else {
      changeGroup(groupId, () => {
        const active = group.active === key ? next : group.active;
        return active === undefined ? { id: group.id, tabs } : { id: group.id, tabs, active };
      });
    }
    if (!shownAnywhere(key)) drop(key);
  }

  function keep(groupId: number, key: string) {
    const tab = groupOf(groupId)?.tabs.find((other) => other.key === key);
    if (!tab?.preview) return;
    changeGroup(groupId, (group) => ({
      ...group,
      tabs: group.tabs.map((other) => (other.key === key ? { ...other, preview: false } : other)),
    }));
  }

  function newGroup(): number {
    const id = Math.max(...get().groups.map((group) => group.id)) + 1;
    const at = get().groups.findIndex((group) => group.id === get().activeGroup);
    change({ groups: [...get().groups.slice(0, at + 1), { id, tabs: [] }, ...get().groups.slice(at + 1)] });
    return id;
  }

  function targetGroup(group: OpenRequest['group']): number {
    if (typeof group === 'number') return group;
    if (group !== 'side') return activeGroup().id;
    const at = get().groups.findIndex((other) => other.id === get().activeGroup);
    return get().groups[at + 1]?.id ?? newGroup();
  }

  function showTab(groupId: number, resource: Resource, preview: boolean) {
    const key = resourceKey(resource);
    const group = groupOf(groupId);
    if (!group) return;
    const replaced = group.tabs.find((tab) => tab.preview && tab.key !== key);
    const known = group.tabs.some((tab) => tab.key === key);
    const tab: Tab = { key, resource, preview };
    let tabs: readonly Tab[];
    if (known) {
      tabs = group.tabs.map((other) =>
        other.key === key ? { ...other, preview: other.preview && preview } : other,
      );
    } else if (preview && replaced) {
      tabs = group.tabs.map((other) => (other === replaced ? tab : other));
    } else {
      const at = group.tabs.findIndex((other) => other.key === group.active) + 1;
      tabs = [...group.tabs.slice(0, at), tab, ...group.tabs.slice(at)];
    }
    change({
      groups: get().groups.map((other) =>
        other.id === groupId ? { id: other.id, tabs, active: key } : other,
      ),
      activeGroup: groupId,
    });
    if (!known && preview && replaced && !shownAnywhere(replaced.key)) drop(replaced.key);
  }

  async function save(model: DocumentModel): Promise<boolean> {
    if (!model.save) return true;
    const result = await model.save();
    if (!result.ok) {
      notifications.failure(result.failure);
      return false;
    }
    saved.fire(model);
    return true;
  }

  async function mayClose(model: DocumentModel): Promise<boolean> {
    const { dirty, title } = model.state.getState();
    if (!dirty || !model.save) return true;
    // Work that is kept while one types goes to the server on the way out; only what it does not take is asked about.
    if (isDrafted(model) && (await model.save()).ok) return true;
    const answer = await dialogs.ask({
      title: `Save the changes to ${title}?`,
      message: 'They are lost if they are not saved.',
      actions: [
        { id: 'save', title: 'Save' },
        { id: 'drop', title: 'Do not save', danger: true },
      ],
    });
    if (answer === 'save') return save(model);
    return answer === 'drop';
  }

  async function close(groupId: number, key: string): Promise<boolean> {
    const model = modelOf(key);
    const elsewhere = get().groups.some(
      (group) => group.id !== groupId && group.tabs.some((tab) => tab.key === key),
    );
    if (model && !elsewhere && !(await mayClose(model))) return false;
    removeTab(groupId, key);
    return true;
  }

  function activate(groupId: number, key: string) {
    const tab = groupOf(groupId)?.tabs.find((other) => other.key === key);
    if (!tab) return;
    change({
      groups: get().groups.map((group) => (group.id === groupId ? { ...group, active: key } : group)),
      activeGroup: groupId,
    });
    void load(tab.resource);
  }

  const editors: Editors = {
    getState: store.getState,
    subscribe: store.subscribe,
    onDidSave: saved.event,
    active: { getState: activeModel, subscribe: store.subscribe },
    activeResource() {
      const group = activeGroup();
      return group.tabs.find((tab) => tab.key === group.active)?.resource;
    },
    model: (resource) => modelOf(resourceKey(resource)),
    dirty: () =>
      [...get().documents.values()].flatMap((entry) =>
        entry.state === 'open' && entry.model.state.getState().dirty ? [entry.model] : [],
      ),
    async open(resource, request = {}) {
      const key = resourceKey(resource);
      const shownIn = get().groups.find((group) => group.tabs.some((tab) => tab.key === key));
      if (shownIn && kinds.get(resource.kind)?.onePane) {
        const target = request.group === undefined ? shownIn.id : targetGroup(request.group);
        if (target === shownIn.id) activate(target, key);
        else editors.move(shownIn.id, key, target);
        if (!request.preview) keep(target, key);
      } else {
        showTab(targetGroup(request.group), resource, request.preview ?? false);
      }
      const model = await load(resource);
      if (model && request.place) model.reveal?.(request.place);
      return model;
    },
    save,
    async saveAll() {
      let all = true;
      for (const model of editors.dirty()) all = (await save(model)) && all;
      return all;
    },
    close,
    discard(resource) {
      const key = resourceKey(resource);
      for (const group of get().groups)
        if (group.tabs.some((tab) => tab.key === key)) removeTab(group.id, key);
    },
    async closeOthers(groupId, key) {
      for (const tab of groupOf(groupId)?.tabs ?? [])
        if (tab.key !== key && !(await close(groupId, tab.key))) return;
    },
    async closeAll() {
      for (const group of get().groups) {
        for (const tab of group.tabs) if (!(await close(group.id, tab.key))) return;
      }
    },
    activate,
    keep,
    step(by) {
      const { id, tabs, active } = activeGroup();
      const at = tabs.findIndex((tab) => tab.key === active);
      const next = tabs[(at + by + tabs.length) % tabs.length];
      if (next) activate(id, next.key);
    },
    move(from, key, to, before) {
      const tab = groupOf(from)?.tabs.find((other) => other.key === key);
      if (!tab || key === before) return;
      const insert = (tabs: readonly Tab[]) => {
        const rest = tabs.filter((other) => other.key !== key);
        const at = before === undefined ? rest.length : rest.findIndex((other) => other.key === before);
        return [...rest.slice(0, at), tab, ...rest.slice(at)];
      };
      change({
        groups: get().groups.map((group) =>
          group.id === to ? { ...group, tabs: insert(group.tabs), active: key } : group,
        ),
        activeGroup: to,
      });
      if (from !== to) removeTab(from, key);
    },
    split() {
      const resource = editors.activeResource();
      if (!resource) return;
      // A tab that can only move would leave an empty group behind: there is nothing to split.
      if (kinds.get(resource.kind)?.onePane && activeGroup().tabs.length === 1) return;
      void editors.open(resource, { group: newGroup() });
    },
    focusGroup(id) {
      if (groupOf(id) && get().activeGroup !== id) change({ activeGroup: id });
    },
    retry(key) {
      const tab = get()
        .groups.flatMap((group) => group.tabs)
        .find((other) => other.key === key);
      if (tab) void load(tab.resource);
    },
    restore() {
      const remembered = readJson<Remembered>(storage, storageKey);
      const groups = remembered?.groups.filter((group) => group.tabs.length > 0) ?? [];
      if (groups.length === 0) return false;
      const active = groups.some((group) => group.id === remembered?.activeGroup)
        ? remembered!.activeGroup
        : groups[0]!.id;
      change({ groups, activeGroup: active });
      // Shown tabs at once; others when they are chosen, but for those with unsaved work: their dot must be seen.
      const waiting = new Set(waitingBackups(storage));
      for (const group of groups) {
        for (const tab of group.tabs)
          if (tab.key === group.active || waiting.has(tab.key)) void load(tab.resource);
      }
      return true;
    },
  };
  return editors;
}
