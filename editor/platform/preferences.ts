import { type Preferences, table } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { Api } from './api.ts';
import { type KeyValueStorage, readJson, type Timers } from './host.ts';

/** The user's settings and keys: one document at the server, a copy of it in the browser, the same in every window. */
export interface UserPreferences extends Readable<Preferences> {
  /** In force at once; at the server after the last change. */
  change(edit: (before: Preferences) => Preferences): void;
  /** What the server has now; called on start, on reconnect and when the window is looked at again. */
  refresh(): Promise<void>;
  /** Sends what waits, at once. */
  flush(): Promise<void>;
}

interface Kept {
  content: Preferences;
  /** What the server had when it was last asked; what differs from it is not there yet. */
  base: Preferences;
  hash?: string;
}

const key = 'preferences';
/** ms without a change before it is sent, and before it is tried again. */
const sendAfter = 400;
const retryAfter = 10_000;

export function createPreferences(
  api: Api,
  storage: KeyValueStorage & { watch?(changed: (key: string) => void): Disposable },
  timers: Timers,
): UserPreferences {
  const store = createStore<Kept>(() => readJson<Kept>(storage, key) ?? { content: {}, base: {} });
  let waiting: Disposable | undefined;
  let sending: Promise<void> | undefined;

  const put = (kept: Kept) => {
    store.setState(kept, true);
    storage.set(key, JSON.stringify(kept));
  };
  storage.watch?.((changed) => {
    const there = changed === key ? readJson<Kept>(storage, key) : undefined;
    if (there && !same(there, store.getState())) store.setState(there, true);
  });
  const isKept = () => same(store.getState().content, store.getState().base);
  const later = (ms: number) => {
    waiting?.dispose();
    waiting = timers.after(ms, () => void flush());
  };
  /** What the server has is the new base; what was changed here and is not there yet stays changed. */
  const adopt = ({ preferences, hash }: { preferences: Preferences; hash: string }) => {
    const { content, base } = store.getState();
    put({ content: merged(base, content, preferences), base: preferences, hash });
  };

  async function refresh(): Promise<void> {
    const there = await api.call(table.preferences.get);
    if (!there.ok || there.value.hash === undefined) return;
    adopt(there.value);
    if (!isKept()) later(sendAfter);
  }

  async function send(): Promise<void> {
    waiting?.dispose();
    const { content, hash } = store.getState();
    if (isKept()) return;
    if (hash === undefined) return refresh();
    const saved = await api.call(table.preferences.save, { body: content, ifMatch: hash });
    if (saved.ok) adopt({ preferences: content, hash: saved.value.hash });
    else if (saved.failure.code === 'VERSION_CONFLICT') return refresh();
    else if (saved.failure.status === 0 || saved.failure.status >= 500) later(retryAfter);
    if (saved.ok && !isKept()) later(sendAfter);
  }

  async function flush(): Promise<void> {
    while (sending) await sending;
    sending = send().finally(() => {
      sending = undefined;
    });
    await sending;
  }

  return {
    getState: () => store.getState().content,
    subscribe: store.subscribe,
    change(edit) {
      const content = edit(store.getState().content);
      if (same(content, store.getState().content)) return;
      put({ ...store.getState(), content });
      later(sendAfter);
    },
    refresh,
    flush,
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Ours where we changed it, theirs elsewhere; settings one by one, the rest whole. */
function merged(base: Preferences, ours: Preferences, theirs: Preferences): Preferences {
  const result = mergedMembers(base, ours, theirs) as Preferences;
  if (ours.settings && theirs.settings)
    result.settings = mergedMembers(base.settings ?? {}, ours.settings, theirs.settings) as NonNullable<
      Preferences['settings']
    >;
  return result;
}

function mergedMembers(
  base: { [name: string]: unknown },
  ours: { [name: string]: unknown },
  theirs: { [name: string]: unknown },
): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    const from = same(ours[name], base[name]) ? theirs : ours;
    if (name in from) result[name] = from[name];
  }
  return result;
}
