import { describe, expect, it } from 'vitest';
import { readLenientJson } from './lenientJson.ts';

describe('documents that strict JSON refuses', () => {
  it.each([
    ['{"a":1} x', '{"a":1}'],
    ['{"a":1}{', '{"a":1}'],
    [`{'a':'it\\'s "b"', "c": [true, null]}`, '{"a":"it\'s \\"b\\"","c":[true,null]}'],
    ['\ufeff{"a":1}', '{"a":1}'],
    ['  ', ''],
  ])('the real gateway takes: %s', (text, strict) => {
    expect(readLenientJson(text)).toEqual({ strict });
    if (strict) JSON.parse(strict);
  });

  it.each([
    ['{a', 2],
    ['{"a":1,}', 8],
    ['{"a":NaN}', 9],
    ['{"a":01}', 7],
    ['{"a":"\u0001"}', 7],
    ['// c\n{"a":1}', 1],
    ['nul', 4],
    ['{"a":.5}', 6],
    ['{"a":+5}', 7],
    ['{"a":"\\x"}', 8],
    ['{a:1}', 2],
    ['{"a"', 5],
    ['undefined', 10],
    ['-', 2],
    ['{"a":1/*c*/}', 7],
  ])('has a fault where the real gateway finds it: %s', (text, column) => {
    expect(readLenientJson(text)).toEqual({ line: 1, column });
  });

  it('does not follow a document that is nested without end', () => {
    expect(readLenientJson(`${'['.repeat(100_000)} x`)).toMatchObject({ line: 1 });
  });
});
