import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJson, writeJson } from './json.ts';

it('keeps the digits of integers that 64 bits hold', () => {
  const text =
    '{"a":9007199254740993,"b":[-9223372036854775808,1.5,"12345678901234567"],"c":9223372036854775807}';
  expect(writeJson(readJson(text))).toBe(text);
});

it('reads and writes anything else as JSON does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(writeJson(readJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

it('tells a fault as JSON does', () => {
  expect(() => readJson('{"a": 12345678901234567890')).toThrow(SyntaxError);
});
