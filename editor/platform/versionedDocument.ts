import { failed, ok, type Result } from '@baton/engine/protocol';
import { resourceChange } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Disposable } from '../base/disposable.ts';
import type { ApiFailure } from './api.ts';
import type { DocumentState, Resource } from './documents.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './platform.ts';
import type { Problem } from './problems.ts';
import { saveVersion, type Versioned } from './saveVersion.ts';
import type { SidedDocument } from './sides.ts';

/** Kinds the gateway keeps in versions: their live topic, and what their permissions are named for. */
export type VersionedKind = 'agents' | 'tasks' | 'tools';

/** What the view of every versioned document has; a kind adds its own. */
export interface VersionedView<T extends Versioned, Draft> {
  /** The side shown, or `both`. */
  mode: string;
  /** The version that is edited. */
  saved: T;
  draft: Draft;
}

/** A versioned resource, opened. */
export interface VersionedDocument extends SidedDocument {
  readonly platform: Platform;
  readonly kind: VersionedKind;
  readonly view: StoreApi<VersionedView<Versioned, unknown>>;
  readonly writable: boolean;
}

export interface VersionedOptions<T extends Versioned, Draft, Content> {
  platform: Platform;
  resource: Resource;
  kind: VersionedKind;
  /** Behind the resource's name: `agent.yaml`. */
  ending: string;
  view: StoreApi<VersionedView<T, Draft>>;
  get(): Promise<Result<T, ApiFailure>>;
  put(content: Content, ifMatch: string): Promise<Result<T, ApiFailure>>;
  draftOf(saved: T): Draft;
  same(one: Draft, other: Draft): boolean;
  /** What the view says is to be saved, or why it cannot be. */
  content(): Result<Content, Failure>;
  /** Puts a draft into the view, with what the kind derives from it. */
  show(draft: Draft): void;
  /** Looks at the view anew and answers what Problems lists. */
  check(): readonly Problem[];
  /** The draft begins anew with another version: what was done to the old one cannot be undone. */
  adopted?(): void;
  /** What the state says beside title, dirt and version. */
  details?(): Partial<DocumentState>;
}

/** A draft over the version it began with. */
export interface VersionedDraft<Draft> {
  /** The draft before anything was changed. */
  unchanged(): Draft;
  /** The first draft: shown and checked at once. */
  begin(draft: Draft): void;
  /** Another draft: checked when nothing changes for a moment. */
  show(draft: Draft): void;
  check(): void;
  /** `details` changed. */
  publish(): void;
  disposed(): boolean;
  model: Pick<
    VersionedDocument,
    'platform' | 'resource' | 'kind' | 'state' | 'writable' | 'save' | 'dispose' | 'showMode'
  > & { revert(): Promise<void> };
}

/** Checked this many ms after the last change. */
const settle = 300;

/**
 * What editing a versioned resource is whatever its kind: dirty, saved as the next version with the question whose work
 * goes on, following what others save, checked while one types, and read-only without the permission.
 */
export function createVersionedDraft<T extends Versioned, Draft, Content>(
  options: VersionedOptions<T, Draft, Content>,
): VersionedDraft<Draft> {
  const { platform, resource, kind, view } = options;
  const writable = Boolean(platform.context.get(`permission:${kind}:write`));
  const title = () => `${view.getState().saved.name}.${options.ending}`;
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));
  let unchanged = options.draftOf(view.getState().saved);
  let checking: Disposable | undefined;
  let disposed = false;

  function publish() {
    const { draft, saved } = view.getState();
    const dirty = !options.same(draft, unchanged);
    state.setState({
      title: title(),
      dirty,
      status: dirty ? `Draft of v${saved.version + 1}` : `v${saved.version}`,
      ...options.details?.(),
    });
  }

  function check() {
    platform.problems.set(kind, resource, title(), options.check());
  }

  function show(draft: Draft) {
    options.show(draft);
    publish();
    checking?.dispose();
    checking = platform.timers.after(settle, check);
  }

  /** The editor shows what the server has now. */
  function adopt(saved: T) {
    unchanged = options.draftOf(saved);
    options.adopted?.();
    view.setState({ saved });
    show(unchanged);
  }

  async function save(): Promise<Result<void, Failure>> {
    const { draft, saved } = view.getState();
    const content = options.content();
    if (!content.ok) return failed(content.failure);
    const answer = await saveVersion({
      dialogs: platform.dialogs,
      edited: saved,
      put: (ifMatch) => options.put(content.value, ifMatch),
      newest: options.get,
    });
    if (!answer.ok) return answer;
    if (answer.value.whose === 'theirs') adopt(answer.value.saved);
    else {
      unchanged = draft;
      view.setState({ saved: answer.value.saved });
      publish();
    }
    return ok();
  }

  /** Somebody renamed or saved it: what has no changes here shows it at once. */
  async function readAgain() {
    if (disposed) return;
    const answer = await options.get();
    const { saved } = view.getState();
    if (disposed || !answer.ok || answer.value.version === saved.version) return;
    if (!state.getState().dirty) adopt(answer.value);
    else if (answer.value.name !== saved.name) {
      view.setState({ saved: { ...saved, name: answer.value.name } });
      publish();
    }
  }
  const watching = platform.live.subscribeTopic(kind, {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (change.success && change.data.id === resource.id && change.data.change === 'updated')
        void readAgain();
    },
    reset: () => void readAgain(),
  });

  return {
    unchanged: () => unchanged,
    begin(draft) {
      options.show(draft);
      publish();
      check();
    },
    show,
    check,
    publish,
    disposed: () => disposed,
    model: {
      platform,
      resource,
      kind,
      state,
      writable,
      ...(writable && { save }),
      showMode: (mode) => view.setState({ mode }),
      async revert() {
        show(unchanged);
      },
      dispose() {
        disposed = true;
        checking?.dispose();
        watching.dispose();
        platform.problems.set(kind, resource, title(), []);
      },
    },
  };
}
