import { expect, it } from 'vitest';
import { importedSchema } from './importSchema.ts';

it('takes a schema as it is', () => {
  const schema = { type: 'object', properties: { done: { type: 'boolean' } } };
  expect(importedSchema(JSON.stringify(schema))).toEqual({ ok: true, value: { schema, fromExample: false } });
});

it('makes a schema of an example, whatever it is called', () => {
  const example = { type: 'refund', amount: 12.5, count: 2, lines: [{ id: 'a' }], note: null, tags: [] };
  expect(importedSchema(JSON.stringify(example))).toEqual({
    ok: true,
    value: {
      fromExample: true,
      schema: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          amount: { type: 'number' },
          count: { type: 'integer' },
          lines: {
            type: 'array',
            items: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
          },
          note: {},
          tags: { type: 'array', items: {} },
        },
        required: ['type', 'amount', 'count', 'lines', 'note', 'tags'],
      },
    },
  });
});

it.each([
  ['', 'Expected a JSON Schema or an example, but it is empty.'],
  ['[1]', 'Expected an object in { }, but it is something else.'],
  ['{"a" 1}', 'Line 1: Expected a colon after "a", but found "1".'],
])('says why %j is none', (text, failure) => {
  expect(importedSchema(text)).toEqual({ ok: false, failure });
});

it('keeps a field called __proto__', () => {
  const read = importedSchema('{"__proto__": 1}');
  expect(read.ok && Object.keys(read.value.schema.properties as object)).toEqual(['__proto__']);
});
