import { type KeyValueStorage, readJson } from '../../platform/host.ts';

const key = 'terminal/history';
const most = 500;

/** Lines that were run, oldest first; the same for all terminals of the user, and kept. */
export interface History {
  lines(): readonly string[];
  add(line: string): void;
  /** The newest line before `from` (its end without it) that has the text in it. */
  search(text: string, from?: number): { line: string; at: number } | undefined;
}

export function createHistory(storage: KeyValueStorage): History {
  const lines = () => readJson<string[]>(storage, key) ?? [];
  return {
    lines,
    add(line) {
      const before = lines();
      if (line.trim() === '' || before.at(-1) === line) return;
      storage.set(key, JSON.stringify([...before, line].slice(-most)));
    },
    search(text, from) {
      const all = lines();
      for (let at = (from ?? all.length) - 1; at >= 0; at -= 1) {
        const line = all[at] as string;
        if (line.includes(text)) return { line, at };
      }
      return undefined;
    },
  };
}
