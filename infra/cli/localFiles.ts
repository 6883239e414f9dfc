import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failed, ok } from '@baton/engine/protocol';
import type { Files } from '@baton/gateway/commands';

/** Files of this machine. */
export const localFiles: Files = {
  async read(path) {
    try {
      return ok(readFileSync(path, 'utf8'));
    } catch (error) {
      return failed({
        message: `Expected a text in ${path}, but it cannot be read: ${(error as Error).message}`,
      });
    }
  },
  async write(path, text) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return ok(undefined);
    } catch (error) {
      return failed({ message: `Expected to write ${path}, but ${(error as Error).message}` });
    }
  },
  async list(path) {
    const there = statSync(path, { throwIfNoEntry: false });
    if (!there) return failed({ message: `Expected a file or a folder at ${path}, but there is none` });
    return ok(there.isDirectory() ? below(path).sort() : [path]);
  },
  async entries(path) {
    try {
      return readdirSync(path, { withFileTypes: true })
        .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      return [];
    }
  },
};

function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', '.git'].includes(entry.name) ? [] : below(path);
    return entry.isFile() ? [path] : [];
  });
}
