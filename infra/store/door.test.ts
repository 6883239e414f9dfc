import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as door from './index.ts';

const sources = (await readdir(import.meta.dirname, { recursive: true }))
  .filter(
    (file) => file.endsWith('.ts') && !/\.(test|suite)\.ts$/.test(file) && file !== 'serverUnderTest.ts',
  )
  .map((file) => join(import.meta.dirname, file));

test('the door is what opens the store, the hash it knows content by, the kinds it versions, and the ports', () => {
  expect(Object.keys(door)).toEqual(['jsonHash', 'openDocumentStore', 'resourceKinds']);
});

test('of the product the store knows only types of the protocol', async () => {
  const imports: string[] = [];
  for (const file of sources) {
    for (const [line] of (await readFile(file, 'utf8')).matchAll(/^import [^;]*'@baton\/[^;]*;/gm))
      imports.push(line);
  }
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((line) => !/^import type [^;]*'@baton\/engine\/protocol';$/.test(line))).toEqual([]);
});

test('clock, random and environment are passed in', async () => {
  const hidden =
    /Date\.now\(|new Date\(\)|Math\.random|randomUUID|setTimeout|setInterval|process\.env|fetch\(/;
  const offenders: string[] = [];
  for (const file of sources) if (hidden.test(await readFile(file, 'utf8'))) offenders.push(file);
  expect(offenders).toEqual([]);
});
