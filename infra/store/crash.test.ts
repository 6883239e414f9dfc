import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { startEmbeddedServer } from './embedded/server.ts';
import { models } from './models/index.ts';
import { openDocumentStore } from './openDocumentStore.ts';
import { resourceStore } from './stores/resources.ts';

const now = () => new Date('2026-03-01T09:00:00Z');
const saving = (name: string, content: unknown) => ({ name, content, author: 'a', message: '', at: now() });

test('a process killed while saving loses nothing it was told is saved, and the next one opens at once', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'baton-crash-'));
  const acknowledged: string[] = [];
  for (let round = 0; round < 2; round++) {
    const child = savingProcess(dataDirectory, `r${round}`);
    for await (const line of createInterface(child.stdout!)) {
      acknowledged.push(line);
      if (acknowledged.length === (round + 1) * 20) child.kill('SIGKILL');
    }
  }
  const store = await openDocumentStore({ uri: undefined, dataDirectory, now });
  const { items } = await store.resources.list('acme', 'agent', { limit: 1000, offset: 0 });
  expect(acknowledged.length).toBeGreaterThanOrEqual(40);
  expect(acknowledged.filter((name) => !items.some((item) => item.name === name))).toEqual([]);
  await store.close();
  await rm(dataDirectory, { recursive: true });
});

/** Saves agents one after the other and prints the name of each when the store has answered. */
function savingProcess(dataDirectory: string, prefix: string, limit = ''): ChildProcess {
  const door = fileURLToPath(new URL('./openDocumentStore.ts', import.meta.url));
  const script = `
    import { createServer } from 'vite';
    const sources = await createServer({
      configFile: false,
      logLevel: 'error',
      appType: 'custom',
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    });
    const door = await sources.ssrLoadModule(${JSON.stringify(door)});
    const now = () => new Date('2026-03-01T09:00:00Z');
    const store = await door.openDocumentStore({ uri: undefined, dataDirectory: ${JSON.stringify(dataDirectory)}, now });
    for (let n = 0; ; n++) {
      const name = '${prefix}-' + n;
      const content = 'x'.repeat(10_000);
      try {
        await store.resources.create('acme', 'agent', name, { name, content, author: 'a', message: '', at: now() });
      } catch (error) {
        await store.ping();
        process.stdout.write(error.message + '\\n', () => process.exit(0));
        break;
      }
      process.stdout.write(name + '\\n');
    }`;
  const node = [process.execPath, '--input-type=module', '-e', script];
  const [command, ...args] = limit ? ['sh', '-c', `trap '' XFSZ; ${limit}; exec "$@"`, 'sh', ...node] : node;
  return spawn(command!, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', limit ? 'ignore' : 'inherit'],
  });
}

test.skipIf(process.platform === 'win32')(
  'a disk that takes no more refuses the save, keeps what is saved, and the process lives on',
  async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'baton-crash-'));
    const lines: string[] = [];
    // A file of at most 1 MB stands for the full disk.
    const child = savingProcess(dataDirectory, 'full', 'ulimit -f 2048');
    const exited = once(child, 'exit');
    for await (const line of createInterface(child.stdout!)) lines.push(line);
    expect(await exited).toEqual([0, null]);
    const refusal = lines.pop();
    expect(refusal).toMatch(/^Expected to write to .*store.*, but the disk refused/);

    const store = await openDocumentStore({ uri: undefined, dataDirectory, now });
    const { items } = await store.resources.list('acme', 'agent', { limit: 1000, offset: 0 });
    expect(items.map(({ name }) => name).sort()).toEqual(lines.sort());
    await store.close();
    await rm(dataDirectory, { recursive: true });
  },
);

test('a save cut off between its two writes has saved nothing, and the next one succeeds', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-crash-'));
  const server = await startEmbeddedServer({ directory, now });
  const connection = await mongoose.createConnection(server.uri, { autoCreate: false }).asPromise();
  const all = models(connection);
  const resources = resourceStore(all, now);
  const created = await resources.create('acme', 'agent', 'a', saving('a', 1));
  const hash = created.ok ? created.value.hash : '';
  // What a crash between the copy and the compare-and-set leaves: the head's version is there twice.
  const head = (await all.resources.findOne({ tenantId: 'acme' }).lean())!;
  const { deleted, references, labels, revision, ...version } = head;
  await all.resourceVersions.create({ ...version, _id: 'acme/agent/a/1' });

  const page = { limit: 10, offset: 0 };
  expect(await resources.get('acme', 'agent', 'a', 1)).toEqual(created.ok && created.value);
  expect((await resources.versions('acme', 'agent', 'a', page)).items.map((one) => one.version)).toEqual([1]);
  expect((await resources.update('acme', 'agent', 'a', hash, saving('a', 2))).ok).toBe(true);
  expect((await resources.versions('acme', 'agent', 'a', page)).items.map((one) => one.version)).toEqual([
    2, 1,
  ]);

  // So it is of a draft that is published: until the head is replaced it is a draft, and nobody has lost it.
  const second = (await resources.get('acme', 'agent', 'a'))!;
  const typed = { base: 2, name: 'a', content: 3, author: 'a', at: now() };
  const draft = await resources.saveDraft('acme', 'agent', 'a', second.hash, typed);
  const draftHash = draft.ok ? draft.value.hash : '';
  await all.resourceVersions.create({ ...version, version: 2, content: '2', _id: 'acme/agent/a/2' });
  expect((await resources.draft('acme', 'agent', 'a'))?.content).toBe(3);
  expect((await resources.publish('acme', 'agent', 'a', draftHash, saving('a', 3))).ok).toBe(true);
  expect((await resources.get('acme', 'agent', 'a'))?.content).toBe(3);
  expect((await resources.get('acme', 'agent', 'a', 2))?.content).toBe(2);
  await connection.close();
  await server.close();
  await rm(directory, { recursive: true });
});

test('what was saved before there were drafts and labels changes like anything else, and is counted', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-crash-'));
  const server = await startEmbeddedServer({ directory, now });
  const connection = await mongoose.createConnection(server.uri, { autoCreate: false }).asPromise();
  const all = models(connection);
  const resources = resourceStore(all, now);
  const created = await resources.create('acme', 'agent', 'a', saving('a', 'old'));
  const unset = { $unset: { revision: '', size: '', labels: '' } };
  await all.resources.updateOne({ tenantId: 'acme' }, unset);
  expect((await resources.stored('acme')).bytes).toBe('"old"'.length);
  expect((await resources.setLabel('acme', 'agent', 'a', 'production', 1)).ok).toBe(true);
  const hash = created.ok ? created.value.hash : '';
  expect((await resources.update('acme', 'agent', 'a', hash, saving('a', 'newer'))).ok).toBe(true);
  expect((await resources.get('acme', 'agent', 'a', { label: 'production' }))?.content).toBe('old');
  expect((await resources.stored('acme')).bytes).toBe('"old""newer"'.length);
  await connection.close();
  await server.close();
  await rm(directory, { recursive: true });
});

test('a second process is refused the folder the first one serves', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'baton-crash-'));
  const store = await openDocumentStore({ uri: undefined, dataDirectory, now });
  await expect(openDocumentStore({ uri: undefined, dataDirectory, now })).rejects.toThrow(
    `Expected ${join(dataDirectory, 'store')} to be used by one process`,
  );
  expect(await store.ping()).toBeUndefined();
  await store.close();
  await rm(dataDirectory, { recursive: true });
});
