import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';
import { exportJWK, exportSPKI, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorBody } from '../api/index.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
let signing: JWK;
let good: string;

beforeAll(async () => {
  running = await startGateway();
  const keys = (await running.store.settings.get('embedded-issuer-keys')) as { signing: JWK[] };
  signing = keys.signing[0]!;
  good = await (await tokenMaker(running.store, running.gateway.issuer))({ roles: ['admin'] });
});
afterAll(() => running.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const claims = (over: object = {}) => ({
  iss: running.gateway.issuer,
  aud: 'baton-api',
  sub: 'somebody',
  iat: seconds(),
  exp: seconds() + 300,
  tenant: 'acme',
  preferred_username: 'admin',
  realm_access: { roles: ['admin'] },
  ...over,
});
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const unsigned = (header: object, payload: object) => `${encoded(header)}.${encoded(payload)}`;
async function signed(
  over: object,
  header: object = {},
  key: Parameters<SignJWT['sign']>[0] | undefined = undefined,
) {
  return new SignJWT(claims(over))
    .setProtectedHeader({ alg: 'RS256', kid: signing.kid!, ...header })
    .sign(key ?? (await importJWK(signing, 'RS256')));
}
const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = () => exportSPKI(createPublicKey({ key: signing as never, format: 'jwk' }) as never);

const forgeries: [string, () => string | Promise<string>, string][] = [
  ['signed by a stranger under our key’s name', () => signed({}, {}, strangers.privateKey), 'TOKEN_INVALID'],
  [
    'that brings its own key',
    async () => signed({}, { kid: 'mine', jwk: await exportJWK(strangers.publicKey) }, strangers.privateKey),
    'TOKEN_INVALID',
  ],
  [
    'that says where its key is',
    () => signed({}, { kid: 'mine', jku: 'https://elsewhere.example/keys' }, strangers.privateKey),
    'TOKEN_INVALID',
  ],
  ['without a signature', () => `${unsigned({ alg: 'none' }, claims())}.`, 'TOKEN_INVALID'],
  ['with the algorithm nOnE', () => `${unsigned({ alg: 'nOnE' }, claims())}.`, 'TOKEN_INVALID'],
  [
    'with our public key taken for a shared secret',
    async () => {
      const text = unsigned({ alg: 'HS256', kid: signing.kid }, claims());
      return `${text}.${createHmac('sha256', await publicPem())
        .update(text)
        .digest('base64url')}`;
    },
    'TOKEN_INVALID',
  ],
  [
    'whose claims were changed',
    () => {
      const [header, , signature] = good.split('.');
      return `${header}.${encoded(claims({ tenant: 'globex' }))}.${signature}`;
    },
    'TOKEN_INVALID',
  ],
  ['whose signature was cut off', () => good.slice(0, good.lastIndexOf('.') + 1), 'TOKEN_INVALID'],
  ['that has expired', () => signed({ exp: seconds() - 1 }), 'TOKEN_EXPIRED'],
  ['that never expires', () => signed({ exp: undefined }), 'TOKEN_INVALID'],
  ['that is not valid yet', () => signed({ nbf: seconds() + 3600 }), 'TOKEN_INVALID'],
  ['for another audience', () => signed({ aud: 'account' }), 'TOKEN_INVALID'],
  ['for no audience', () => signed({ aud: undefined }), 'TOKEN_INVALID'],
  ['of another issuer', () => signed({ iss: 'https://elsewhere.example' }), 'TOKEN_INVALID'],
  ['of an issuer that looks like ours', () => signed({ iss: `${running.gateway.issuer}/` }), 'TOKEN_INVALID'],
  ['of nobody', () => signed({ sub: undefined }), 'TOKEN_INVALID'],
  ['without a tenant', () => signed({ tenant: undefined }), 'TOKEN_INVALID'],
  ['of two tenants', () => signed({ tenant: ['acme', 'globex'] }), 'TOKEN_INVALID'],
  ['with an operator for a tenant', () => signed({ tenant: { $gt: '' } }), 'TENANT_UNKNOWN'],
  [
    'with critical extensions',
    () => `${encoded({ alg: 'RS256', crit: ['x'], x: 1 })}.e30.AA`,
    'TOKEN_INVALID',
  ],
  ['that is no token', () => 'abc', 'TOKEN_INVALID'],
];

it('a token as the issuer makes it is let in', async () => {
  expect((await ask(await signed({}))).status).toBe(200);
});

it.each(forgeries)('a token %s is not', async (_, forge, code) => {
  const response = await ask(await forge());
  const { error_code, message } = errorBody.strict().parse(await response.json());
  expect([response.status, error_code]).toEqual([code === 'TENANT_UNKNOWN' ? 403 : 401, code]);
  if (response.status === 401) expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(message).toMatch(/^Expected .+, but /);
});

function ask(token: string) {
  return fetch(`${running.url}/api/workflows`, { headers: { authorization: `Bearer ${token}` } });
}
