import { expect, it } from 'vitest';
import { pathKey } from './contentPath.ts';
import { readJson } from './jsonText.ts';

const text = `{
  "description": "What",
  "responseSchema": {
    "properties": { "a/b": { "enum": ["x",
      "y"] } }
  }
}`;

it('remembers on which lines every part stands', () => {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(reading.failure.message);
  const { value, places } = reading.value;

  expect(value).toEqual(JSON.parse(text));
  expect(places.get('/description')).toEqual({ line: 2, column: 3, endLine: 2 });
  expect(places.get(pathKey(['responseSchema', 'properties', 'a/b']))).toEqual({
    line: 4,
    column: 21,
    endLine: 5,
  });
  expect(places.get('/responseSchema/properties/a~1b/enum/1')).toMatchObject({ line: 5, column: 7 });
});

it.each([
  ['{\n  "a": 1\n  "b": 2 }', 3, 'Expected a comma or }, but found "\\"".'],
  ['{ "a": 1, }', 1, 'Expected a name in quotes, but found "}".'],
  ['{ "a" 1 }', 1, 'Expected a colon after "a", but found "1".'],
  ['{ "a": tru }', 1, 'Expected a value, but found "t".'],
  ['[1, 2', 1, 'Expected a comma or ], but the text ends.'],
  ['{}\n\n x', 3, 'Expected the end, but found "x".'],
  ['{ "a": "open }', 1, 'Expected a text to end with ", but it goes on or has a wrong escape.'],
  ['{ "a": 1,\n "a": 2 }', 2, 'Expected each name once, but "a" is there twice.'],
  ['', 1, 'Expected a value, but the text ends.'],
])('says what was expected where: %j', (broken, line, message) => {
  expect(readJson(broken)).toMatchObject({ ok: false, failure: { line, message } });
});

it('refuses what is nested without end instead of running out of stack', () => {
  expect(readJson('['.repeat(100_000))).toMatchObject({
    ok: false,
    failure: { message: 'Expected at most 200 levels, but there are more.' },
  });
});

it('reads names that objects have by themselves', () => {
  const reading = readJson('{ "__proto__": 1, "constructor": 2 }');
  expect(reading.ok && Object.keys(reading.value.value as object)).toEqual(['__proto__', 'constructor']);
});
