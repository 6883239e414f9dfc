import { expect, test } from 'vitest';
import { budgetOf, limitOf } from './budget.ts';
import { blankSteps } from './testSteps.ts';

const limits = {
  maxModelCalls: 3,
  maxToolCalls: 100,
  maxRepeats: 5,
  maxIdleLoops: 3,
  maxTokens: 50_000,
  timeout: 60_000,
  maxDuration: 300_000,
};

test.each([
  ['Expected at most 3 model calls, but the agent wants one more', 'modelCalls'],
  ['Expected at most 100 tool calls, but 40 more are wanted', 'toolCalls'],
  ['Expected at most 50000 tokens, but 49000 are spent and the next call alone asks about 2000', 'tokens'],
  [
    'Expected at most 0.25 US dollars, but 0.249 are spent and the rest does not pay for the next call',
    'cost',
  ],
  ['Expected the run to take at most 300000 ms, but it goes on', 'duration'],
  ['Expected a request of at most 500 tokens, but it has about 900', undefined],
])('%s', (message, limit) => {
  expect(limitOf(message)).toBe(limit);
});

test('a run that stopped at its loops is offered as many again, and nothing else', () => {
  const steps = blankSteps(['model', 'tool', 'model', 'model']);
  const rows = budgetOf(steps, limits, [], 'Expected at most 3 model calls, but the agent wants one more');
  expect(
    rows.map(({ limit, used, most, reached, suggested }) => [limit, used, most, reached, suggested]),
  ).toEqual([
    ['modelCalls', 3, 3, true, 3],
    ['toolCalls', 1, 100, false, undefined],
    ['tokens', 30, 50_000, false, undefined],
    ['cost', 0.75, undefined, false, undefined],
    ['duration', 20, 300_000, false, undefined],
  ]);
});

test('what was granted before counts', () => {
  const grant = {
    id: 'g',
    elementInstanceKey: '1',
    modelCalls: 3,
    toolCalls: 0,
    tokens: 0,
    cost: 0,
    duration: 0,
    by: 'admin',
    at: '2026-01-01T00:00:00.000Z',
  };
  const [loops] = budgetOf(blankSteps(['model']), limits, [grant, grant], 'Expected at most 9 model calls');
  expect(loops).toMatchObject({ most: 9, suggested: 3 });
});
