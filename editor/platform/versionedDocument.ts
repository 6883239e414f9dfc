import { failed, ok, type Result } from '@baton/engine/protocol';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { shallow } from 'zustand/vanilla/shallow';
import type { Disposable } from '../base/disposable.ts';
import { autosaveDelay } from './autosaveDelay.ts';
import type { DocumentState, Resource } from './documents.ts';
import { type DraftedDocument, draftedState } from './draftedDocument.ts';
import type { Failure } from './failure.ts';
import { createKeptDraft, type KeptDraft, type OpenedVersion, readBackup, readOpened } from './keptDraft.ts';
import type { Platform } from './platform.ts';
import type { Problem } from './problems.ts';
import type { SidedDocument } from './sides.ts';
import type { Content, Version } from './versionedCalls.ts';
import type { VersionedKind } from './versionedKinds.ts';

/** What the view of every versioned document has; a kind adds its own. */
export interface VersionedView<Draft> {
  /** The side shown, or `both`. */
  mode: string;
  /** The version that is edited. */
  saved: Version;
  draft: Draft;
}

/** A versioned resource, opened. */
export interface VersionedDocument extends SidedDocument, DraftedDocument {
  readonly view: StoreApi<VersionedView<unknown>>;
}

/** A versioned resource as it is opened: what the server has, and the unsent work of before. */
export interface OpenedResource {
  platform: Platform;
  resource: Resource;
  versioned: VersionedKind;
  opened: OpenedVersion<Version>;
  backup: string | undefined;
}

/** Reads what an editor of this kind begins with. */
export async function openVersioned(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<OpenedResource, Failure>> {
  const versioned = platform.versionedKinds.get(resource.kind);
  if (!versioned)
    return failed({
      code: 'KIND_UNKNOWN',
      message: `Expected ${resource.kind} to be kept in versions, but it is not known.`,
    });
  const opened = await readOpened(versioned.calls(resource.id));
  if (!opened.ok) return opened;
  return ok({ platform, resource, versioned, backup, opened: opened.value });
}

export interface VersionedOptions<Draft> extends OpenedResource {
  view: StoreApi<VersionedView<Draft>>;
  draftOf(content: Content): Draft;
  same(one: Draft, other: Draft): boolean;
  /** What the view says, complete or not, or why nothing of it can be kept at the server. */
  content(): Result<Content, Failure>;
  /** What is shown is not read yet: it is too large to be read with every key. */
  unread?(): boolean;
  /** Puts a draft into the view, with what the kind derives from it. */
  show(draft: Draft): void;
  /** Looks at the view anew and answers what Problems lists. */
  check(): readonly Problem[];
  /** The draft begins anew with another content: what was done to the old one cannot be undone. */
  adopted?(): void;
  /** Unsent work as text and back. */
  write(draft: Draft): string;
  read(text: string): Draft | undefined;
  /** What the state says beside title, dirt and version. */
  details?(): Partial<DocumentState>;
}

/** A draft over the version it began with. */
export interface VersionedDraft<Draft> {
  /** The first draft: shown and checked at once. */
  begin(): void;
  /** Another draft: kept, and checked when nothing changes for a moment. */
  show(draft: Draft): void;
  check(): void;
  /** `details` changed. */
  publish(): void;
  disposed(): boolean;
  kept: KeptDraft;
  model: Pick<
    VersionedDocument,
    | 'platform'
    | 'resource'
    | 'versioned'
    | 'kept'
    | 'state'
    | 'writable'
    | 'save'
    | 'dispose'
    | 'showMode'
    | 'backup'
  >;
}

/** Checked this many ms after the last change. */
const settle = 300;

/**
 * What editing a versioned resource is whatever its kind: a draft that is kept while one types, follows what others do,
 * is checked, and is read-only without the permission.
 */
export function createVersionedDraft<Draft>(options: VersionedOptions<Draft>): VersionedDraft<Draft> {
  const { platform, resource, versioned, view, opened } = options;
  const writable = Boolean(platform.context.get(`permission:${versioned.write}`));
  const title = () => versioned.fileName(view.getState().saved.name);
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));
  const before = writable ? readBackup(options.backup) : undefined;
  const unsent = before && options.read(before.text);
  let checking: Disposable | undefined;
  let disposed = false;

  const kept = createKeptDraft(opened, {
    calls: versioned.calls(resource.id),
    topic: versioned.topic,
    id: resource.id,
    live: platform.live,
    timers: platform.timers,
    settle: () => autosaveDelay(platform),
    content: options.content,
    gone: () => platform.editors.gone(resource),
    show(content) {
      options.adopted?.();
      display(options.draftOf(content));
    },
    over: unsent === undefined ? undefined : before?.over,
  });

  function publish() {
    const now = { title: title(), ...draftedState(kept.getState()), ...options.details?.() };
    // With every key it is the same: tabs and bars are drawn again for news only.
    if (!shallow({ ...state.getState(), ...now }, state.getState())) state.setState(now);
  }

  function check() {
    platform.problems.set(versioned.topic, resource, title(), options.check());
  }

  function display(draft: Draft) {
    options.show(draft);
    publish();
    checking?.dispose();
    checking = platform.timers.after(settle, check);
  }

  const following = kept.subscribe(() => {
    const { published } = kept.getState();
    if (view.getState().saved !== published) view.setState({ saved: published });
    publish();
  });

  return {
    begin() {
      options.show(unsent ?? options.draftOf(opened.content));
      publish();
      check();
      if (unsent !== undefined) kept.touched();
    },
    show(draft) {
      const changed = !options.same(view.getState().draft, draft);
      display(draft);
      if (changed) kept.touched(options.unread?.() ?? false);
    },
    check,
    publish,
    disposed: () => disposed,
    kept,
    model: {
      platform,
      resource,
      versioned,
      kept,
      state,
      writable,
      ...(writable && { save: kept.keep }),
      showMode: (mode) => view.setState({ mode }),
      backup: () => (state.getState().dirty ? kept.backup(options.write(view.getState().draft)) : undefined),
      dispose() {
        disposed = true;
        checking?.dispose();
        following();
        kept.dispose();
        platform.problems.set(versioned.topic, resource, title(), []);
      },
    },
  };
}
