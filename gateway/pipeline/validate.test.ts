import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonObject } from '../api/index.ts';
import { exchangeOf } from '../test/exchange.ts';
import { validate } from './validate.ts';

const body = z.union([
  z.object({ key: z.string(), variables: jsonObject.default({}) }),
  z.object({ name: z.string().trim(), list: z.array(z.object({ a: z.number() })).optional() }),
]);
const check = async (given: unknown) => {
  const exchange = { ...exchangeOf({ body }), body: given };
  const result = await validate(exchange);
  return result.ok ? exchange.body : result.failure.details;
};

it('fills in defaults and converts', async () => {
  expect(await check({ key: 'k' })).toEqual({ key: 'k', variables: {} });
  expect(await check({ name: ' n ' })).toEqual({ name: 'n' });
  const exchange = {
    ...exchangeOf({ query: z.object({ limit: z.coerce.number() }) }),
    query: { limit: '5' },
  };
  expect(await validate(exchange)).toEqual(ok());
  expect(exchange.query).toEqual({ limit: 5 });
});

it('takes any name where the schema takes any', async () => {
  expect(await check({ key: 'k', variables: { deep: { er: [1] } } })).toMatchObject({
    variables: { deep: { er: [1] } },
  });
});

it.each([
  [{ key: 'k', other: 1 }, ['body', 'other']],
  [{ key: 'k', name: 'n' }, ['body', 'name']],
  [{ name: 'n', list: [{ a: 1 }, { a: 1, b: 2 }] }, ['body', 'list', '1', 'b']],
])('refuses what the schema does not name: %o', async (given, path) => {
  expect(await check(given)).toEqual({ issues: [{ path, message: 'Expected no such field' }] });
});

it('refuses a query to a row without one', async () => {
  const exchange = { ...exchangeOf({}), query: { color: 'red' } };
  expect(await validate(exchange)).toMatchObject({ failure: { code: 'VALIDATION_FAILED' } });
});
