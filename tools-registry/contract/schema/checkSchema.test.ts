import { expect, it, test } from 'vitest';
import type { JsonSchema } from '../json.ts';
import { checkSchema } from './checkSchema.ts';

const said = (schema: JsonSchema) =>
  checkSchema(schema).map(({ pointer, severity, message }) => `${severity} ${pointer}: ${message}`);

it.each<[JsonSchema, string]>([
  [
    { properties: { amount: { type: 'numbr' } } },
    'error /properties/amount/type: Expected type to be null, boolean, number, integer, string, array or object, but it is the text "numbr"',
  ],
  [
    { type: [] },
    'error /type: Expected type to be null, boolean, number, integer, string, array or object, but it is an empty list',
  ],
  [{ minLength: -1 }, 'error /minLength: Expected minLength to be a whole number from 0, but it is -1'],
  [
    { exclusiveMinimum: true },
    'error /exclusiveMinimum: Expected exclusiveMinimum to be a number, but it is true',
  ],
  [{ multipleOf: 0 }, 'error /multipleOf: Expected multipleOf to be a number above 0, but it is 0'],
  [
    { required: 'a' },
    'error /required: Expected required to be a list of different names, but it is the text "a"',
  ],
  [
    { required: ['a', 'a'] },
    'error /required: Expected required to be a list of different names, but it is a list of 2 items',
  ],
  [
    { properties: [] },
    'error /properties: Expected properties to be schemas by name in { }, but it is an empty list',
  ],
  [
    { anyOf: [] },
    'error /anyOf: Expected anyOf to be a list with at least one schema, but it is an empty list',
  ],
  [
    { items: [{}] },
    'error /items: Expected items to be one schema for all items, but it is a list: schemas for the first items are prefixItems',
  ],
  [{ allOf: [1] }, 'error /allOf/0: Expected a schema in { }, true or false, but it is 1'],
  [
    { $defs: { 'a/b': { not: 3 } } },
    'error /$defs/a~1b/not: Expected a schema in { }, true or false, but it is 3',
  ],
  [
    { $schema: 'http://json-schema.org/draft-07/schema#' },
    'error /$schema: Expected $schema to be https://json-schema.org/draft/2020-12/schema, but it is the text "http://json-schema.org/draft-07/schema#"',
  ],
  [
    { $ref: 'https://example.com/other.json' },
    'error /$ref: Expected $ref to name a schema in the same document, but it has no "https://example.com/other.json"',
  ],
  [
    { items: { $ref: '#/$defs/missing' } },
    'error /items/$ref: Expected $ref to name a schema in the same document, but it has no "#/$defs/missing"',
  ],
  [
    { pattern: '(' },
    'error /pattern: Expected a regular expression that can be used, but "(" cannot: unterminated group',
  ],
  [
    { pattern: '^(?=.*[A-Z]).+$' },
    'error /pattern: Expected a regular expression that can be used, but "^(?=.*[A-Z]).+$" cannot: looking ahead (?=…) is not supported, as it may take forever',
  ],
  [
    { pattern: '(a)\\1' },
    'error /pattern: Expected a regular expression that can be used, but "(a)\\\\1" cannot: repeating what a group found (\\1) is not supported, as it may take forever',
  ],
  [
    { pattern: '((a{0,100}){0,100}){0,100}' },
    'error /pattern: Expected a regular expression that can be used, but "((a{0,100}){0,100}){0,100}" cannot: its repetitions make it too large',
  ],
  [
    { patternProperties: { '(?<=a)b': {} } },
    'error /patternProperties: Expected the names of patternProperties to be patterns, but "(?<=a)b" cannot be used: looking behind (?<=…) is not supported, as it may take forever',
  ],
  [
    { minimum: 3, maximum: 2 },
    'warning /minimum: Expected minimum ≤ maximum, but minimum is 3 and maximum is 2',
  ],
  [
    { requird: ['a'] },
    'warning /requird: Expected a keyword of JSON Schema, but "requird" is none and demands nothing',
  ],
])('%j is told to its author', (schema, message) => {
  expect(said(schema)).toEqual([message]);
});

it.each<[string, JsonSchema]>([
  ['itself', { $ref: '#' }],
  [
    'each other',
    { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ $ref: '#/$defs/a' }] } } },
  ],
  ['itself through its name', { $anchor: 'me', anyOf: [{ type: 'string' }, { $ref: '#me' }] }],
  ['itself while a name is there', { dependentSchemas: { a: { $ref: '#' } } }],
])('references that lead back to %s before they reach a part of the value are refused', (_name, schema) => {
  expect(checkSchema(schema).map(({ code }) => code)).toContain('circle');
});

it.each<[string, JsonSchema]>([
  ['fields', { properties: { next: { $ref: '#' } } }],
  ['items', { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#' } }] }],
  [
    'two at the same schema',
    { allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }], $defs: { a: { type: 'string' } } },
  ],
])('references through %s are what recursion is for', (_name, schema) => {
  expect(checkSchema(schema)).toEqual([]);
});

test('what is no schema at all, or too much of one, is told once', () => {
  const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`f${index}`, {}]));
  expect([true, null, 'text', []].map((schema) => said(schema as never))).toEqual([
    ['error : Expected a schema in { }, but it is true'],
    ['error : Expected a schema in { }, but it is null'],
    ['error : Expected a schema in { }, but it is the text "text"'],
    ['error : Expected a schema in { }, but it is an empty list'],
  ]);
  expect(said({ properties: many })).toEqual([
    'error : Expected at most 20000 schemas in one, but there are 20002',
  ]);
  const heavy = { pattern: '([a-z]{1,30}){1,30}' };
  expect(said({ allOf: Array.from({ length: 5_000 }, () => heavy) })).toEqual([
    expect.stringMatching(
      /^error .*: Expected fewer or smaller patterns in one schema, but its patterns together take too long to be read$/,
    ),
  ]);
  expect(said({ description: 'x'.repeat(1_000_000) })).toEqual([
    'error : Expected a schema of at most 1000000 characters, but it has 1000018',
  ]);
});
