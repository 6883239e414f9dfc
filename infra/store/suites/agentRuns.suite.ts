import { beforeAll, describe, expect, test } from 'vitest';
import type { AgentRunRecord, DocumentStore } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function agentRunsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  describe('runs of agents', () => {
    const run = (id: string, startedAt: number, over: Partial<AgentRunRecord> = {}): AgentRunRecord => ({
      id,
      tenantId: 'runs',
      agentId: 'a1',
      agentName: 'triage',
      agentVersion: 2,
      agentLabel: 'production',
      agentHash: 'abc',
      task: { name: 'classify', version: 3 },
      provider: 'mock',
      model: 'mock-1',
      prompt: 'Hello',
      input: { orderId: 'HP-1' },
      conversation: 'c-1',
      forkOf: null,
      status: 'running',
      output: null,
      error: null,
      usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
      actor: { kind: 'key', id: 'k1', name: 'ci' },
      startedAt,
      duration: 0,
      ...over,
    });
    const end = {
      status: 'failed' as const,
      output: { text: 'Hi' },
      error: { code: 'BUDGET_EXCEEDED', message: 'No' },
      usage: { inputTokens: 3, cachedInputTokens: 2, outputTokens: 1, reasoningTokens: 1, cost: 0.5 },
      duration: 7,
    };

    test('are listed newest first, of an agent or in a state, each tenant its own', async () => {
      const all = [
        run('r1', 1_000),
        run('r2', 2_000),
        run('r3', 3_000, { agentId: 'a2', task: null, input: null }),
        run('r4', 4_000, { tenantId: 'other' }),
      ];
      for (const each of all) await store.agentRuns.begin(each, 9_000);
      await store.agentRuns.end('runs', 'r2', end);
      const list = (filter: object) => store.agentRuns.list('runs', { ...page, ...filter });
      const ended = { ...all[1]!, ...end };
      expect(await list({})).toEqual({ items: [all[2], ended, all[0]], total: 3 });
      expect(await list({ agentId: 'a1' })).toEqual({ items: [ended, all[0]], total: 2 });
      expect(await list({ status: 'failed' })).toEqual({ items: [ended], total: 1 });
      expect(await list({ limit: 1, offset: 1 })).toEqual({ items: [ended], total: 3 });
      expect(await store.agentRuns.get('runs', 'r2')).toEqual(ended);
      expect(await store.agentRuns.get('other', 'r2')).toBeUndefined();
    });

    test('end once, and are not kept alive or cancelled after that', async () => {
      await store.agentRuns.begin(run('once', 1_000), 9_000);
      expect(await store.agentRuns.keepAlive('runs', 'once', 9_500)).toEqual({ cancelAsked: false });
      expect(await store.agentRuns.askCancel('other', 'once')).toBe(false);
      expect(await store.agentRuns.askCancel('runs', 'once')).toBe(true);
      expect(await store.agentRuns.keepAlive('runs', 'once', 9_600)).toEqual({ cancelAsked: true });
      const ends = await Promise.all([1, 2, 3].map(() => store.agentRuns.end('runs', 'once', end)));
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect(await store.agentRuns.keepAlive('runs', 'once', 9_700)).toBeUndefined();
      expect(await store.agentRuns.askCancel('runs', 'once')).toBe(false);
    });

    test('that failed go on, for one of all who ask, and may be cancelled and end again', async () => {
      await store.agentRuns.begin(run('more', 1_000), 9_000);
      expect(await store.agentRuns.resume('runs', 'more', 9_500)).toBe(false);
      await store.agentRuns.askCancel('runs', 'more');
      await store.agentRuns.end('runs', 'more', end);
      expect(await store.agentRuns.resume('other', 'more', 9_500)).toBe(false);
      const resumed = await Promise.all([1, 2, 3].map(() => store.agentRuns.resume('runs', 'more', 9_500)));
      expect(resumed.filter(Boolean)).toHaveLength(1);
      expect(await store.agentRuns.keepAlive('runs', 'more', 9_600)).toEqual({ cancelAsked: false });
      const completed = { ...end, status: 'completed' as const, error: null };
      expect(await store.agentRuns.end('runs', 'more', completed)).toBe(true);
      expect(await store.agentRuns.get('runs', 'more')).toEqual({ ...run('more', 1_000), ...completed });
      expect(await store.agentRuns.resume('runs', 'more', 9_700)).toBe(false);
    });

    test('that nobody keeps alive are found', async () => {
      const left = (id: string, over = {}) => run(id, 1_000, { tenantId: 'left', ...over });
      await store.agentRuns.begin(left('l1'), 5_000);
      await store.agentRuns.begin(left('l2'), 5_000);
      await store.agentRuns.keepAlive('left', 'l2', 6_000);
      expect((await store.agentRuns.abandoned('left', 4_999)).map(({ id }) => id)).toEqual([]);
      expect((await store.agentRuns.abandoned('left', 5_000)).map(({ id }) => id)).toEqual(['l1']);
      expect(await store.agentRuns.abandoned('elsewhere', 9_000)).toEqual([]);
    });
  });
}
