import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { Principal } from '../auth/principal.ts';
import { refuse } from '../refusal.ts';
import { exchangeOf } from '../test/exchange.ts';
import { authenticate } from './authenticate.ts';

const somebody: Principal = {
  kind: 'user',
  userId: 'u',
  username: 'dana',
  name: 'Dana',
  tenantId: 'acme',
  roles: ['viewer'],
  issuedAt: 0,
  expiresAt: 1,
};
const program: Principal = { ...somebody, kind: 'key', userId: 'k', roles: [], scopes: ['tools:read'] };
const stage = authenticate(
  async (token) => (token === 'good' ? ok(somebody) : refuse('TOKEN_INVALID', token)),
  async (key) => (key === 'bk_good' ? ok(program) : refuse('API_KEY_INVALID', key)),
);

it('knows who asks by the bearer token, whatever the case of the scheme', async () => {
  const exchange = exchangeOf({}, { headers: { Authorization: 'bearer good' } });
  expect(await stage(exchange)).toEqual(ok());
  expect(exchange.principal).toBe(somebody);
});

it('knows a program by its key', async () => {
  const exchange = exchangeOf({}, { headers: { 'X-API-KEY': 'bk_good' } });
  expect(await stage(exchange)).toEqual(ok());
  expect(exchange.principal).toBe(program);
});

it('does not guess which of two was meant', async () => {
  const headers = { 'X-API-KEY': 'bk_good', Authorization: 'Bearer good' };
  const exchange = exchangeOf({}, { headers });
  expect(await stage(exchange)).toMatchObject({ failure: { code: 'CREDENTIALS_AMBIGUOUS' } });
  expect(exchange.principal).toBeUndefined();
});

it('asks nobody on a public row', async () => {
  const exchange = exchangeOf({ permission: 'public' }, { headers: { Authorization: 'Bearer bad' } });
  expect(await stage(exchange)).toEqual(ok());
  expect(exchange.principal).toBeUndefined();
});

it.each([
  ['no header', {}, 'UNAUTHENTICATED'],
  ['another scheme', { Authorization: 'Basic good' }, 'TOKEN_INVALID'],
  ['a key that is refused', { 'X-API-KEY': 'bad' }, 'API_KEY_INVALID'],
  ['a token that is refused', { Authorization: 'Bearer bad' }, 'TOKEN_INVALID'],
])('answers %s with a challenge', async (_, headers, code) => {
  expect(await stage(exchangeOf({}, { headers }))).toMatchObject({
    failure: { code, headers: { 'WWW-Authenticate': 'Bearer' } },
  });
});
