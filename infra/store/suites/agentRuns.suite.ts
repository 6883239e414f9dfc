import { beforeAll, expect, test } from 'vitest';
import type { AgentRunRecord, DocumentStore } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function agentRunsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('runs of agents are listed newest first, each tenant its own', async () => {
    const run = (id: string, startedAt: number, over: Partial<AgentRunRecord> = {}): AgentRunRecord => ({
      id,
      tenantId: 'runs',
      agentId: 'a1',
      agentName: 'triage',
      agentVersion: 2,
      model: 'mock-1',
      prompt: 'Hello',
      answer: 'Hi',
      error: null,
      usage: { inputTokens: 3, outputTokens: 1, cost: 0 },
      actor: { kind: 'key', id: 'k1', name: 'ci' },
      startedAt,
      duration: 7,
      ...over,
    });
    const failed = run('r2', 2_000, { answer: null, error: { code: 'BUDGET_EXCEEDED', message: 'No' } });
    for (const each of [run('r1', 1_000), failed, run('r3', 3_000, { tenantId: 'other' })])
      await store.agentRuns.append(each);
    expect(await store.agentRuns.list('runs', page)).toEqual({
      items: [failed, run('r1', 1_000)],
      total: 2,
    });
    expect((await store.agentRuns.list('runs', { limit: 1, offset: 1 })).items).toEqual([run('r1', 1_000)]);
  });
}
