import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
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

it('takes a copy of a folder in use for a folder of its own', () => {
  const release = lockDataDirectory(folder);
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  lockDataDirectory(copy)();
  rmSync(copy, { recursive: true });
  release();
});

it('lets one thread of a process have the folder at a time', async () => {
  const release = lockDataDirectory(folder);
  const door = new URL('../dist/broker/dataDirectory.js', import.meta.url);
  const attempt = async () => {
    const thread = new Worker(
      `import(${JSON.stringify(door.href)}).then(({ lockDataDirectory }) => {
        try {
          lockDataDirectory(${JSON.stringify(folder)})();
          return 'locked and given free';
        } catch (error) {
          return error.code;
        }
      }).then((outcome) => require('node:worker_threads').parentPort.postMessage(outcome));`,
      { eval: true },
    );
    const [outcome] = await once(thread, 'message');
    await thread.terminate();
    return outcome;
  };
  expect(await attempt()).toBe('DATA_DIRECTORY_LOCKED');

  release();
  expect(await attempt()).toBe('locked and given free');
});
