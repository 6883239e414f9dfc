import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const engine = join(import.meta.dirname, '..', '..');
const doors = JSON.parse(readFileSync(join(engine, 'package.json'), 'utf8')).exports as {
  [door: string]: { 'baton-source': string };
};

/** Packages that the program of a thread loads before it does anything. */
function loadedBy(file: string, seen: Set<string>, packages: Set<string>): Set<string> {
  if (seen.has(file)) return packages;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, words = '', from = ''] of source.matchAll(/^(?:import|export) ([^;]*?from )?'([^']+)';/gm)) {
    const types = /^type /.test(words) || /^\{(\s*type [^,}]+,?)+\s*\} from $/.test(words);
    if (types) continue;
    const door = doors[`.${from.slice('@baton/engine'.length)}`];
    if (from.startsWith('.')) loadedBy(resolve(dirname(file), from), seen, packages);
    else if (from.startsWith('@baton/engine/') && door)
      loadedBy(resolve(engine, door['baton-source']), seen, packages);
    else packages.add(from);
  }
  return packages;
}

it('a thread of agents loads no SDK of a provider: it asks its parent', () => {
  const loaded = loadedBy(join(import.meta.dirname, 'main.ts'), new Set(), new Set());
  expect([...loaded].sort()).toEqual([
    '@baton/tools-registry/contract',
    'luxon',
    'node:crypto',
    'node:v8',
    'node:worker_threads',
  ]);
});
