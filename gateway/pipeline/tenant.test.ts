import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { Standing } from '../access/standing.ts';
import { tenantNames } from '../access/tenantNames.ts';
import type { Principal } from '../auth/principal.ts';
import { refuse } from '../refusal.ts';
import { exchangeOf } from '../test/exchange.ts';
import { tenant } from './tenant.ts';

const ofAcme = { tenantId: 'acme', roles: ['designer'] } as unknown as Principal;
const standing = (of: Standing['of']) => ({ of }) as Standing;
const stage = tenant(
  tenantNames(['baton.example']),
  standing(async (principal) => ok({ ...principal, roles: ['viewer'] })),
);

it.each([
  ['nothing else', {}],
  ['the header', { 'X-Tenant': 'acme' }],
  ['the address', { Host: 'acme.baton.example:8443' }],
  ['an address in other letters', { Host: 'ACME.Baton.example.' }],
  ['both', { Host: 'acme.baton.example', 'X-Tenant': 'acme' }],
  ['an address that is no tenant’s', { Host: 'baton.example' }],
  ['an address of somebody else', { Host: 'baton.example.elsewhere.test' }],
])('takes the tenant of the token, with which %s agrees, and the roles of now', async (_, headers) => {
  const exchange = { ...exchangeOf({}, { headers }), principal: ofAcme };
  expect(await stage(exchange)).toEqual(ok());
  expect(exchange).toMatchObject({ tenantId: 'acme', principal: { roles: ['viewer'] } });
});

it.each([
  ['a header', { 'X-Tenant': 'globex' }],
  ['an empty header', { 'X-Tenant': '' }],
  ['two headers', { 'X-Tenant': 'acme, globex' }],
  ['an address', { Host: 'globex.baton.example' }],
  ['an address further below', { Host: 'x.acme.baton.example' }],
  ['an address beside the right header', { Host: 'globex.baton.example', 'X-Tenant': 'acme' }],
  ['a header beside the right address', { Host: 'acme.baton.example', 'X-Tenant': 'globex' }],
])('refuses %s that names another', async (_, headers) => {
  const exchange = { ...exchangeOf({}, { headers }), principal: ofAcme };
  expect(await stage(exchange)).toMatchObject({ failure: { code: 'TENANT_MISMATCH' } });
  expect(exchange).not.toHaveProperty('tenantId');
});

it('refuses whoever does not stand in their tenant any more', async () => {
  const shutOut = tenant(
    tenantNames([]),
    standing(async () => refuse('MEMBER_REMOVED', 'gone')),
  );
  const exchange = { ...exchangeOf({}), principal: ofAcme };
  expect(await shutOut(exchange)).toMatchObject({ failure: { code: 'MEMBER_REMOVED' } });
  expect(exchange).not.toHaveProperty('tenantId');
});

it('asks nothing of nobody', async () => {
  expect(await stage(exchangeOf({}, { headers: { 'X-Tenant': 'globex' } }))).toEqual(ok());
});
