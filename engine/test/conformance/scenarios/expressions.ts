import { bpmn, path, serviceTask, start } from '../../bpmn.ts';
import { activate, create, deploy, type Scenarios } from '../scenario.ts';
import { feelFaults, feelTable } from './feelTable.ts';

/** Shows what expressions are worth as the variables of a job. */
function shown(
  id: string,
  expressions: readonly string[],
  variables = {},
  quirks: readonly string[] = [],
): Scenarios[string] {
  const inputs = expressions.map((expression, index) => [`=${expression}`, `r${index}`] as const);
  return {
    covers: ['FEEL', ...quirks],
    steps: [
      deploy(bpmn(id, start(), serviceTask('a', { type: `${id}-a`, inputs }), path('start', 'a'))),
      create(id, variables),
      activate(`${id}-a`),
    ],
  };
}

const seen = { n: null, five: 5, half: 0.5, xs: [1, 2, 3], o: { a: 1, b: { c: 'x' } } };

const table = Object.fromEntries(
  Object.entries(feelTable).map(([subject, lines], index) => {
    const every = lines.split(/[|\n]/).filter((one) => one !== '');
    return [`FEEL table: ${subject}`, shown(`feelTable${index}`, every, seen)];
  }),
);

/** A job type that is no text tells in its incident what came of the expression, with all warnings. */
const faults = Object.fromEntries(
  feelFaults.map((expression, index) => {
    const id = `feelFault${index}`;
    const xml = bpmn(id, start(), serviceTask('a', { type: `={r: ${expression}}` }), path('start', 'a'));
    return [`FEEL fault: ${expression}`, { covers: ['FEEL'], steps: [deploy(xml), create(id, seen)] }];
  }),
);

export const expressions = {
  ...table,
  ...faults,
  'FEEL: null': shown('feelNull', [
    'null + 1',
    '"a" + 1',
    '10 / 0',
    'nothing > 5',
    '"1" = 1',
    'true and null',
    'false and null',
    'not(null)',
    'string(null)',
    'nothing = null',
    'if null then 1 else 2',
    'is defined(nothing)',
  ]),
  'FEEL: lists': shown(
    'feelLists',
    [
      'l[1]',
      'l[-1]',
      'l[0]',
      'l[9]',
      'count([1, 2, null])',
      'sum([])',
      'max([])',
      'l[item > 1]',
      'append(l, 4)',
      'concatenate(l, [9])',
      'some x in l satisfies x > 2',
      'every x in l satisfies x > 2',
      'for x in l return x * 2',
      'sort(l, function(a, b) a > b)',
      'flatten([[1], [[2]]])',
      'distinct values([1, 1, 2])',
      'list contains(l, 2)',
      'index of([1, 2, 1], 1)',
    ],
    { l: [1, 2, 3] },
  ),
  'FEEL: numbers': shown('feelNumbers', [
    'modulo(-5, 3)',
    '0.1 + 0.2',
    '1 / 3',
    'decimal(1.115, 2)',
    'floor(-1.5)',
    'ceiling(1.2)',
    'abs(-3)',
    '2 ** 3',
    'round half up(2.5, 0)',
    'sqrt(2)',
    'number("1.50")',
    'odd(3)',
    'min(1, 2, -3)',
    'mean([1, 2, 3])',
  ]),
  'FEEL: texts': shown(
    'feelTexts',
    [
      'upper case("abc")',
      'substring("hello", 2, 3)',
      'string length("a😀")',
      'contains("hello", "ell")',
      'starts with("hello", "he")',
      'split("a,b", ",")',
      'string join(["a", "b"], "-")',
      'trim("  a ")',
      'is blank("  ")',
      'replace("abc", "b", "x")',
      'matches("abc", "a.c")',
      'string([1, "a"])',
      'string({a: 1})',
      'extract("a1b2", "[0-9]")',
      'substring before("a-b", "-")',
    ],
    {},
    ['quirk 17'],
  ),
  'FEEL: objects': shown(
    'feelObjects',
    [
      'o.a',
      'o.missing',
      'get value(o, "a")',
      'context put(o, "b", 2)',
      'context merge(o, {c: 3})',
      'get entries({x: 1})',
      'get or else(nothing, 5)',
      '{a: 1, b: a + 1}',
      'o = {a: 1}',
      'get value(o, "missing")',
    ],
    { o: { a: 1 } },
  ),
  'FEEL: dates and times (quirk 13)': shown(
    'feelTimes',
    [
      'time("10:00:00")',
      'date("2024-01-31")',
      'date and time("2024-01-31T10:00:00Z")',
      'date and time("2024-01-31T00:00:00Z")',
      'date and time("2024-01-31T10:00:00@Europe/Berlin")',
      'date("2024-01-31") + duration("P1M")',
      'date("2024-03-01") - date("2024-02-01")',
      'date and time("2024-01-02T00:00:00Z") - date and time("2024-01-01T00:00:00Z")',
      'duration("PT90M")',
      'duration("P14M")',
      'date("2024-01-31").year',
      'day of week(date("2024-01-31"))',
      'date("2024-01-31") < date("2024-02-01")',
      '@"2024-01-31"',
    ],
    {},
    ['quirk 13'],
  ),
  'FEEL: choices': shown(
    'feelChoices',
    [
      'if x > 1 then "big" else "small"',
      'x in [1..5]',
      'x in (5, 6)',
      'x between 1 and 9',
      'x instance of number',
      'x instance of string',
      'not(x > 1)',
      'x = 5 or nothing',
      'x != 5',
    ],
    { x: 5 },
  ),
} satisfies Scenarios;
