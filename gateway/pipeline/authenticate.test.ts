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
const stage = authenticate(async (token) =>
  token === 'good' ? ok(somebody) : refuse('TOKEN_INVALID', token),
);

it('knows who asks by the bearer token, whatever the case of the scheme', async () => {
  const exchange = exchangeOf({}, { headers: { Authorization: 'bearer good' } });
  expect(await stage(exchange)).toEqual(ok());
  expect(exchange.principal).toBe(somebody);
});

it('asks nobody on a public row', async () => {
  const exchange = exchangeOf({ permission: 'public' }, { headers: { Authorization: 'Bearer bad' } });
  expect(await stage(exchange)).toEqual(ok());
  expect(exchange.principal).toBeUndefined();
});

it.each([
  ['no header', {}, 'UNAUTHENTICATED'],
  ['another scheme', { Authorization: 'Basic good' }, 'TOKEN_INVALID'],
  ['a token that is refused', { Authorization: 'Bearer bad' }, 'TOKEN_INVALID'],
])('answers %s with a challenge', async (_, headers, code) => {
  expect(await stage(exchangeOf({}, { headers }))).toMatchObject({
    failure: { code, headers: { 'WWW-Authenticate': 'Bearer' } },
  });
});
