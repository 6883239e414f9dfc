import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  type ContentProblem,
  type DraftInfo,
  type JsonValue,
  resourceChange,
  type Topic,
} from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { ApiFailure } from './api.ts';
import type { Failure } from './failure.ts';
import type { Timers } from './host.ts';
import type { Live } from './live.ts';
import type { Content, Latest, ServerDraft, Version, VersionedCalls } from './versionedCalls.ts';

/** Work that stands against mine: a draft somebody else keeps, or a version somebody published. */
export interface Theirs {
  what: 'draft' | 'version';
  /** The version it is, or began with. */
  version: number;
  by: string;
  at: string;
  content: Content;
}

export interface Conflict {
  theirs: Theirs;
  mine: Content;
}

/**
 * Where the work is. `kept`: the server has it; `waiting`: it goes there in a moment; `sending`: it is on its way;
 * `offline`: the server was not reached and is asked again; `held`: it cannot be sent as it is, or was refused. What
 * is not kept lies in the browser.
 */
export type Keeping = 'kept' | 'waiting' | 'sending' | 'offline' | 'held';

export interface KeptState<R extends Version = Version> {
  /** The latest version. */
  published: R;
  labels: readonly string[];
  /** What the server keeps; `null` where nobody changed anything since the version. */
  draft: DraftInfo | null;
  /** What the server says of the draft it keeps: why it cannot be published. */
  problems: readonly ContentProblem[];
  keeping: Keeping;
  /** Why it is `held`. */
  failure: Failure | undefined;
  conflict: Conflict | undefined;
  busy: 'publishing' | 'discarding' | undefined;
  /** The message of the next version is asked for. */
  asking: boolean;
}

export interface KeptDraftOptions<R extends Version> {
  calls: VersionedCalls<R>;
  topic: Topic;
  id: string;
  live: Live;
  timers: Timers;
  /** What the editor says now, or why it cannot be kept at the server. */
  content(): Result<Content, Failure> | Promise<Result<Content, Failure>>;
  /** The editor shows this instead: somebody else's work, a version, or what was decided. */
  show(content: Content): void | Promise<void>;
  /** Somebody deleted it. */
  gone?(): void;
  /** What the editor shows is over this hash: unsent work of before, which may not be over what the server has now. */
  over?: string | undefined;
  /** ms after the last change before it is sent. */
  settle?(): number | undefined;
}

export interface KeptDraft<R extends Version = Version> extends Readable<KeptState<R>> {
  /** The editor's text changed; `unread`: what it says is not known yet, and not asked for. */
  touched(unread?: boolean): void;
  /** What the editor says now, or why it cannot be read. */
  content(): Result<Content, Failure> | Promise<Result<Content, Failure>>;
  /** Keeps what is there now, at once. */
  keep(): Promise<Result<void, Failure>>;
  /** Makes the draft the next version; `undefined` where there is nothing to publish. */
  publish(message: string): Promise<Result<R | undefined, Failure>>;
  /** Drops the draft; answers what it said, so that it can be taken back. */
  discard(): Promise<Result<Content | undefined, Failure>>;
  /** Goes on with another content, in place of what is there. */
  replace(content: Content): Promise<Result<void, Failure>>;
  /** Shows the latest version beside a draft that began with an older one. */
  compare(): Promise<void>;
  /** Opens and closes the question for the message of the next version. */
  ask(asking: boolean): void;
  /** Ends a conflict with what both sides came to. */
  resolve(content: Content): Promise<Result<void, Failure>>;
  /** Reads again what the server has. */
  refresh(): Promise<void>;
  /** Unsent work for a reload, with what it is over. */
  backup(text: string): string;
  dispose(): void;
}

/** Sent this many ms after the last change, where nothing else is said. */
const settle = 1_000;
/** Asked again this many ms after the server was not reached. */
const again = 5_000;

/** The same as text: what stands in another order is another work. */
function sameText(one: JsonValue, other: JsonValue): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  const others = Object.keys(other);
  const at = (of: object, name: string) => (of as Record<string, JsonValue>)[name]!;
  return (
    names.length === others.length &&
    names.every((name, place) => name === others[place] && sameText(at(one, name), at(other, name)))
  );
}

/** The same in meaning, whatever the order of its names. */
export function sameContent(one: JsonValue, other: JsonValue): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value)
    .sort()
    .map((name) => [name, sorted(value[name]!)]);
}

/** What a backup said, and what its work was over. */
export interface Backup {
  over: string;
  text: string;
}

export function readBackup(backup: string | undefined): Backup | undefined {
  if (backup === undefined) return undefined;
  const kept = parsed(backup);
  return typeof kept?.over === 'string' && typeof kept.text === 'string'
    ? { over: kept.over, text: kept.text }
    : undefined;
}

function parsed(text: string): Partial<Backup> | null {
  try {
    return JSON.parse(text) as Partial<Backup> | null;
  } catch {
    return null;
  }
}

/** The work on a resource as the server has it. */
export interface OpenedVersion<R extends Version> extends Latest<R> {
  /** What an editor begins with: the draft, or the version where there is none. */
  content: Content;
  problems: readonly ContentProblem[];
}

/** Reads the latest version and, where there is one, the draft over it. */
export async function readOpened<R extends Version>(
  calls: VersionedCalls<R>,
): Promise<Result<OpenedVersion<R>, ApiFailure>> {
  const latest = await calls.latest();
  if (!latest.ok) return latest;
  const { resource, draft } = latest.value;
  if (!draft) return ok({ ...latest.value, content: resource.content, problems: [] });
  const kept = await calls.draft();
  if (kept.ok) {
    const { content, problems } = kept.value;
    return ok({ ...latest.value, draft: infoOf(kept.value), content, problems });
  }
  // It was published or discarded between the two questions.
  if (kept.failure.code === 'NOT_FOUND') return readOpened(calls);
  return failed(kept.failure);
}

/**
 * Keeps the work on a versioned resource at the server while one types, and knows when somebody else's work stands
 * against it: nothing is written over that was not seen, and nothing typed is lost.
 */
export function createKeptDraft<R extends Version>(
  opened: OpenedVersion<R>,
  options: KeptDraftOptions<R>,
): KeptDraft<R> {
  const { calls, timers, live } = options;
  const store = createStore<KeptState<R>>(() => ({
    published: opened.resource,
    labels: opened.labels,
    draft: opened.draft,
    problems: opened.problems,
    keeping: 'kept',
    failure: undefined,
    conflict: undefined,
    busy: undefined,
    asking: false,
  }));
  const get = store.getState;
  const over = () => get().draft?.hash ?? get().published.hash;
  /** What the server has, as far as the editor knows; `undefined`: not what its work began with. */
  let agreed: Content | undefined =
    options.over === undefined || options.over === over() ? opened.content : undefined;
  /** The version the work began with. */
  let base = opened.draft?.base ?? opened.resource.version;
  let waiting: Disposable | undefined;
  let sending: Promise<Result<void, Failure>> | undefined;
  let refreshing: Promise<void> | undefined;
  let disposed = false;

  const hasChanged = (mine: Content) => agreed === undefined || !sameText(mine, agreed);
  const isAgreed = (theirs: Content) => agreed !== undefined && sameContent(theirs, agreed);

  /** Said once, however many keys follow. */
  function stands(keeping: Keeping) {
    const before = get();
    if (before.keeping !== keeping || before.failure) store.setState({ keeping, failure: undefined });
  }

  function later(ms: number) {
    waiting?.dispose();
    waiting = timers.after(ms, () => void keep());
  }

  function notSent(failure: ApiFailure): Result<never, Failure> {
    // Whoever has to sign in again goes on where they were: it waits as without a network.
    const waits = failure.code === 'UNREACHABLE' || failure.status === 401;
    store.setState({ keeping: waits ? 'offline' : 'held', failure });
    if (waits) later(again);
    return failed(failure);
  }

  function clash(mine: Content, theirs: Theirs): Result<never, Failure> {
    store.setState({ keeping: 'held', failure: undecided, conflict: { mine, theirs } });
    return failed(undecided);
  }

  async function send(): Promise<Result<void, Failure>> {
    if (get().conflict) return failed(undecided);
    const mine = await options.content();
    if (disposed) return ok();
    if (!mine.ok) {
      store.setState({ keeping: 'held', failure: mine.failure });
      return mine;
    }
    if (agreed === undefined) return meet(mine.value);
    const { published, draft } = get();
    const fromOlder = draft !== null && draft.base !== base;
    if (!hasChanged(mine.value) && !fromOlder) {
      store.setState({ keeping: 'kept', failure: undefined });
      return ok();
    }
    store.setState({ keeping: 'sending', failure: undefined });
    // Back at the version it began with: there is nothing to keep.
    const nothing = base === published.version && sameText(mine.value, published.content);
    let kept: ServerDraft | undefined;
    if (!nothing || draft) {
      const answer = nothing ? await calls.discard(over()) : await calls.keep(base, mine.value, over());
      if (disposed) return ok();
      if (!answer.ok && answer.failure.code === 'VERSION_CONFLICT') return meet(mine.value);
      if (!answer.ok) return notSent(answer.failure);
      if (!nothing) kept = answer.value as ServerDraft;
    }
    agreed = mine.value;
    store.setState({
      draft: kept ? infoOf(kept) : null,
      problems: kept?.problems ?? [],
      keeping: 'kept',
      failure: undefined,
    });
    return ok();
  }

  /** One at a time: what changes while something is on its way is sent after it. */
  async function keep(): Promise<Result<void, Failure>> {
    waiting?.dispose();
    while (sending) await sending;
    if (disposed) return ok();
    sending = send().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  /** The server has something else than what the work began with: either that is no matter, or both are shown. */
  async function meet(mine: Content): Promise<Result<void, Failure>> {
    const read = await readOpened(calls);
    if (disposed) return ok();
    if (!read.ok) return notSent(read.failure);
    const { content } = read.value;
    const goesOn = isAgreed(content) || sameContent(content, mine);
    take(read.value);
    if (!goesOn) return clash(mine, theirsOf(read.value));
    agreed = content;
    store.setState({ keeping: 'waiting', failure: undefined });
    later(0);
    return ok();
  }

  /** What the server has is known; a draft goes on from a version that has got another name only. */
  function take({ resource, labels, draft, problems }: OpenedVersion<R>) {
    const before = get().published;
    const renamed = draft?.base === before.version && sameContent(resource.content, before.content);
    base = draft && !renamed ? draft.base : resource.version;
    store.setState({ published: resource, labels, draft, problems });
  }

  async function adopt(content: Content) {
    agreed = content;
    store.setState({ keeping: 'kept', failure: undefined, conflict: undefined });
    await options.show(content);
  }

  async function readAgain() {
    while (sending) await sending;
    if (disposed || get().busy) return;
    const read = await readOpened(calls);
    while (sending) await sending;
    if (disposed || get().busy || !read.ok) return;
    const mine = await options.content();
    if (disposed) return;
    const { content, resource, draft } = read.value;
    const before = get();
    const asBefore = resource.hash === before.published.hash && draft?.hash === before.draft?.hash;
    if (isAgreed(content) || asBefore) return take(read.value);
    // A text that cannot be read is compared once it can be: the server refuses it until then.
    if (!mine.ok) return;
    if (!hasChanged(mine.value)) {
      take(read.value);
      return adopt(content);
    }
    await meet(mine.value);
  }

  function refresh(): Promise<void> {
    refreshing ??= readAgain().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  const watching = live.subscribeTopic(options.topic, {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (!change.success || change.data.id !== options.id) return;
      if (change.data.change === 'deleted') options.gone?.();
      else void refresh();
    },
    reset() {
      if (get().keeping === 'offline') later(0);
      void refresh();
    },
  });

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    content: options.content,
    touched(unread = false) {
      if (disposed || get().conflict) return;
      const mine = unread ? undefined : options.content();
      if (mine && !sending && !(mine instanceof Promise) && mine.ok && !hasChanged(mine.value)) {
        waiting?.dispose();
        stands('kept');
        return;
      }
      stands('waiting');
      later(options.settle?.() ?? settle);
    },
    keep,
    async publish(message) {
      const kept = await keep();
      if (!kept.ok) return kept;
      const { draft, published } = get();
      if (!draft) return ok(undefined);
      const mine = agreed ?? {};
      if (draft.base !== published.version) return clash(mine, versionOf(published));
      store.setState({ busy: 'publishing' });
      const answer = await calls.publish(message, draft.hash);
      if (disposed) return ok(undefined);
      if (answer.ok) {
        base = answer.value.version;
        store.setState({
          published: { ...answer.value, content: mine },
          draft: null,
          problems: [],
          labels: [],
          busy: undefined,
          asking: false,
        });
        return ok(answer.value);
      }
      const read = answer.failure.code === 'VERSION_CONFLICT' ? await readOpened(calls) : undefined;
      store.setState({ busy: undefined });
      if (!read) return failed(answer.failure);
      if (!read.ok) return failed(read.failure);
      take(read.value);
      const isMine = read.value.draft !== null && sameContent(read.value.content, mine);
      return clash(mine, isMine ? versionOf(read.value.resource) : theirsOf(read.value));
    },
    async discard() {
      waiting?.dispose();
      while (sending) await sending;
      const mine = await options.content();
      const { draft, published } = get();
      store.setState({ busy: 'discarding' });
      const answer = draft ? await calls.discard(draft.hash) : ok();
      store.setState({ busy: undefined });
      if (!answer.ok && answer.failure.code !== 'NOT_FOUND') return failed(answer.failure);
      store.setState({ draft: null, problems: [] });
      base = published.version;
      await adopt(published.content);
      return ok(mine.ok ? mine.value : undefined);
    },
    async replace(content) {
      await options.show(content);
      store.setState({ keeping: 'waiting', failure: undefined });
      return keep();
    },
    async compare() {
      const mine = await options.content();
      const { draft, published } = get();
      if (mine.ok && draft && draft.base !== published.version) clash(mine.value, versionOf(published));
    },
    ask: (asking) => store.setState({ asking }),
    async resolve(content) {
      const { conflict } = get();
      if (!conflict) return ok();
      const { theirs } = conflict;
      base = theirs.version;
      agreed = theirs.content;
      store.setState({ conflict: undefined, keeping: 'waiting', failure: undefined });
      await options.show(content);
      return keep();
    },
    refresh,
    backup: (text) => JSON.stringify({ over: over(), text } satisfies Backup),
    dispose() {
      disposed = true;
      waiting?.dispose();
      watching.dispose();
    },
  };
}

/** Somebody else's work stands against this one; the editor shows both. */
const undecided: Failure = {
  code: 'UNDECIDED',
  message:
    'Expected your changes to go on from what is there, but somebody else changed it meanwhile. Both are shown.',
};

function infoOf({ base, hash, updatedAt, updatedBy }: DraftInfo): DraftInfo {
  return { base, hash, updatedAt, updatedBy };
}

function theirsOf<R extends Version>({ resource, draft, content }: OpenedVersion<R>): Theirs {
  if (!draft) return versionOf(resource);
  const { base, updatedBy, updatedAt } = draft;
  return { what: 'draft', version: base, by: updatedBy, at: updatedAt, content };
}

function versionOf({ version, updatedBy, updatedAt, content }: Version): Theirs {
  return { what: 'version', version, by: updatedBy, at: updatedAt, content };
}
