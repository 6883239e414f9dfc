import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { createTokenVerifier } from './verifyToken.ts';

const { publicKey, privateKey } = await generateKeyPair('ES256');
const issuer = 'https://id.example/realms/baton';

function setUp() {
  let asked = 0;
  let now = 1_000_000_000_000;
  const verify = createTokenVerifier({
    issuer,
    audience: 'baton-api',
    tenantClaim: 'org',
    keys: () => {
      asked++;
      return publicKey;
    },
    now: () => now,
  });
  const sign = (claims: JWTPayload, header: { alg: string } = { alg: 'ES256' }) =>
    new SignJWT(claims)
      .setProtectedHeader(header)
      .setIssuer(issuer)
      .setAudience(['account', 'baton-api'])
      .setSubject('dana')
      .setExpirationTime(now / 1000 + 60)
      .sign(privateKey);
  return { verify, sign, asked: () => asked, advance: (ms: number) => (now += ms), now };
}

it('reads user, tenant and the roles it knows out of a token', async () => {
  const { verify, sign, now } = setUp();
  const token = await sign({
    org: ['acme'],
    preferred_username: 'dana',
    name: 'Dana Reyes',
    realm_access: { roles: ['designer', 'offline_access', 7] },
  });
  expect(await verify(token)).toEqual({
    ok: true,
    value: {
      kind: 'user',
      userId: 'dana',
      username: 'dana',
      name: 'Dana Reyes',
      tenantId: 'acme',
      roles: ['designer'],
      issuedAt: 0,
      expiresAt: now + 60_000,
    },
  });
});

it('checks a signature once, and the end of the token every time', async () => {
  const { verify, sign, asked, advance } = setUp();
  const token = await sign({ org: 'acme' });
  await verify(token);
  await verify(token);
  expect(asked()).toBe(1);
  advance(61_000);
  expect(await verify(token)).toMatchObject({ failure: { code: 'TOKEN_EXPIRED' } });
  expect(await verify(token)).toMatchObject({ failure: { code: 'TOKEN_EXPIRED' } });
});

it.each([
  ['no tenant', {}],
  ['two tenants', { org: ['acme', 'globex'] }],
  ['an empty tenant', { org: '' }],
  ['a tenant that is no text', { org: 7 }],
])('refuses a token with %s', async (_, claims) => {
  const { verify, sign } = setUp();
  expect(await verify(await sign(claims as JWTPayload))).toMatchObject({
    failure: { code: 'TOKEN_INVALID' },
  });
});

it('refuses a token without a signature', async () => {
  const { verify } = setUp();
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'none' })}.${part({ iss: issuer, aud: 'baton-api', sub: 'x', org: 'acme', exp: 9e9 })}.`;
  expect(await verify(unsigned)).toMatchObject({ failure: { code: 'TOKEN_INVALID' } });
});
