import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { openLmdbStore } from './lmdbStore.ts';
import { storeSuite } from './store.suite.ts';
import type { Store } from './store.ts';

const root = mkdtempSync(join(tmpdir(), 'baton-state-'));
const folders = new WeakMap<Store, string>();
let made = 0;

function open(folder = join(root, `${made++}`)): Store {
  const store = openLmdbStore(folder, 1);
  folders.set(store, folder);
  return store;
}

async function reopen(store: Store): Promise<Store> {
  await store.close();
  return open(folders.get(store));
}

afterAll(() => rmSync(root, { recursive: true, force: true }));

storeSuite('state on disk', () => open(), reopen);

describe('state on disk, opened again', () => {
  it('is empty when its tables held something else before: it is made again from the log', async () => {
    const before = open();
    before.table<number, string>('things').put(1, 'in the old form');
    await before.checkpoint(41);
    await before.close();

    const store = openLmdbStore(folders.get(before)!, 2);

    expect([store.durablePosition, store.table('things').get(1)]).toEqual([-1, undefined]);
    await store.close();
  });

  it('is as of the last checkpoint', async () => {
    let store = open();
    expect(store.durablePosition).toBe(-1);
    store.table<number, string>('things').put(1, 'saved');
    await store.checkpoint(41);
    store.table<number, string>('things').put(1, 'not saved');

    store = await reopen(store);

    expect([store.durablePosition, store.table('things').get(1)]).toEqual([41, 'saved']);
    await store.close();
  });

  it('keeps variables named like the parts of an object', async () => {
    let store = open();
    const variables = JSON.parse('{"__proto__":{"a":[{"__proto__":1}]},"constructor":"x"}');
    store.table<number, unknown>('things').put(91, variables);
    store.table<number, unknown>('things').put(1, 0xc1);
    await store.checkpoint(0);

    store = await reopen(store);

    expect(JSON.stringify([...store.table('things').range()])).toBe(
      JSON.stringify([
        { key: 1, value: 0xc1 },
        { key: 91, value: variables },
      ]),
    );
    await store.close();
  });

  it('does not hold what the log does not hold yet', async () => {
    let store = open();
    store.table<number, string>('things').put(1, 'ahead of the log');
    const failing = store.checkpoint(7, Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');

    store = await reopen(store);

    expect([store.durablePosition, store.table('things').get(1)]).toEqual([-1, undefined]);
    await store.close();
  });

  it('reads and undoes on top of what is saved and what is being saved', async () => {
    const store = open();
    const table = store.table<number, string>('things');
    for (const key of [1, 2, 3]) table.put(key, 'saved');
    await store.checkpoint(1);
    table.put(2, 'in flight');
    table.delete(3);
    const inFlight = store.checkpoint(2);
    table.delete(1);
    expect(() =>
      store.atomically(() => {
        table.delete(2);
        table.put(3, 'undone');
        throw new Error('undo');
      }),
    ).toThrow('undo');
    const seen = () => [...table.range()].map(({ key, value }) => `${key} ${value}`);
    expect(seen()).toEqual(['2 in flight']);
    await inFlight;
    expect(seen()).toEqual(['2 in flight']);
    await store.close();
  });
});

// a file of at most 1 MB stands for the full disk
it.skipIf(process.platform === 'win32')(
  'a checkpoint that the disk refuses says so, leaves what was saved, and the process lives on',
  async () => {
    const folder = join(root, 'full');
    const door = new URL('../../dist/broker/state/lmdbStore.js', import.meta.url);
    const script = `
      const { openLmdbStore } = await import(${JSON.stringify(door.href)});
      const store = openLmdbStore(${JSON.stringify(folder)}, 1);
      const table = store.table('things');
      table.put(0, 'saved');
      await store.checkpoint(1);
      for (let key = 1; key < 1000; key++) table.put(key, 'x'.repeat(10_000));
      const refusal = await store.checkpoint(2).then(() => 'none', (error) => error.code);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await store.close();
      console.log(refusal);`;
    const node = [process.execPath, '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      `trap '' XFSZ; ulimit -f 2048; exec "$@"`,
      'sh',
      ...node,
    ]);
    expect(stdout).toBe('STATE_WRITE_FAILED\n');

    const store = open(folder);
    expect([store.durablePosition, [...store.table('things').range()]]).toEqual([
      1,
      [{ key: 0, value: 'saved' }],
    ]);
    await store.close();
  },
);
