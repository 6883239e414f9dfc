import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { exchangeOf } from '../test/exchange.ts';
import { precondition } from './precondition.ts';

const row = { errors: ['IF_MATCH_REQUIRED'] as const };

it.each([
  ['"abc"', 'abc'],
  ['abc', 'abc'],
  ['*', '*'],
])('reads the hash out of %s', async (header, hash) => {
  const exchange = exchangeOf(row, { headers: { 'If-Match': header } });
  expect(await precondition(exchange)).toEqual(ok());
  expect(exchange.ifMatch).toBe(hash);
});

it('asks for it where the row says so, and only there', async () => {
  expect(await precondition(exchangeOf(row))).toMatchObject({ failure: { code: 'IF_MATCH_REQUIRED' } });
  expect(await precondition(exchangeOf({}))).toEqual(ok());
});
