import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { root } from '../real/root.ts';
import { arrows, packages, roomOf } from './arrows.ts';
import { importsOf, type Source, sourcesOf } from './sources.ts';

/** Where an import of ours leads, as a path from the root; undefined for packages of others. */
function targetOf(source: Source, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(source.path), specifier));
  return specifier.match(/^@baton\/(.+)$/)?.[1];
}

function doorsOf(packageName: string): string[] {
  const { exports } = JSON.parse(readFileSync(`${root}/${packageName}/package.json`, 'utf8')) as {
    exports?: Record<string, unknown>;
  };
  return Object.keys(exports ?? {}).map((door) => `${packageName}${door.slice(1)}`);
}

const doors = packages.flatMap(doorsOf);

describe.each(packages)('%s', (packageName) => {
  const imports = sourcesOf(packageName).flatMap((source) =>
    importsOf(source).map((specifier) => ({ source, specifier, target: targetOf(source, specifier) })),
  );

  it('imports only the rooms it may', () => {
    const forbidden = imports
      .filter(({ source, target }) => {
        if (target === undefined) return false;
        const [from, to] = [roomOf(source.path), roomOf(target)];
        return from !== to && !arrows[from]?.includes(to);
      })
      .map(({ source, specifier }) => `${source.path} imports ${specifier}`);

    expect(forbidden).toEqual([]);
  });

  it('enters other packages by their doors only', () => {
    const beside = imports
      .filter(({ source, specifier, target }) => {
        if (target === undefined) return false;
        if (specifier.startsWith('@baton/')) return !doors.includes(target);
        return target.split('/')[0] !== source.path.split('/')[0];
      })
      .map(({ source, specifier }) => `${source.path} imports ${specifier}`);

    expect(beside).toEqual([]);
  });
});

describe('the editor’s frame', () => {
  it('does not know the features', () => {
    const frame = sourcesOf('editor').filter(({ path }) =>
      /^editor\/(base|platform|workbench|ui)\//.test(path),
    );
    const knowing = frame.flatMap((source) =>
      importsOf(source)
        .filter((specifier) => (targetOf(source, specifier) ?? '').startsWith('editor/contrib/'))
        .map((specifier) => `${source.path} imports ${specifier}`),
    );

    expect([frame.length > 0, knowing]).toEqual([true, []]);
  });
});
