import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateways, letThrough, openGateways, type Server } from '../load/gateways.ts';
import { hasRedis, type RealRedis, startRealRedis } from './redis.ts';

describe.skipIf(!hasRedis())('limits of two gateways over one Redis (redis-server)', () => {
  let redis: RealRedis;
  let gateways: Gateways;
  let pair: Server[];
  beforeAll(async () => {
    redis = await startRealRedis();
    gateways = await openGateways();
    pair = [await gateways.start(redis.url, 100), await gateways.start(redis.url, 100)];
  });
  afterAll(async () => {
    await gateways?.dispose();
    await redis?.stop();
  });

  it.each(['one', 'two', 'three'])(
    'of a hundred a minute, two gateways let a hundred through, to fifty clients at once (%s)',
    async (tenant) => {
      expect(await letThrough(gateways, pair, 50, tenant)).toBe(100);
    },
  );

  it('nobody is let through while Redis is away; it goes on by itself', async () => {
    await gateways.store.tenants.create({ id: 'patient', name: 'patient', at: new Date(0) });
    const authorization = `Bearer ${await gateways.token({ sub: 'pat', tenant: 'patient', roles: ['viewer'] })}`;
    const ask = async () => {
      const [{ port }] = pair as [Server];
      const answer = await fetch(`http://127.0.0.1:${port}/api/instances`, { headers: { authorization } });
      return [answer.status, ((await answer.json()) as { error_code?: string }).error_code];
    };
    expect(await ask()).toEqual([200, undefined]);
    await redis.stop();
    await expect.poll(ask).toEqual([503, 'LIMITS_UNAVAILABLE']);
    await redis.start();
    await expect.poll(ask, { timeout: 20_000 }).toEqual([200, undefined]);
  });
});
