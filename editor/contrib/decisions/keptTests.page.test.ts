import { ok } from '@baton/engine/protocol';
import { expect, it, vi } from 'vitest';
import type { FileDocument } from '../../platform/fileDocument.ts';
import type { Platform } from '../../platform/platform.ts';
import { createTestResults } from '../../platform/testResults.ts';
import { blankDecision } from './blankDecision.ts';
import { createKeptTests } from './keptTests.ts';

const id = 'refund-limit';

/** A decision that answers `ask` from 100 on, and whoever names what is kept. */
function opened() {
  let draft = blankDecision('Refund limit');
  const testResults = createTestResults();
  const input = vi.fn(async () => 'large ones are asked about');
  const evaluate = async (_route: unknown, { body }: { body: { variables: { amount: number } } }) =>
    ok({ ok: true, output: body.variables.amount >= 100 ? 'ask' : 'approve', steps: [] });
  const platform = { api: { call: evaluate }, dialogs: { input }, clock: { now: () => 0 }, testResults };
  const file = {
    resource: { kind: 'decision', id: 'd1' },
    view: { getState: () => ({ draft }) },
    state: { getState: () => ({ title: 'Refund limit.dmn' }) },
    redraw(text: string) {
      draft = text;
    },
  };
  const tests = createKeptTests(platform as unknown as Platform, file as unknown as FileDocument);
  return { tests, testResults, draft: () => draft };
}

it('a trial that is kept is a test of the decision: it passes while the decision answers the same', async () => {
  const { tests, testResults } = opened();
  await tests.keep(id, { amount: 120 }, 'ask');
  await tests.run(id);
  expect(tests.getState().results).toEqual([
    { name: 'large ones are asked about', passed: true, duration: 0 },
  ]);
  expect(testResults.getState()).toMatchObject([{ title: 'Refund limit.dmn', state: 'done' }]);
});

it('a test that fails says what was expected, and what came', async () => {
  const { tests, testResults } = opened();
  await tests.keep(id, { amount: 20 }, 'ask');
  await tests.run(id);
  expect(tests.getState().results[0]).toMatchObject({
    passed: false,
    message: 'Expected "ask", but it answered "approve".',
  });
  expect(testResults.failed()).toHaveLength(1);
});

it('a test that is dropped leaves the file as it was', async () => {
  const { tests, draft } = opened();
  const before = draft();
  await tests.keep(id, { amount: 120 }, 'ask');
  expect(draft()).not.toBe(before);
  tests.drop(id, 'large ones are asked about');
  expect(draft()).toBe(before);
});
