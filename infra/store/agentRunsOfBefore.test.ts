import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { startEmbeddedServer } from './embedded/server.ts';
import { models } from './models/index.ts';
import { agentRunStore } from './stores/agentRuns.ts';

test('a run stored when runs had a text for an answer, and no state, reads like any other', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-runs-'));
  const server = await startEmbeddedServer({ directory, now: () => new Date('2026-03-01T09:00:00Z') });
  const connection = await mongoose.createConnection(server.uri, { autoCreate: false }).asPromise();
  try {
    const all = models(connection);
    const before = {
      tenantId: 'acme',
      agentId: 'a1',
      agentName: 'triage',
      agentVersion: 2,
      model: 'mock-1',
      prompt: 'Hello',
      usage: { inputTokens: 3, outputTokens: 1, cost: 0 },
      actor: { kind: 'key', id: 'k1', name: 'ci' },
      startedAt: 1_000,
      duration: 7,
    };
    const failure = { code: 'BUDGET_EXCEEDED', message: 'No' };
    await all.agentRuns.collection.insertMany([
      { ...before, _id: 'r1' as never, answer: 'Hi', error: 'null' },
      { ...before, _id: 'r2' as never, answer: null, error: JSON.stringify(failure) },
    ]);
    const { items } = await agentRunStore(all).list('acme', { limit: 10, offset: 0 });
    const since = {
      agentLabel: null,
      agentHash: null,
      task: null,
      provider: '',
      input: null,
      conversation: null,
      forkOf: null,
    };
    expect(items).toEqual([
      { ...before, ...since, id: 'r2', status: 'failed', output: null, error: failure },
      { ...before, ...since, id: 'r1', status: 'completed', output: { text: 'Hi' }, error: null },
    ]);
  } finally {
    await connection.close();
    await server.close();
    await rm(directory, { recursive: true });
  }
});
