import type { CallRecord } from '@baton/engine/protocol';
import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function callsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a recorded call is found by its place and request, and listed with its run', async () => {
    const call = (id: string, sequence: number, over: Partial<CallRecord> = {}): CallRecord => ({
      id,
      tenantId: 'calls',
      kind: 'model',
      name: 'triage',
      version: 1,
      model: 'mock/mock-1',
      processInstanceKey: '10',
      elementInstanceKey: '11',
      elementId: 'classify',
      jobKey: '12',
      sequence,
      requestHash: `h${sequence}`,
      request: { $schema: 1, 'a.b': [null, 'x'] },
      response: { text: 'angry' },
      error: null,
      usage: { inputTokens: 10, outputTokens: 2, cost: 0.001 },
      startedAt: 1000 + sequence,
      duration: 5,
      ...over,
    });
    const failedFirst = call('c0', 1, { startedAt: 1000, error: { code: 'TIMEOUT', message: 'late' } });
    const withTask = call('c2', 2, {
      taskVersion: 3,
      context: { shortened: 2, leftOut: 3, summary: false },
      fallback: { place: 1, after: { model: 'mock/away', code: 'MODEL_UNAVAILABLE' } },
      began: {
        agent: { id: 'a', version: 1 },
        prompts: [{ name: 'tone', version: 2 }],
        variables: { 'a.b': { $c: 1 } },
        said: [{ role: 'user', text: 'Hello' }],
      },
      usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2, reasoningTokens: 1, cost: 0.001 },
      offered: [{ as: 'crm__find', name: 'crm.find', version: 2 }],
      answers: [
        {
          question: {
            id: 'q',
            kind: 'approval',
            tool: 'crm.find',
            message: 'May it?',
            schema: { $id: 'a.b' },
          },
          answer: { action: 'accept', content: { 'c.d': 1 } },
        },
      ],
    });
    // What a record does not have is not kept as something.
    const nothing = { taskVersion: undefined, verdicts: undefined, fallback: undefined, began: undefined };
    for (const record of [{ ...nothing, ...failedFirst }, withTask, call('c1', 1), call('c1', 1)])
      await store.calls.append(record as CallRecord);
    expect(await store.calls.find('calls', '11', 1, 'h1')).toEqual(call('c1', 1));
    expect(await store.calls.find('calls', '11', 1, 'h2')).toBeUndefined();
    expect(await store.calls.find('other', '11', 1, 'h1')).toBeUndefined();
    expect(await store.calls.ofElement('calls', '11')).toEqual([failedFirst, call('c1', 1), withTask]);
    expect(await store.calls.ofElement('other', '11')).toEqual([]);
    expect(await store.calls.list('calls', '10')).toEqual([failedFirst, call('c1', 1), withTask]);
  });
}
