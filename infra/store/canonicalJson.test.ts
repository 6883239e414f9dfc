import { expect, test } from 'vitest';
import { canonicalJson, jsonHash } from './canonicalJson.ts';

test('integers of 64 bits are told apart by their digits, and are numbers where a double holds them', () => {
  const beyond = 2n ** 53n + 1n;
  expect(jsonHash({ total: beyond })).not.toBe(jsonHash({ total: beyond - 1n }));
  expect(jsonHash({ total: beyond })).not.toBe(jsonHash({ total: Number(beyond) }));
  expect(canonicalJson({ total: 5n })).toBe(canonicalJson({ total: 5 }));
});
