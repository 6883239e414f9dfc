import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDataDirectory } from './dataDirectory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lets one have the folder at a time', () => {
  const release = lockDataDirectory(folder);
  expect(() => lockDataDirectory(folder)).toThrow(expect.objectContaining({ code: 'DATA_DIRECTORY_LOCKED' }));

  release();
  lockDataDirectory(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

it('refuses a folder another live process has open, and names the process', () => {
  writeFileSync(join(folder, 'LOCK'), `${process.ppid} `);
  expect(() => lockDataDirectory(folder)).toThrow(`process ${process.ppid} has it open`);
});

it.each([
  ['a process that is gone', `${2 ** 30} 1`],
  ['an earlier process with the id of another one', `${process.ppid} 1`],
  ['an earlier process with our id', `${process.pid} 1`],
])('takes over the lock of %s', (_, lock) => {
  writeFileSync(join(folder, 'LOCK'), lock);
  lockDataDirectory(folder)();
  expect(readdirSync(folder)).toEqual([]);
});
