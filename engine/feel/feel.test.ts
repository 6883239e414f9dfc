import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFeel } from './feel.ts';

const feel = createFeel();
const noon = Date.parse('2024-02-29T12:30:00Z');

function evaluate(text: string, scope: JsonObject = {}) {
  const parsed = feel.parse(`=${text}`);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const evaluated = feel.evaluate(parsed.value, scope, noon);
  if (!evaluated.ok) throw new Error(evaluated.failure.message);
  return evaluated.value;
}

const order = {
  total: 120,
  kind: 'angry',
  items: [
    { sku: 'a', price: 1 },
    { sku: 'b', price: 2 },
  ],
};

describe('Values are those the real broker gives', () => {
  const table: [expression: string, value: JsonValue][] = [
    ['null + 1', null],
    ['"a" + 1', null],
    ['10 / 0', null],
    ['x > 5', null],
    ['"1" = 1', null],
    ['true and null', null],
    ['false and null', false],
    ['not(null)', null],
    ['string(null)', null],
    ['sum([])', null],
    ['max([])', null],
    ['x = null', true],
    ['x != null', false],
    ['if null then 1 else 2', 2],
    ['[10,20,30][1]', 10],
    ['[10,20,30][-1]', 30],
    ['[10,20,30][0]', null],
    ['is defined(x)', false],
    ['is defined(order)', true],
    ['count([1,2,null])', 3],
    ['modulo(-5, 3)', 1],
    ['0.1 + 0.2', 0.3],
    ['0.1 + 0.2 = 0.3', true],
    ['0.3 / 0.1', 3],
    ['1.1 * 1.1', 1.21],
    ['1 / 3', 1 / 3],
    ['1.0', 1],
    ['1 + 2 * 3 - 4', 3],
    ['-5 + 3', -2],
    ['2 ** 3', 8],
    ['0 * -1', 0],
    ['decimal(1.115, 2)', 1.12],
    ['string({a: 1})', '{a:1}'],
    ['string([1, "a"])', '[1, "a"]'],
    ['string length("😀")', 2],
    ['time("10:00:00")', '10:00'],
    ['time("10:00:05")', '10:00:05'],
    ['date("2024-01-31") + duration("P1M")', '2024-02-29'],
    ['date("2020-01-02") - date("2020-01-01")', 'P1D'],
    ['date and time("2020-01-01T00:00:00Z") + duration("PT90M")', '2020-01-01T01:30:00Z'],
    ['date("2020-01-02") > date("2020-01-01")', true],
    ['{due: @"2020-01-02"}', { due: '2020-01-02' }],
    ['{a: 1, b: a + 1}', { a: 1, b: 2 }],
    ['1 > "a"', null],
    ['"a" < "b"', true],
    ['[1,2] = [1,2]', true],
    ['order.total > 100 and order.kind = "angry"', true],
    ['order.items[price > 1].sku', ['b']],
    ['order.items[sku = "a"].price', [1]],
    ['some item in order.items satisfies item.price = 2', true],
    ['for n in 1..3 return n * 2', [2, 4, 6]],
    ['5 in (> 3)', true],
    ['`first name` + "!"', 'Ada!'],
    ['get or else(x, 3)', 3],
    ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
    ['get value({a: {b: 1}}, ["a", "b"])', 1],
    ['string join(["a", "b"], ",")', 'a,b'],
    ['split("a,b", ",")', ['a', 'b']],
    ['trim("  a ")', 'a'],
    ['is blank("  ")', true],
    ['partition([1,2,3], 2)', [[1, 2], [3]]],
    ['extract("a1b22", "[0-9]+")', ['1', '22']],
    ['fromAi(order.total, "the total", "number")', 120],
    ['now', 'tomorrow'],
    ['count(count)', 2],
    ['{double: function(n) n * 2, twice: double(4)}.twice', 8],
    ['größe + 1', 3],
  ];
  test.each(table)('%s', (expression, value) => {
    expect(
      evaluate(expression, { order, 'first name': 'Ada', now: 'tomorrow', count: [1, 2], größe: 2 }).value,
    ).toEqual(value);
  });
});

test('The clock is the one passed in', () => {
  expect(evaluate('now()').value).toBe('2024-02-29T12:30:00Z');
  expect(evaluate('today()').value).toBe('2024-02-29');
});

test('Chance is passed in too, and without it there is none', () => {
  const loaded = createFeel({ random: () => 0.25, uuid: () => 'an-id' });
  const parsed = loaded.parse('=[random number(), uuid()]');
  expect(parsed.ok && loaded.evaluate(parsed.value, {}, noon)).toMatchObject({
    value: { value: [0.25, 'an-id'] },
  });
  expect(evaluate('uuid()').value).toBeNull();
});

test('Warnings say why a condition is null, in the real broker’s words and order', () => {
  expect(evaluate('x < 5')).toEqual({
    value: null,
    warnings: [
      { code: 'NO_VARIABLE_FOUND', message: "No variable found with name 'x'" },
      { code: 'NOT_COMPARABLE', message: "Can't compare 'null' with '5'" },
    ],
  });
});

test('A missing variable that is never looked at gives no warning', () => {
  expect(evaluate('if true then 1 else x')).toEqual({ value: 1, warnings: [] });
});

test('Warnings belong to one evaluation only', () => {
  const parsed = feel.parse('=x');
  if (!parsed.ok) throw new Error('does not parse');
  feel.evaluate(parsed.value, {}, noon);
  expect(feel.evaluate(parsed.value, { x: 1 }, noon)).toEqual({
    ok: true,
    value: { value: 1, warnings: [] },
  });
});

test('The scope is asked only for the names that the expression uses', () => {
  const asked: string[] = [];
  const parsed = feel.parse('=if a.b > 1 then count(c) else {d: 1}.d');
  if (!parsed.ok) throw new Error('does not parse');
  const scope = {
    get(name: string) {
      asked.push(name);
      return name === 'c' ? [1] : { b: 2 };
    },
  };
  expect(feel.evaluate(parsed.value, scope, noon)).toMatchObject({ value: { value: 1 } });
  expect(asked.toSorted()).toEqual(['a', 'c']);
});

test('Names of JavaScript are no variables', () => {
  expect(evaluate('constructor').value).toBeNull();
  expect(evaluate('toString').value).toBeNull();
  expect(evaluate('a.constructor', { a: {} }).value).toBeNull();
});

test('Text without "=" is taken as it is', () => {
  expect(feel.parse('2 > 1')).toEqual({ ok: true, value: { kind: 'static', text: '2 > 1', value: '2 > 1' } });
});

test('A failed assertion is a failure, not null', () => {
  const parsed = feel.parse('=assert(x, x != null)');
  expect(parsed.ok && feel.evaluate(parsed.value, {}, noon)).toMatchObject({
    ok: false,
    failure: {
      message:
        "Assertion failure on evaluate the expression 'assert(x, x != null)': The condition is not fulfilled",
    },
  });
});

describe('A syntax fault says what was expected, where', () => {
  const table: [expression: string, message: string, offset: number, length: number][] = [
    ['', 'Expected an expression, but found the end of the text', 0, 0],
    ['a +', "Expected an operand in 'a +', but found the end of the text", 3, 0],
    ['x >', "Expected a value to compare with in 'x >', but found the end of the text", 3, 0],
    ['1e3', "Expected an operator or the end in '1e3', but found 'e3'", 1, 2],
    ['foo bar', "Expected an operator or the end in 'foo bar', but found 'bar'", 4, 3],
    ['f(1,', "Expected an argument in 'f(1,', but found the end of the text", 4, 0],
    ['a.b c', "Expected an operator or the end in 'a.b c', but found 'c'", 4, 1],
    ['1 2', "Expected an operator or the end in '1 2', but found '2'", 2, 1],
    ['a == 1', "Expected a value to compare with in 'a ==', but found '='", 3, 1],
    ['(1', `Expected ")" in '(1', but found the end of the text`, 2, 0],
    ['[1,2', `Expected "]" in '[1,2', but found the end of the text`, 4, 0],
    ['a and (b + )', "Expected an operand in 'b + )', but found ')'", 11, 1],
  ];
  test.each(table)('%s', (expression, message, offset, length) => {
    expect(feel.parse(`=${expression}`)).toEqual({ ok: false, failure: { message, offset, length } });
  });

  test('too deep a nesting is refused, not thrown', () => {
    expect(feel.parse(`=${'('.repeat(20_000)}1${')'.repeat(20_000)}`).ok).toBe(false);
  });
});

const pieces = fc.constantFrom(
  ...[
    'a',
    'b.c',
    '1',
    '"x"',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ' + ',
    ' - ',
    '*',
    ' = ',
    '<',
    ' and ',
    'if ',
    ' then ',
    ' else ',
  ],
  ...[
    'for x in ',
    ' return ',
    '..',
    ',',
    ':',
    'not(',
    'count(',
    'date(',
    '@"2020-01-01"',
    'duration("P1D")',
    'null',
    'true',
  ],
  ...['function(x) ', 'some x in ', ' satisfies ', ' in ', ' between ', '`a b`', '//', '\n', 'now()'],
);

test('Whatever is written, it is refused with a place in the text or it evaluates; nothing is thrown', () => {
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 14 }).map((some) => some.join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(text, (written) => {
      const parsed = feel.parse(`=${written}`);
      if (parsed.ok) {
        feel.evaluate(parsed.value, { a: [1, 2, 'x'], b: { c: 3 } }, noon);
        return;
      }
      const { message, offset, length } = parsed.failure;
      expect(message).toMatch(/^Expected .+, but found /s);
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset + length).toBeLessThanOrEqual(written.length);
    }),
    { numRuns: 2000 },
  );
});

describe('Unary tests ask of a value what a rule says', () => {
  test.each([
    ['-', 1, true],
    ['1', 1, true],
    ['1', '1', false],
    ['"a", "b"', 'b', true],
    ['not("a")', 'a', false],
    ['[1..5]', 5, true],
    ['(1..5)', 5, false],
    ['< limit', 3, true],
    ['? > 3', 4, true],
  ])('%s of %j', (tests, value, expected) => {
    const parsed = feel.parseUnaryTests(tests);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const scope = new Map<string, unknown>([
      ['?', value],
      ['limit', 4],
    ]);
    expect(feel.evaluateValue(parsed.value, scope, noon)).toEqual({ ok: true, value: expected });
  });

  test('refuses what is no test', () => {
    expect(feel.parseUnaryTests('> >').ok).toBe(false);
  });
});

test('What one expression gives goes unchanged into the next: dates, functions', () => {
  const value = (text: string, scope: ReadonlyMap<string, unknown> = new Map()) => {
    const parsed = feel.parse(`=${text}`);
    if (!parsed.ok || parsed.value.kind === 'static') throw new Error(`Expected '${text}' to be FEEL`);
    const result = feel.evaluateValue(parsed.value, scope, noon);
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  };
  const day = value('date("2020-01-31")');
  const later = value('day + duration("P1D")', new Map([['day', day]]));
  expect(feel.values.toJson(later)).toBe('2020-02-01');
  const twice = feel.values.function(['x'], ([x]) => Number(x) * 2);
  expect(value('twice(4)', new Map([['twice', twice]]))).toBe(8);
});

describe('What fromAi asks for is known before anything runs', () => {
  const asked = (text: string) => {
    const parsed = feel.parse(`=${text}`);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    return feel.aiParameters(parsed.value);
  };

  test('from every call, by position or by name', () => {
    expect(
      asked(
        '{a: fromAi(toolCall.a), b: [fromAi(value: toolCall.b, type: "number"), fromAi(toolCall.c, "d", "string", {enum: [1, "x"]}, {required: false})]}',
      ),
    ).toEqual({
      ok: true,
      value: [
        { name: 'toolCall.a' },
        { name: 'toolCall.b', type: 'number' },
        {
          name: 'toolCall.c',
          description: 'd',
          type: 'string',
          schema: { enum: [1, 'x'] },
          options: { required: false },
        },
      ],
    });
  });

  test.each([
    ['fromAi(toolCall.x, 1)', "Expected fromAi() parameter 'description' to be a string, but received '1'."],
    [
      'fromAi(toolCall.x, "d", "t", "s")',
      "Expected fromAi() parameter 'schema' to be a context (map), but received 's'.",
    ],
    [
      'fromAi("x")',
      "Expected fromAi() parameter 'value' to be a reference (e.g. 'toolCall.customParameter'), but received string 'x'.",
    ],
    [
      'fromAi(toolCall.x, "d", "t", {a: b})',
      'Unsupported expression value in fromAi() function invocation: Ref',
    ],
  ])('%s is refused in the words of the real engine', (text, failure) => {
    expect(asked(text)).toEqual({ ok: false, failure });
  });
});

describe('What an expression reads is known before anything runs', () => {
  test.each([
    ['x > 1 and y < 5', ['x', 'y']],
    ['order.total > limit', ['order', 'limit']],
    ['count(items[price > most]) > 1', ['items', 'price', 'most']],
    ['items[item > 1]', ['items']],
    ['some i in items satisfies i > least', ['items', 'least']],
    ['for i in 1..n return i + sum(partial)', ['n']],
    ['{a: x, b: a + 1}.b', ['x']],
    ['{f: function(a) a + y, b: f(z)}.b', ['y', 'z']],
    ['if x then y else "z"', ['x', 'y']],
    ['contains(string: name, match: "x")', ['name']],
    ['x in [1..most]', ['x', 'most']],
  ])('%s', (text, names) => {
    const parsed = feel.parse(`=${text}`);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    expect(feel.references(parsed.value).sort()).toEqual([...names].sort());
  });
});

describe('No expression holds up the broker', () => {
  test.each([
    'for a in 1..100000, b in 1..100000 return a',
    'count(for x in 1..1000000000 return x)',
    'count(for x in 1..1000000 return x / 7)',
    'count(for x in 1..1000000 return 1.0000001 ** x)',
    'count(for x in 1..1000000 return date("2024-01-01") + duration("P1D"))',
    `count(for x in 1..1000000 return ${Array.from({ length: 200 }, () => 'x').join(' + ')})`,
    `(for x in 1..1000000 return x)[${Array.from({ length: 200 }, () => 'item').join(' + ')} > 0]`,
    `some x in 1..1000000 satisfies ${Array.from({ length: 200 }, () => 'x').join(' + ')} < 0`,
    '{d: function(s) s + s, r: d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d(d("0123456789abcdef"))))))))))))))))))))))))}.r',
  ])('%s ends with a failure that says so', (text) => {
    const parsed = feel.parse(`=${text}`);
    expect(parsed.ok && feel.evaluate(parsed.value, {}, noon)).toMatchObject({
      ok: false,
      failure: { message: expect.stringMatching(/Expected at most \d+ steps/) },
    });
  });

  test.each([
    ['sum(for x in 1..100000 return x * 1.1)', 5_500_055_000],
    ['count(for a in 1..1000, b in 1..1000 return a * b + a - b)', 1_000_000],
    ['count((for x in 1..1000000 return x)[item > 999990])', 10],
  ])('what a process may well ask is answered: %s', (text, value) => {
    expect(evaluate(text).value).toBe(value);
  });

  test('a pattern that makes others backtrack for ever is answered', () => {
    expect(evaluate('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")').value).toBe(false);
  });
});
