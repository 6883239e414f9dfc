import { memberRoutes, sessionRoutes, tenantsRoutes } from '@baton/gateway/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateways, openGateways, type Server } from '../load/gateways.ts';
import { hasRedis, type RealRedis, startRealRedis } from './redis.ts';

describe.skipIf(!hasRedis())('two gateway processes with Redis between them (redis-server)', () => {
  let redis: RealRedis;
  let gateways: Gateways;
  let pair: Server[];

  beforeAll(async () => {
    redis = await startRealRedis();
    gateways = await openGateways();
    for (const id of ['acme', 'globex'])
      await gateways.store.tenants.create({ id, name: id, at: new Date(0) });
    pair = [await gateways.start(redis.url, 1_000_000), await gateways.start(redis.url, 1_000_000)];
  });
  afterAll(async () => {
    await gateways?.dispose();
    await redis?.stop();
  });

  const ask = async (
    gateway: number,
    token: string,
    { method, path }: { method: string; path: string },
    { id = '', body }: { id?: string; body?: object } = {},
  ) => {
    const answer = await fetch(`http://127.0.0.1:${pair[gateway]!.port}/api${path.replace(':id', id)}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const document = text === '' ? {} : (JSON.parse(text) as { error_code?: string; roles?: string[] });
    return { status: answer.status, code: document.error_code, roles: document.roles };
  };
  /** ms from the answer of one gateway until the other one acts on it. */
  async function until(seen: () => Promise<boolean>): Promise<number> {
    const since = performance.now();
    while (!(await seen())) if (performance.now() - since > 5_000) throw new Error('Expected it to be seen');
    return performance.now() - since;
  }

  it('a role given and taken at one is in force at the other', async () => {
    const admin = await gateways.token({ tenant: 'acme', sub: 'sam', roles: ['admin'] });
    const dana = await gateways.token({ tenant: 'acme', sub: 'dana', roles: ['designer'] });
    const roles = async () => (await ask(1, dana, sessionRoutes.me)).roles?.join();
    expect(await roles()).toBe('designer');
    const delays: number[] = [];
    for (const role of ['viewer', 'author', 'operator', 'viewer', 'designer']) {
      const given = await ask(0, admin, memberRoutes.setMemberRoles, { id: 'dana', body: { roles: [role] } });
      expect(given.status).toBe(200);
      delays.push(await until(async () => (await roles()) === role));
    }
    console.info(`seen by the other gateway after ${delays.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  });

  it('a suspended tenant is locked out of both, and another one is not', async () => {
    const platform = await gateways.token({ tenant: 'platform', sub: 'pat', roles: ['platform'] });
    const dana = await gateways.token({ tenant: 'acme', sub: 'dana', roles: ['designer'] });
    const gil = await gateways.token({ tenant: 'globex', sub: 'gil', roles: ['designer'] });
    for (const gateway of [0, 1]) expect((await ask(gateway, dana, sessionRoutes.me)).status).toBe(200);

    await ask(0, platform, tenantsRoutes.suspendTenant, { id: 'acme', body: { reason: 'unpaid' } });

    const delay = await until(async () => (await ask(1, dana, sessionRoutes.me)).code === 'TENANT_SUSPENDED');
    expect(delay).toBeLessThan(1_000);
    expect((await ask(0, dana, sessionRoutes.me)).code).toBe('TENANT_SUSPENDED');
    expect((await ask(1, gil, sessionRoutes.me)).status).toBe(200);
    await ask(1, platform, tenantsRoutes.resumeTenant, { id: 'acme' });
    await until(async () => (await ask(0, dana, sessionRoutes.me)).status === 200);
  });
});
