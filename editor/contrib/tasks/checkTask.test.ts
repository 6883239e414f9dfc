import type { JsonValue } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { checkTask } from './checkTask.ts';
import { blankTask } from './taskDocument.ts';

const said = (content: JsonValue) =>
  checkTask(content).map(({ path, message }) => `${path.join('.')}: ${message}`);
const field = (schema: JsonValue): JsonValue => ({
  description: '',
  responseSchema: { type: 'object', properties: { amount: schema } },
});

it('has nothing to say about a new task', () => {
  expect(checkTask(blankTask as JsonValue)).toEqual([]);
});

it.each<[JsonValue, string]>([
  [
    { type: 'number', minimum: 100, maximum: 50 },
    'minimum: Expected minimum ≤ maximum, but minimum is 100 and maximum is 50.',
  ],
  [{ type: 'number', minimum: 'ten' }, 'minimum: Expected a number, but minimum is "ten".'],
  [{ type: 'string', maxLength: 1.5 }, 'maxLength: Expected a whole number from 0, but maxLength is 1.5.'],
  [
    { type: 'text' },
    'type: Expected one of string, number, integer, boolean, object, array, null, but the type is "text".',
  ],
  [{ enum: [] }, 'enum: Expected at least one value, but there is none.'],
  [{ enum: ['a', 'a'] }, 'enum: Expected each value once, but "a" is there twice.'],
  [
    { oneOf: [{ const: 1 }, { const: 1, description: 'again' }] },
    'oneOf: Expected each value once, but 1 is there twice.',
  ],
  [{ multipleOf: 0 }, 'multipleOf: Expected a number above 0, but multipleOf is 0.'],
])('says at the field what cannot be: %j', (schema, message) => {
  expect(said(field(schema))).toEqual([`responseSchema.properties.amount.${message}`]);
});

it('reads patterns as the checks of answers do', () => {
  expect(said(field({ type: 'string', pattern: '^(a' }))[0]).toMatch(
    /amount\.pattern: Expected a regular expression, but it cannot be read: /,
  );
});

it('looks into the items of lists', () => {
  const list = { type: 'array', items: { type: 'object', properties: { tool: { type: 'strin' } } } };
  expect(checkTask(field(list))[0]?.path).toEqual([
    'responseSchema',
    'properties',
    'amount',
    'items',
    'properties',
    'tool',
    'type',
  ]);
});

it('knows the parts of a task', () => {
  expect(said([])).toEqual([': Expected an object, but it is a list.']);
  expect(said({ description: 'x'.repeat(1001), name: 'x', responseSchema: 1 })).toEqual([
    'name: Expected description, requestSchema, responseSchema only, but found name.',
    'description: Expected at most 1000 characters, but there are 1001.',
    'responseSchema: Expected a schema in { }, but it is a number.',
  ]);
  expect(said({})).toEqual([': Expected responseSchema, but it is missing.']);
});

it('asks for fields that required names, where no other field may come', () => {
  const closed = { type: 'object', properties: {}, required: ['done'], additionalProperties: false };
  expect(said({ responseSchema: closed })).toEqual([
    'responseSchema.required: Expected done to be a field, but there is none of this name.',
  ]);
});
