import { randomUUID } from 'node:crypto';
import { type Coordination, openCoordination } from '@baton/infra/coordination';
import { createClient } from '@redis/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coordinationSuite } from '../coordination/coordination.suite.ts';
import { redisWindows, takeScript } from '../coordination/redisWindows.ts';
import { slidingWindowModel } from '../coordination/slidingWindowModel.ts';
import { hasRedis, type RealRedis, startRealRedis } from './redis.ts';

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.ceil(ms)));

const open = (redisUrl: string, report?: (state: 'lost' | 'back') => void) =>
  openCoordination({
    redisUrl,
    now: () => 0,
    after(delay, call) {
      const timer = setTimeout(call, delay);
      return () => clearTimeout(timer);
    },
    newId: randomUUID,
    ...(report ? { report } : {}),
  });

describe.skipIf(!hasRedis())('coordination over Redis (redis-server)', () => {
  coordinationSuite('coordination over Redis', async () => {
    const redis = await startRealRedis();
    return { open: () => open(redis.url), pass, shared: true, dispose: redis.stop };
  });

  describe('a Redis', () => {
    let redis: RealRedis;
    beforeAll(async () => {
      redis = await startRealRedis();
    });
    afterAll(() => redis.stop());
    const wanted = () => [{ key: `acme/${randomUUID()}`, limit: 3, span: 60_000 }];
    const outcome = async ({ windows }: Coordination) => {
      const since = performance.now();
      const taken = await windows.take(wanted());
      return { taken: taken.ok ? 'taken' : taken.failure.code, inTime: performance.now() - since < 2_000 };
    };

    it('counts by the definition of a sliding window, whatever is taken when', async () => {
      const client = createClient({ url: redis.url });
      await client.connect();
      // The script with a clock of the test.
      const script = takeScript.replace("redis.call('TIME')", '{ARGV[#ARGV - 1], ARGV[#ARGV]}');
      const step = fc.record({
        wait: fc.integer({ min: 0, max: 60 }),
        keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
        limit: fc.integer({ min: 0, max: 5 }),
      });
      try {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
            await client.flushDb();
            let at = 1_700_000_000_000;
            const model = slidingWindowModel();
            const windows = redisWindows(async (keys, args) => {
              const time = [String(Math.floor(at / 1000)), String((at % 1000) * 1000)];
              const command = ['EVAL', script, String(keys.length), ...keys, ...args, ...time];
              return (await client.sendCommand(command)) as unknown as number[];
            });
            for (const { wait, keys, limit } of steps) {
              at += wait;
              const asked = keys.map((key, n) => ({ key, limit: limit + n, span: 100 }));
              const taken = await windows.take(asked);
              expect(taken).toMatchObject({ ok: true, value: model.take(asked, at) });
              if (!taken.ok || taken.value.allowed || limit === 0) continue;
              const { retryAfter } = taken.value;
              expect([
                model.wouldAllow(asked, at + retryAfter - 1),
                model.wouldAllow(asked, at + retryAfter),
              ]).toEqual([false, true]);
            }
          }),
        );
      } finally {
        await client.close();
      }
    });

    it('keeps a window no longer than it counts', async () => {
      const coordination = await open(redis.url);
      const client = createClient({ url: redis.url });
      await client.connect();
      try {
        await coordination.windows.take([{ key: 'acme/short', limit: 3, span: 60_000 }]);
        const left = await client.pTTL('baton:window:acme/short');
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThanOrEqual(60_000);
      } finally {
        await client.close();
        await coordination.close();
      }
    });

    it('that hangs lets nothing through, in bounded time, and is used again when it goes on', async () => {
      const coordination = await open(redis.url);
      redis.pause();
      const hanging = await outcome(coordination);
      redis.resume();
      await expect.poll(() => outcome(coordination), { timeout: 15_000 }).toMatchObject({ taken: 'taken' });

      expect(hanging).toEqual({ taken: 'UNAVAILABLE', inTime: true });
      await coordination.close();
    });

    it('that dies lets nothing through, and is used again when it is back; what was missed is forgotten', async () => {
      const states: string[] = [];
      const coordination = await open(redis.url, (state) => states.push(state));
      const other = await open(redis.url);
      const heard: string[] = [];
      let lost = 0;
      other.notices.subscribe(
        ({ id }) => heard.push(id ?? ''),
        () => lost++,
      );

      await redis.stop();
      await expect.poll(() => outcome(coordination)).toEqual({ taken: 'UNAVAILABLE', inTime: true });
      await expect(coordination.ping()).rejects.toThrow();
      await coordination.notices.publish({ kind: 'member', tenantId: 'acme', id: 'while-away' });
      await redis.start();
      await expect.poll(() => outcome(coordination), { timeout: 15_000 }).toMatchObject({ taken: 'taken' });
      await expect.poll(() => outcome(other), { timeout: 15_000 }).toMatchObject({ taken: 'taken' });
      await coordination.notices.publish({ kind: 'member', tenantId: 'acme', id: 'after' });
      await expect.poll(() => heard).toContain('after');

      expect(lost).toBeGreaterThan(0);
      expect(states).toEqual(['back', 'lost', 'back']);
      await coordination.close();
      await other.close();
    });

    it('that comes late does not keep a process from starting', async () => {
      await redis.stop();
      const coordination = await open(redis.url);
      const before = await outcome(coordination);
      await redis.start();
      await expect.poll(() => outcome(coordination), { timeout: 15_000 }).toMatchObject({ taken: 'taken' });

      expect(before).toEqual({ taken: 'UNAVAILABLE', inTime: true });
      await coordination.close();
    });
  });
});
