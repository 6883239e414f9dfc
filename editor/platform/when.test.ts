import { expect, it } from 'vitest';
import type { ContextValue } from './context.ts';
import { parseWhen, WhenSyntaxError, whenHolds } from './when.ts';

const context = (values: Record<string, ContextValue>) => ({ get: (key: string) => values[key] });

it.each([
  [undefined, {}, true],
  ['editorOpen', { editorOpen: true }, true],
  ['editorOpen', {}, false],
  ['!editorOpen', {}, true],
  ["documentKind == 'workflow'", { documentKind: 'workflow' }, true],
  ['documentKind == workflow', { documentKind: 'agent' }, false],
  ['documentKind != workflow', {}, true],
  ['permission:workflows:write && !inputFocus', { 'permission:workflows:write': true }, true],
  ['a || b && c', { a: true }, true],
  ['(a || b) && c', { a: true }, false],
  ['!(a && b)', { a: true, b: false }, true],
  ['count == 2', { count: 2 }, true],
])('%s with %o is %s', (clause, values, expected) => {
  expect(whenHolds(clause, context(values as Record<string, ContextValue>))).toBe(expected);
});

it.each(['', 'a &&', '(a', 'a b', 'a == &&', 'a # b'])('refuses "%s" and says where', (clause) => {
  expect(() => parseWhen(clause)).toThrow(WhenSyntaxError);
});
