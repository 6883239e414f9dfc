import type { Disposable } from '../base/disposable.ts';
import {
  type DocumentKind,
  type DocumentKinds,
  type DocumentModel,
  type Resource,
  resourceKey,
} from './documents.ts';
import type { Failure } from './failure.ts';
import type { KeyValueStorage, Timers } from './host.ts';

/** What there is of a document: being opened, open, or why not. */
export type OpenDocument =
  | { state: 'opening'; kind: DocumentKind }
  | {
      state: 'open';
      kind: DocumentKind;
      model: DocumentModel;
      /** Deleted elsewhere, at this time (ms since 1970); what is on the screen is all there is of it. */
      gone?: number;
    }
  | { state: 'failed'; kind: DocumentKind | undefined; failure: Failure };

export interface OpenDocumentsOptions {
  kinds: DocumentKinds;
  storage: KeyValueStorage;
  timers: Timers;
  /** A tab shows it; a document that opens after its last tab closed is let go of. */
  isShown(key: string): boolean;
  changed(documents: ReadonlyMap<string, OpenDocument>): void;
  /** What a document says of itself changed. */
  stateChanged(): void;
  /** The first change which is not saved. */
  dirtied(key: string): void;
  bug(error: unknown, what: string): void;
}

/** One model per document however many tabs show it, and its unsaved work kept in the browser. */
export interface OpenDocuments {
  load(resource: Resource): Promise<DocumentModel | undefined>;
  model(key: string | undefined): DocumentModel | undefined;
  /** Nothing shows it any more. */
  drop(key: string): void;
  gone(key: string, at: number): void;
  /** Writes at once what waits to be kept in the browser: the page is about to go. */
  flush(): void;
  all(): ReadonlyMap<string, OpenDocument>;
}

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

export function createOpenDocuments(options: OpenDocumentsOptions): OpenDocuments {
  const { kinds, storage, timers, bug } = options;
  let documents: ReadonlyMap<string, OpenDocument> = new Map();
  const opening = new Map<string, Promise<DocumentModel | undefined>>();
  const watches = new Map<string, () => void>();
  const backups = new Map<string, Disposable>();
  /** Backups of this window; those of another one are its own matter. */
  const own = new Set<string>();

  const modelOf = (key: string | undefined) => {
    const entry = key === undefined ? undefined : documents.get(key);
    return entry?.state === 'open' ? entry.model : undefined;
  };
  function set(key: string, entry: OpenDocument | undefined) {
    const next = new Map(documents);
    if (entry) next.set(key, entry);
    else next.delete(key);
    documents = next;
    options.changed(documents);
  }

  function forgetBackup(key: string) {
    backups.get(key)?.dispose();
    backups.delete(key);
    if (own.delete(key)) storage.remove(backupPrefix + key);
  }

  function writeBackup(key: string) {
    backups.get(key)?.dispose();
    backups.delete(key);
    const text = modelOf(key)?.backup?.();
    if (text === undefined) return;
    own.add(key);
    storage.set(backupPrefix + key, text);
  }

  function keepBackup(key: string, model: DocumentModel) {
    if (!model.state.getState().dirty) return forgetBackup(key);
    backups.get(key)?.dispose();
    backups.set(
      key,
      timers.after(backupDelay, () => writeBackup(key)),
    );
  }

  function watch(key: string, model: DocumentModel) {
    let before = model.state.getState();
    watches.set(
      key,
      model.state.subscribe(() => {
        const now = model.state.getState();
        if (now.dirty || now.dirty !== before.dirty) keepBackup(key, model);
        if (now.dirty && !before.dirty) options.dirtied(key);
        before = now;
        options.stateChanged();
      }),
    );
  }

  async function open(kind: DocumentKind, resource: Resource): Promise<DocumentModel | undefined> {
    const key = resourceKey(resource);
    const backup = storage.get(backupPrefix + key);
    if (backup !== undefined) own.add(key);
    const result = await opened(kind, resource, backup);
    opening.delete(key);
    if (!result.ok) {
      set(key, { state: 'failed', kind, failure: result.failure });
      return undefined;
    }
    if (!options.isShown(key)) {
      letGo(result.value, key);
      set(key, undefined);
      return undefined;
    }
    set(key, { state: 'open', kind, model: result.value });
    watch(key, result.value);
    return result.value;
  }

  async function opened(kind: DocumentKind, resource: Resource, backup: string | undefined) {
    try {
      return await kind.open(resource, backup === undefined ? {} : { backup });
    } catch (error) {
      bug(error, `opening ${resource.name ?? kind.label}`);
      const message = `Expected ${kind.label.toLowerCase()} to open, but it failed: ${String(error)}`;
      return { ok: false as const, failure: { code: 'INTERNAL', message } };
    }
  }

  function letGo(model: DocumentModel, key: string) {
    try {
      model.dispose();
    } catch (error) {
      bug(error, `closing ${key}`);
    }
  }

  return {
    all: () => documents,
    model: modelOf,
    load(resource) {
      const key = resourceKey(resource);
      const known = modelOf(key);
      if (known) return Promise.resolve(known);
      const already = opening.get(key);
      if (already) return already;
      const kind = kinds.get(resource.kind);
      if (!kind) {
        const message = `Expected an editor for ${resource.kind}, but none is installed`;
        set(key, { state: 'failed', kind: undefined, failure: { code: 'KIND_UNKNOWN', message } });
        return Promise.resolve(undefined);
      }
      set(key, { state: 'opening', kind });
      const promise = open(kind, resource);
      opening.set(key, promise);
      return promise;
    },
    drop(key) {
      const model = modelOf(key);
      watches.get(key)?.();
      watches.delete(key);
      forgetBackup(key);
      set(key, undefined);
      if (model) letGo(model, key);
    },
    flush() {
      for (const key of [...backups.keys()]) writeBackup(key);
    },
    gone(key, at) {
      const entry = documents.get(key);
      if (entry?.state === 'open' && entry.gone === undefined) set(key, { ...entry, gone: at });
    },
  };
}
