import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from '../real/root.ts';

export interface Source {
  /** Path from the repository's root, with `/`. */
  path: string;
  text: string;
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** The product's own TypeScript below a package's folder, tests left out. */
export function sourcesOf(packageFolder: string): Source[] {
  return [...walk(join(root, packageFolder))]
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .filter(({ path }) => !/\.test\.tsx?$|\.suite\.ts$|\/test\/|\/testing\//.test(path));
}

/** Module specifiers of a source's imports and re-exports. */
export function importsOf({ text }: Source): string[] {
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
  ];
  return found.map(([, specifier]) => specifier as string);
}
