import { readFileSync } from 'node:fs';
import { createFeel } from '@baton/engine/feel';
import { expect, it } from 'vitest';
import { decisionProblems } from './decisionProblems.ts';

const feel = createFeel();
const compensation = readFileSync(
  new URL('../../../infra/examples/compensation.dmn', import.meta.url),
  'utf8',
);
const told = (xml: string) =>
  decisionProblems(xml, feel).map(({ code, elementId, line }) => [code, elementId, line]);

it('has nothing against the decision every installation comes with', () => {
  expect(told(compensation)).toEqual([]);
});

it('says at which cell an expression cannot be read', () => {
  const line = compensation.split('\n').findIndex((each) => each.includes('[3..9]')) + 1;
  const broken = compensation.replace('[3..9]', '[3..');
  const [problem] = told(broken);
  expect(problem).toEqual(['dmn/decision', 'compensation', line]);
});

it.each([
  ['text that is no XML', compensation.slice(0, 400), 'dmn/xml'],
  ['another document', '<html/>', 'dmn/root'],
  [
    'what the schema does not know',
    compensation.replace('hitPolicy="FIRST"', 'hitPolicy="BEST"'),
    'dmn/schema',
  ],
])('tells of %s', (_, xml, code) => {
  expect(told(xml).map(([each]) => each)).toEqual([code]);
});
