import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { JsonSchema, JsonValue } from '../json.ts';
import { checkSchema } from './checkSchema.ts';
import { validateAgainst } from './validateAgainst.ts';

const said = (schema: JsonSchema, value: JsonValue) =>
  validateAgainst(schema, value).map(({ message }) => message);

describe('what is wrong with a value, in words', () => {
  it.each<[JsonSchema, JsonValue, string[]]>([
    [{ type: 'number' }, 'twelve', ['Expected the value to be a number, but it is the text "twelve"']],
    [{ type: ['string', 'null'] }, 4, ['Expected the value to be a text or null, but it is 4']],
    [
      { enum: ['low', 'high'] },
      'middle',
      ['Expected the value to be "low" or "high", but it is the text "middle"'],
    ],
    [{ const: { a: 1 } }, {}, ['Expected the value to be an object with a, but it is an empty object']],
    [{ minimum: 3 }, 1, ['Expected the value to be at least 3, but it is 1']],
    [{ exclusiveMaximum: 3 }, 3, ['Expected the value to be less than 3, but it is 3']],
    [{ multipleOf: 0.01 }, 0.075, ['Expected the value to be a multiple of 0.01, but it is 0.075']],
    [{ minLength: 2 }, '🦉', ['Expected the value to have at least 2 characters, but it has 1']],
    [{ maxLength: 1 }, 'ab', ['Expected the value to have at most 1 character, but it has 2']],
    [
      { pattern: '^[A-Z]+$' },
      'abc',
      ['Expected the value to match the pattern "^[A-Z]+$", but it is the text "abc"'],
    ],
    [
      { format: 'date' },
      'today',
      ['Expected the value to be a date like 2026-03-01, but it is the text "today"'],
    ],
    [{ required: ['a', 'b'] }, { a: 1 }, ['Expected the value to have "b", but it is missing']],
    [
      { properties: { a: {} }, additionalProperties: false },
      { a: 1, b: 2 },
      ['Expected the value to have only a, but it has "b"'],
    ],
    [{ minProperties: 1 }, {}, ['Expected the value to have at least 1 field, but it has 0']],
    [
      { propertyNames: { maxLength: 1 } },
      { ab: 1 },
      [
        'Expected the value to have names of the kind that propertyNames describes, each to have at most 1 character, but one is "ab"',
      ],
    ],
    [
      { dependentRequired: { card: ['address'] } },
      { card: 1 },
      ['Expected the value to have "address" beside "card", but it is missing'],
    ],
    [{ maxItems: 1 }, [1, 2], ['Expected the value to have at most 1 item, but it has 2']],
    [
      { uniqueItems: true },
      [{ a: 1, b: 2 }, 1, { b: 2, a: 1 }],
      ['Expected the value to have each item once, but items 1 and 3 are the same'],
    ],
    [
      { prefixItems: [{}], items: false },
      [1, 2],
      ['Expected the value to have at most 1 item, but it has 2'],
    ],
    [
      { contains: { type: 'number' }, minContains: 2 },
      [1],
      ['Expected the value to have at least 2 items of the kind that contains describes, but it has 1'],
    ],
    [
      { not: { type: 'null' } },
      null,
      ['Expected the value to be something else, but it is what not excludes'],
    ],
    [{ properties: { a: false } }, { a: 1 }, ["Expected '/a' not to be there, but it is"]],
    [
      { anyOf: [{ type: 'string' }, { type: 'number' }] },
      null,
      ['Expected the value to be a text or a number, but it is null'],
    ],
    [
      { oneOf: [{ type: 'integer' }, { minimum: 2 }] },
      3,
      ['Expected the value to fit exactly one of 2 forms, but it fits 1 and 2 of them'],
    ],
    [
      { $ref: 'https://example.com/other' },
      1,
      [
        'Expected the value to be checked by its schema, but the schema has no "https://example.com/other" that its $ref names',
      ],
    ],
  ])('%j does not take %j', (schema, value, messages) => {
    expect(said(schema, value)).toEqual(messages);
  });

  it('begins with what lies deepest, and says where by JSON pointer', () => {
    const schema = {
      required: ['name'],
      properties: { 'a/b': { items: { properties: { n: { type: 'integer' } } } } },
    };
    expect(validateAgainst(schema, { 'a/b': [{ n: 1 }, { n: 'x' }] })).toEqual([
      {
        pointer: '/a~1b/1/n',
        message: 'Expected \'/a~1b/1/n\' to be a whole number, but it is the text "x"',
      },
      { pointer: '', message: 'Expected the value to have "name", but it is missing' },
    ]);
  });

  it('tells of several forms what keeps the value from the one it was meant as', () => {
    const form = (kind: string, field: string) => ({
      properties: { kind: { const: kind }, [field]: { type: 'string' } },
      required: ['kind', field],
    });
    const schema = { oneOf: [form('mail', 'address'), form('call', 'number')] };
    expect(said(schema, { kind: 'call', number: 12 })).toEqual([
      "Expected '/number' to be a text, but it is 12",
      'Expected the value to fit exactly one of 2 forms, but it fits none of them',
    ]);
    expect(
      said(
        { oneOf: [{ properties: { kind: { const: 'a' } } }, { properties: { kind: { const: 'b' } } }] },
        { kind: 'c' },
      ),
    ).toEqual(['Expected \'/kind\' to be "a" or "b", but it is the text "c"']);
  });

  it('is no longer than somebody reads', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    expect(validateAgainst({ required: names }, {})).toHaveLength(100);
    const [only] = said({ enum: names }, 'x'.repeat(1_000));
    expect(only!.length).toBeLessThan(250);
  });
});

describe('schemas of JSON Schema 2020-12', () => {
  it.each<[string, JsonSchema, JsonValue[], JsonValue[]]>([
    [
      'what no part of several looked at',
      {
        allOf: [{ properties: { a: {} } }],
        if: { properties: { a: { const: 1 } }, required: ['a'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword
        then: { properties: { b: {} } },
        unevaluatedProperties: false,
      },
      [{}, { a: 1, b: 2 }],
      [{ a: 2, b: 2 }, { c: 1 }],
    ],
    [
      'items beyond those that were looked at',
      { prefixItems: [{ type: 'string' }], contains: { type: 'number' }, unevaluatedItems: false },
      [['a', 1, 2]],
      [['a', 1, true], [1]],
    ],
    [
      'trees that know what they hold where they are used',
      {
        $id: 'https://example.com/strict',
        $dynamicAnchor: 'node',
        $ref: 'tree',
        unevaluatedProperties: false,
        $defs: {
          tree: {
            $id: 'https://example.com/tree',
            $dynamicAnchor: 'node',
            type: 'object',
            properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
          },
        },
      },
      [{ children: [{ data: 1 }] }],
      [{ children: [{ daat: 1 }] }],
    ],
    [
      'a list by recursion',
      {
        $ref: '#/$defs/list',
        $defs: { list: { properties: { next: { $ref: '#/$defs/list' }, v: { type: 'number' } } } },
      },
      [{ next: { next: { v: 1 } } }],
      [{ next: { next: { v: 'x' } } }],
    ],
    ['formats nobody knows', { format: 'colour-of-the-week' }, ['anything'], []],
  ])('%s', (_name, schema, fitting, others) => {
    expect(checkSchema(schema)).toEqual([]);
    for (const value of fitting) expect(said(schema, value)).toEqual([]);
    for (const value of others) expect(said(schema, value)).not.toEqual([]);
  });

  test('names that mean something to JavaScript are names', () => {
    const schema = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"number"}},"required":["__proto__","toString"]}',
    );
    expect(checkSchema(schema)).toEqual([]);
    const messages = (json: string) => said(schema, JSON.parse(json));
    expect(messages('{"__proto__":"a","toString":1,"constructor":2}')).toEqual([]);
    expect(messages('{"__proto__":1,"constructor":"x"}')).toEqual([
      "Expected '/__proto__' to be a text, but it is 1",
      'Expected \'/constructor\' to be a number, but it is the text "x"',
      'Expected the value to have "toString", but it is missing',
    ]);
  });

  test('patterns mean what they mean in ECMAScript', () => {
    const sources = [
      '^\\s$',
      '^.$',
      '^[^\\s]$',
      '^\\p{Letter}+$',
      '^\\p{Script=Greek}$',
      '^\\u{1F989}$',
      '\\/',
      '^\\w+-\\d{2,}$',
    ];
    const texts = ['\u00a0', '\ufeff', '\n', '\u2028', 'é', 'α', '🦉', 'a/b', 'ab-12', 'ab-1', '', 'λ1'];
    for (const source of sources)
      for (const text of texts)
        expect([source, text, said({ pattern: source }, text).length === 0]).toEqual([
          source,
          text,
          new RegExp(source, 'u').test(text),
        ]);
  });
});

describe('whatever it is given, it comes to an end', () => {
  const catastrophic = [
    '^(a+)+$',
    '^(a|aa)+$',
    '([a-zA-Z]+)*$',
    '(.*a){20}b',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(x+x+)+y',
  ];

  test.each(catastrophic)('the pattern %s against a hundred thousand characters', (pattern) => {
    const text = `${'a'.repeat(100_000)}!`;
    expect(checkSchema({ pattern })).toEqual([]);
    // A backtracking engine would be at this for longer than the universe has been.
    expect(Array.isArray(validateAgainst({ pattern, patternProperties: { [pattern]: false } }, text))).toBe(
      true,
    );
    expect(Array.isArray(validateAgainst({ patternProperties: { [pattern]: false } }, { [text]: 1 }))).toBe(
      true,
    );
  });

  test('thousands of patterns that each become a large automaton', () => {
    const pattern = '([a-z]{1,30}){1,30}';
    expect(said({ allOf: Array.from({ length: 5_000 }, () => ({ pattern })) }, 'abc')).toEqual([
      'Expected the value to be checked by its schema, but checking it takes too long',
    ]);
  });

  test('forms within forms whose combinations no one can try', () => {
    const form = (name: string) => ({ properties: { a: { $ref: '#/$defs/n' } }, required: [name] });
    const schema = { $ref: '#/$defs/n', $defs: { n: { anyOf: [form('x'), form('y')] } } };
    let value: JsonValue = {};
    for (let level = 0; level < 60; level++) value = { a: value };
    expect(said(schema, value)).toEqual([
      'Expected the value to fit its schema, but it does not, for more reasons than can be told',
    ]);
    // With the names last there is more to try before anything fails.
    const late = (name: string) => ({
      allOf: [{ properties: { a: { $ref: '#/$defs/n' } } }, { required: [name] }],
    });
    expect(said({ $ref: '#/$defs/n', $defs: { n: { anyOf: [late('x'), late('y')] } } }, value)).toEqual([
      'Expected the value to be checked by its schema, but checking it takes too long',
    ]);
  });

  test('values and schemas as deep as a stack', () => {
    let value: JsonValue = {};
    let schema: JsonSchema = {};
    for (let level = 0; level < 20_000; level++) {
      value = { a: value };
      schema = { properties: { a: schema } };
    }
    const recursive = { properties: { a: { $ref: '#' } } };
    expect(said(recursive, value)[0]).toMatch(/too deep/);
    expect(said({ uniqueItems: true }, [value, value])[0]).toMatch(/too deep/);
    expect(said(schema, value)[0]).toMatch(/too deep/);
    expect(checkSchema(schema)[0]!.code).toBe('depth');
  });

  test('references that go round', () => {
    expect(said({ $ref: '#' }, 1)[0]).toMatch(/too deep/);
  });

  test('ten thousand fields', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `field${index}`);
    const schema = {
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string', minLength: 1 }])),
      required: names,
      unevaluatedProperties: false,
    };
    const value = Object.fromEntries(names.map((name) => [name, 'x']));
    expect(checkSchema(schema)).toEqual([]);
    expect(said(schema, value)).toEqual([]);
    expect(said(schema, { ...value, field1: 1, more: 1 })).toHaveLength(2);
  });

  test('any JSON for a schema, and any for a value', () => {
    const keyword = fc.constantFrom(
      ...[
        'type',
        'properties',
        'items',
        'anyOf',
        'not',
        '$ref',
        'required',
        'enum',
        'pattern',
        'format',
        'minLength',
      ],
      ...[
        'prefixItems',
        'contains',
        'unevaluatedProperties',
        'if',
        '$id',
        '$anchor',
        '$dynamicRef',
        'multipleOf',
      ],
    );
    const { schema } = fc.letrec<{ schema: unknown; operand: unknown }>((tie) => ({
      schema: fc.dictionary(keyword, tie('operand'), { maxKeys: 4 }),
      operand: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.constantFrom('#', '#/items', '#/properties/a', 'string', '^a+$', '(?=a)'),
        tie('schema'),
        fc.array(tie('schema'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(schema, fc.jsonValue(), (any, value) => {
        const problems = checkSchema(any as JsonSchema);
        const violations = validateAgainst(any as JsonSchema, value as JsonValue);
        for (const { message } of [...problems, ...violations])
          expect(message).toMatch(/^Expected .+, but /s);
      }),
      { numRuns: 500 },
    );
  });
});

test('a schema that is fetched anew each time is read once', () => {
  const schema = () => JSON.parse('{"type":"object","properties":{"a":{"type":"integer"}}}') as JsonSchema;
  expect(said(schema(), { a: 1 })).toEqual([]);
  expect(said(schema(), { a: 'x' })).toHaveLength(1);
});
