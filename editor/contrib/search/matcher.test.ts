import { expect, it } from 'vitest';
import { matcherOf, type Wanted } from './matcher.ts';

const text = 'Refund the order.\n  refunds: {{order}}\na.b axb';

function found(wanted: Partial<Wanted>): unknown {
  const matcher = matcherOf({ text: '', matchCase: false, wholeWord: false, regex: false, ...wanted });
  return matcher.ok
    ? matcher.value(text).map(({ line, column, match }) => [line, column, match])
    : matcher.failure;
}

it('finds text whatever its case, as it stands, or as whole words', () => {
  expect(found({ text: 'refund' })).toEqual([
    [1, 1, 'Refund'],
    [2, 3, 'refund'],
  ]);
  expect(found({ text: 'refund', matchCase: true })).toEqual([[2, 3, 'refund']]);
  expect(found({ text: 'refund', wholeWord: true })).toEqual([[1, 1, 'Refund']]);
});

it('takes signs as they are unless an expression is meant', () => {
  expect(found({ text: 'a.b' })).toEqual([[3, 1, 'a.b']]);
  expect(found({ text: 'a.b', regex: true })).toEqual([
    [3, 1, 'a.b'],
    [3, 5, 'axb'],
  ]);
});

it('says what is wrong with an expression, and ends on one that matches nothing at all', () => {
  expect(found({ text: '(', regex: true })).toMatch(/^Expected a regular expression, but: /);
  expect(found({ text: 'x*', regex: true })).toEqual([]);
});
