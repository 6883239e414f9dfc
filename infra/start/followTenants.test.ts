import { openCoordination } from '@baton/infra/coordination';
import type { Tenant, TenantStore } from '@baton/infra/store';
import { expect, it } from 'vitest';
import { followTenants } from './followTenants.ts';

async function setUp() {
  const stored = new Map<string, Tenant['status']>([['acme', 'active']]);
  const seen: string[] = [];
  const { notices } = await openCoordination({
    redisUrl: undefined,
    now: () => 0,
    after: () => () => {},
    newId: () => '1',
  });
  const failures: unknown[] = [];
  const followed = await followTenants({
    tenants: {
      all: async () => [...stored].map(([id, status]) => ({ id, status })),
    } as unknown as TenantStore,
    notices,
    begin: async (tenantId) => {
      if (tenantId === 'broken') throw new Error('no workers');
      seen.push(`begin ${tenantId}`);
      return async (grace) => void seen.push(`end ${tenantId} within ${grace}`);
    },
    failed: (error) => failures.push(error),
  });
  return {
    stored,
    seen,
    failures,
    followed,
    async change(tenantId: string, status: Tenant['status'] | undefined) {
      if (status) stored.set(tenantId, status);
      else stored.delete(tenantId);
      await notices.publish({ kind: 'tenant', tenantId });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('works for a tenant from the moment it is made, and not while it is suspended', async () => {
  const { seen, followed, change } = await setUp();
  await change('initech', 'active');
  await change('acme', 'suspended');
  await change('acme', 'active');
  await change('initech', undefined);
  await followed.close(2_000);
  expect(seen).toEqual([
    'begin acme',
    'begin initech',
    'end acme within 0',
    'begin acme',
    'end initech within 0',
    'end acme within 2000',
  ]);
});

it('goes on with the others when one cannot begin, and tries that one again', async () => {
  const { seen, failures, followed, change } = await setUp();
  await change('broken', 'active');
  expect(failures).toHaveLength(1);
  await change('initech', 'active');
  expect(failures).toHaveLength(2);
  expect(seen).toEqual(['begin acme', 'begin initech']);
  await followed.close(0);
});
