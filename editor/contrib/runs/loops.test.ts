import { expect, test } from 'vitest';
import { contextWords, loopsOf, type Step, usageOf } from './loops.ts';

let sequence = 0;
function step(kind: Step['kind'], changes: Partial<Step> = {}): Step {
  sequence += 1;
  return {
    sequence,
    kind,
    name: kind === 'model' ? 'triage' : 'order-lookup',
    version: 1,
    model: kind === 'model' ? 'cloud/large' : '',
    request: {},
    response: {},
    error: null,
    usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
    startedAt: '2026-01-01T00:00:00.000Z',
    duration: 5,
    ...changes,
  };
}
const away = { code: 'MODEL_UNAVAILABLE', message: 'Expected an answer, but it said 503' };
const shape = (steps: Step[]) =>
  loopsOf(steps).map(({ number, failed, model, tools }) => [
    number,
    failed.map((call) => call.model),
    model?.model,
    tools.length,
  ]);

test('a loop is an answer of the model and the tools it called', () => {
  expect(shape([step('model'), step('tool'), step('tool'), step('model')])).toEqual([
    [1, [], 'cloud/large', 2],
    [2, [], 'cloud/large', 0],
  ]);
});

test('what another model stood in for is in its loop, not one of its own', () => {
  const steps = [
    step('model'),
    step('tool'),
    step('model', { error: away }),
    step('model', {
      model: 'gpu/small',
      fallback: { place: 1, after: { model: 'cloud/large', code: 'MODEL_UNAVAILABLE' } },
    }),
  ];
  expect(shape(steps)).toEqual([
    [1, [], 'cloud/large', 1],
    [2, ['cloud/large'], 'gpu/small', 0],
  ]);
});

test('a run whose model never answered has a loop without an answer', () => {
  expect(shape([step('model', { error: away }), step('model', { error: away })])).toEqual([
    [1, ['cloud/large', 'cloud/large'], undefined, 0],
  ]);
});

test('a tool that a process calls by itself has its place, too', () => {
  expect(shape([step('tool')])).toEqual([[1, [], undefined, 1]]);
});

test('tokens that no provider speaks of stay unknown', () => {
  const usage = { inputTokens: 10, outputTokens: 4, cost: 0.25 };
  expect(usageOf([step('model', { usage }), step('tool')])).toEqual(usage);
  expect(
    usageOf([step('model', { usage: { ...usage, cachedInputTokens: 8 } }), step('model', { usage })]),
  ).toEqual({
    inputTokens: 20,
    outputTokens: 8,
    cost: 0.5,
    cachedInputTokens: 8,
  });
});

test('what a model was not shown is said', () => {
  expect(contextWords(step('model', { context: { shortened: 2, leftOut: 1 } }))).toBe(
    '2 older results shortened, 1 older message left out',
  );
  expect(contextWords(step('model', { context: { shortened: 0 } }))).toBe('');
  expect(contextWords(step('model'))).toBe('');
});
