import { expect, it } from 'vitest';
import { createTestResults } from './testResults.ts';

const run = (id: string) => ({
  resource: { kind: 'tool', id },
  title: `${id}.tool.ts`,
  icon: 'tool' as const,
  at: 0,
  rerun() {},
});
const passed = { name: 'one order', passed: true };
const failed = { name: 'no order', passed: false, message: 'Expected null, but got 1.' };

it('keeps the last run of each, and what it said while it runs again', () => {
  const results = createTestResults();
  results.put({ ...run('a'), state: 'done', results: [passed, failed] });
  results.put({ ...run('b'), state: 'done', results: [passed] });
  results.put({ ...run('a'), state: 'running', results: [] });
  expect(results.getState().map(({ id, state, results: own }) => [id, state, own.length])).toEqual([
    ['tests tool:b', 'done', 1],
    ['tests tool:a', 'running', 2],
  ]);
});

it('knows what failed: a test, or that there were no results', () => {
  const results = createTestResults();
  results.put({ ...run('a'), state: 'done', results: [passed, failed] });
  results.put({ ...run('b'), state: 'done', results: [], failure: 'Expected the source to compile.' });
  results.put({ ...run('c'), state: 'done', results: [passed] });
  results.put({ ...run('c'), of: 'replay', state: 'running', results: [] });
  expect(results.failed().map(({ resource }) => resource.id)).toEqual(['b', 'a']);
  results.clear();
  expect(results.getState()).toEqual([]);
});
