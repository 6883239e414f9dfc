import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { exchangeOf } from '../test/exchange.ts';
import { precondition } from './precondition.ts';

const row = { errors: ['VERSION_CONFLICT', 'IF_MATCH_REQUIRED'] as const };

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

it('takes it where a row may conflict, but does not ask', async () => {
  const optional = { errors: ['VERSION_CONFLICT'] as const };
  const exchange = exchangeOf(optional, { headers: { 'If-Match': '"abc"' } });
  expect([await precondition(exchange), exchange.ifMatch]).toEqual([ok(), 'abc']);
  expect(await precondition(exchangeOf(optional))).toEqual(ok());
});
