import { type KeyValueStorage, readJson } from './host.ts';

const kept = 50;
const keyOf = (list: string) => `recent/${list}`;

/** Ids used last, newest first: of commands, of documents. */
export function recentOf(storage: KeyValueStorage, list: string): readonly string[] {
  const ids = readJson<unknown>(storage, keyOf(list));
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

export function remember(storage: KeyValueStorage, list: string, id: string): void {
  const others = recentOf(storage, list).filter((other) => other !== id);
  storage.set(keyOf(list), JSON.stringify([id, ...others].slice(0, kept)));
}

export function forgetRecent(storage: KeyValueStorage, list: string): void {
  storage.remove(keyOf(list));
}
