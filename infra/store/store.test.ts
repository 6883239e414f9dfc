import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openDocumentStore } from './openDocumentStore.ts';
import { emptiedDatabase } from './serverUnderTest.ts';
import { storeSuite } from './store.suite.ts';
import type { StoreUnderTest } from './suites/underTest.ts';

storeSuite('embedded', async (): Promise<StoreUnderTest> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'baton-store-'));
  const clock = { now: new Date('2026-03-01T09:00:00Z') };
  const store = await openDocumentStore({ uri: undefined, dataDirectory, now: () => clock.now });
  return {
    store,
    clock,
    async close() {
      await store.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
});

const server = process.env.TEST_MONGODB_URI;
describe.skipIf(!server)('TEST_MONGODB_URI', () => {
  storeSuite('on a server or its stand-in', async () => {
    const uri = await emptiedDatabase(server!, 'baton-store-suite');
    const clock = { now: new Date('2026-03-01T09:00:00Z') };
    const store = await openDocumentStore({ uri, dataDirectory: '', now: () => clock.now });
    return { store, clock, close: () => store.close() };
  });
});
