import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { exchangeOf } from '../test/exchange.ts';
import { jsonBody } from './jsonBody.ts';

const read = async (body: string | Buffer[], headers: Record<string, string> = {}, limit = 100) => {
  const exchange = exchangeOf(
    { body: z.unknown() },
    { body, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers } },
  );
  return { result: await jsonBody(limit)(exchange), body: exchange.body };
};

it('reads a body that comes in pieces, cut through a character', async () => {
  const bytes = Buffer.from('{"name":"ü"}');
  const { body } = await read([bytes.subarray(0, 10), bytes.subarray(10)]);
  expect(body).toEqual({ name: 'ü' });
});

it.each([
  ['{', {}, 'BODY_INVALID_JSON'],
  ['"'.padEnd(101, 'x'), {}, 'BODY_TOO_LARGE'],
  ['1', { 'Content-Length': '101' }, 'BODY_TOO_LARGE'],
  ['1', { 'Content-Type': 'text/plain' }, 'UNSUPPORTED_MEDIA_TYPE'],
  ['1', { 'Content-Encoding': 'gzip' }, 'UNSUPPORTED_MEDIA_TYPE'],
  ['{"a":[{"__proto__":1}]}', {}, 'VALIDATION_FAILED'],
])('refuses %s with %o as %s', async (body, headers, code) => {
  const { result, body: taken } = await read(body, headers as Record<string, string>);
  expect(result).toMatchObject({ failure: { code } });
  expect(taken).toBeUndefined();
});

it('takes a variable that is called constructor', async () => {
  expect((await read('{"constructor":"Acme Building"}')).body).toEqual({ constructor: 'Acme Building' });
});

it('reads no body where the row has none', async () => {
  const exchange = exchangeOf({}, { body: '{' });
  expect(await jsonBody()(exchange)).toEqual(ok());
});
