import { randomUUID } from 'node:crypto';
import { type Coordination, openCoordination } from '@baton/infra/coordination';
import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventsSuite, newStream, witness } from '../coordination/events.suite.ts';
import { hasRedis, type RealRedis, startRealRedis } from './redis.ts';

const open = (redisUrl: string) =>
  openCoordination({
    redisUrl,
    now: Date.now,
    after(delay, call) {
      const timer = setTimeout(call, delay);
      return () => clearTimeout(timer);
    },
    newId: randomUUID,
  });
const patience = { timeout: 15_000 };

describe.skipIf(!hasRedis())('events over Redis (redis-server)', () => {
  eventsSuite('events over Redis', async () => {
    const redis = await startRealRedis();
    return { open: () => open(redis.url), shared: true, dispose: redis.stop };
  });

  describe('a Redis', () => {
    let redis: RealRedis;
    let opened: Coordination[] = [];
    const process = async () => {
      const coordination = await open(redis.url);
      opened.push(coordination);
      return coordination;
    };
    const usable = (coordination: Coordination) =>
      expect
        .poll(
          () =>
            coordination.ping().then(
              () => true,
              () => false,
            ),
          patience,
        )
        .toBe(true);
    beforeAll(async () => {
      redis = await startRealRedis();
    });
    afterEach(async () => {
      for (const coordination of opened) await coordination.close();
      opened = [];
    });
    afterAll(() => redis.stop());

    it('that was away and is back empty: everybody is told lost, and then what comes', async () => {
      const [here, there] = [await process(), await process()];
      const stream = newStream();
      const follower = witness(there, stream);
      await follower.begun();
      here.events.publish(stream, 'before');
      await expect.poll(follower.heard).toEqual(['before']);
      await redis.stop();
      here.events.publish(stream, 'while away');
      await redis.start();
      await usable(here);
      await expect.poll(() => follower.told.some(([what]) => what === 'lost'), patience).toBe(true);
      here.events.publish(stream, 'after');
      await expect.poll(() => follower.heard().at(-1), patience).toBe('after');

      expect(follower.heard()).toEqual(['before', 'after']);
      expect(follower.told.at(-1)![0]).toBeGreaterThan(follower.told[1]![0] as number);
      // Nobody goes on from before.
      const late = witness(there, stream, follower.told[1]![0] as number);
      await late.begun();
      expect(late.told[0]![0]).toBe('lost');
    });

    it('that hangs does not delay who publishes; its followers are told lost', async () => {
      const [here, there] = [await process(), await process()];
      const stream = newStream();
      const follower = witness(there, stream);
      await follower.begun();
      redis.pause();
      here.events.publish(stream, 'while it hangs');
      await expect
        .poll(() =>
          here.ping().then(
            () => 'up',
            () => 'down',
          ),
        )
        .toBe('down');
      redis.resume();
      await usable(here);
      await usable(there);
      await expect.poll(() => follower.told.some(([what]) => what === 'lost'), patience).toBe(true);
    });

    it('whose connection to one process broke: that process hears what it missed', async () => {
      const [here, there] = [await process(), await process()];
      const stream = newStream();
      const follower = witness(there, stream);
      const other = witness(here, stream);
      await follower.begun();
      await other.begun();
      const client = createClient({ url: redis.url });
      await client.connect();
      // Only those who listen.
      await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
      for (let n = 0; n < 20; n++) here.events.publish(stream, `${n}`);
      await usable(there);
      await expect.poll(() => follower.heard().length, patience).toBe(20);
      await expect.poll(() => other.heard().length, patience).toBe(20);
      await client.close();

      expect(follower.told.slice(1)).toEqual(other.told.slice(1));
      expect(follower.told.some(([what]) => what === 'lost')).toBe(false);
    });

    it('that comes late: who follows begins when it is there', async () => {
      await redis.stop();
      const here = await process();
      const stream = newStream();
      const follower = witness(here, stream);
      expect(follower.told).toEqual([]);
      await redis.start();
      await expect.poll(() => follower.told[0]?.[0], patience).toBe('begun');
      here.events.publish(stream, 'first');
      await expect.poll(follower.heard).toEqual(['first']);
    });

    it('keeps nothing of what nobody follows', async () => {
      const here = await process();
      const client = createClient({ url: redis.url });
      await client.connect();
      await client.flushDb();
      here.events.publish(newStream(), 'unheard', { name: 'of', order: 1 });
      await here.ping();

      expect(await client.keys('baton:events:*')).toEqual([]);
      await client.close();
    });

    it('what is observed: goes on while another process is there, and not across a time when nobody was', async () => {
      const stream = { ...newStream(), observed: true };
      const here = await process();
      const first = witness(here, stream);
      await first.begun();
      here.events.publish(stream, 'seen', { name: 'run', order: 1 });
      await expect.poll(first.heard).toEqual(['seen']);
      const there = await process();
      // It is there once it has heard of those who were.
      await expect.poll(() => there.events.isFollowed(stream), patience).toBe(true);
      await here.close();
      const second = witness(there, stream, first.last());
      await second.begun();
      await there.close();
      const again = await process();
      const third = witness(again, stream, first.last());
      await third.begun();

      expect([second.told[0]![0], third.told[0]![0]]).toEqual(['begun', 'lost']);
    });
  });
});
