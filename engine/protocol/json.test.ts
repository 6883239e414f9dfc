import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdsTooLong, readJson, writeJson } from './json.ts';

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

it('reads what no double holds as the text it becomes', () => {
  expect(readJson('{"a": 1e400, "b": [-1E+400], "c": "1e400", "d": 1e-400}')).toEqual({
    a: 'Infinity',
    b: ['-Infinity'],
    c: '1e400',
    d: 0,
  });
});

it('finds integers beyond 64 bits outside of texts', () => {
  const tooLong = ['18446744073709551616', '-9223372036854775809'];
  const fits = [
    '18446744073709551615',
    '-9223372036854775808',
    '18446744073709551616.5',
    '"18446744073709551616"',
  ];
  expect(tooLong.map((number) => holdsTooLong(`{"a": [${number}]}`))).toEqual([true, true]);
  expect(fits.map((number) => holdsTooLong(`{"a": [${number}]}`))).toEqual(fits.map(() => false));
});

it('tells a fault as JSON does', () => {
  expect(() => readJson('{"a": 12345678901234567890')).toThrow(SyntaxError);
});
