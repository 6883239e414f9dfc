import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { Principal } from '../auth/principal.ts';
import { exchangeOf } from '../test/exchange.ts';
import { tenant } from './tenant.ts';

const ofAcme = { tenantId: 'acme' } as Principal;

it.each([[{}], [{ 'X-Tenant': 'acme' }]])('takes the tenant of the token (%o)', async (headers) => {
  const exchange = { ...exchangeOf({}, { headers }), principal: ofAcme };
  expect(await tenant(exchange)).toEqual(ok());
  expect(exchange).toMatchObject({ tenantId: 'acme' });
});

it('refuses a header that names another', async () => {
  const exchange = { ...exchangeOf({}, { headers: { 'X-Tenant': 'globex' } }), principal: ofAcme };
  expect(await tenant(exchange)).toMatchObject({ failure: { code: 'TENANT_MISMATCH' } });
  expect(exchange).not.toHaveProperty('tenantId');
});
