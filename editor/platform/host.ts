import type { Disposable } from '../base/disposable.ts';

/** What the editor takes from the browser; passed in by `main.tsx`, so that tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Timers {
  /** Runs once after `ms`; dispose to cancel. */
  after(ms: number, run: () => void): Disposable;
}

export interface Network {
  /** Calls when the machine's network comes or goes. */
  watch(changed: (online: boolean) => void): Disposable;
}

/** Small texts that survive a reload. Refused writes (full, blocked) are dropped: nothing may depend on them. */
export interface KeyValueStorage {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): readonly string[];
  /** Calls when another window of this browser changed a text. */
  watch?(changed: (key: string) => void): Disposable;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

/** What one window remembers; a new one begins with what was remembered last by any. */
export function windowedStorage(window: KeyValueStorage, shared: KeyValueStorage): KeyValueStorage {
  return {
    get: (key) => window.get(key) ?? shared.get(key),
    set(key, value) {
      window.set(key, value);
      shared.set(key, value);
    },
    remove(key) {
      window.remove(key);
      shared.remove(key);
    },
    keys: () => [...new Set([...window.keys(), ...shared.keys()])],
  };
}

/** The same storage seen through a prefix: one per tenant and user. */
export function prefixedStorage(storage: KeyValueStorage, prefix: string): KeyValueStorage {
  return {
    get: (key) => storage.get(prefix + key),
    set: (key, value) => storage.set(prefix + key, value),
    remove: (key) => storage.remove(prefix + key),
    keys: () =>
      storage
        .keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
    ...(storage.watch && {
      watch: (changed: (key: string) => void) =>
        storage.watch!((key) => {
          if (key.startsWith(prefix)) changed(key.slice(prefix.length));
        }),
    }),
  };
}

/** Reads JSON kept under a key; anything unreadable counts as absent. */
export function readJson<T>(storage: KeyValueStorage, key: string): T | undefined {
  const text = storage.get(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
