import { expect, it } from 'vitest';
import { type EventService, redisEvents } from './redisEvents.ts';

it('tries again to hear of others when the connection stands but a command failed', async () => {
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  let failing = true;
  const service: EventService = {
    append: async () => 0,
    read: async () => [],
    breakOff: async () => 0,
    observe: async () => 1,
    say: async () => 0,
    async listeners() {
      if (failing) throw new Error('there was no answer');
      return 0;
    },
    listen: async (channel) => heard.push(channel),
    leave: async () => 0,
  };
  const events = redisEvents(
    service,
    {
      now: () => 0,
      after(_delay, call) {
        waiting.push(call);
        return () => {};
      },
    },
    3,
  );
  await events.connected();
  expect(heard).toEqual([]);
  failing = false;
  for (const call of waiting.splice(0)) call();
  await expect.poll(() => heard).toEqual(['baton:followed:3']);
});

it('reads no log before it is known since when somebody observes: nobody goes on across a time when nobody did', async () => {
  const done: string[] = [];
  let observe = () => {};
  const service: EventService = {
    append: async () => 0,
    async read() {
      done.push('read');
      return [['5-0', ['d', '', 'b', '0']]];
    },
    breakOff: async () => 0,
    observe: () =>
      new Promise<void>((resolve) => {
        observe = () => {
          done.push('observe');
          resolve();
        };
      }),
    say: async () => 0,
    listeners: async () => 0,
    listen: async () => {},
    leave: async () => 0,
  };
  const events = redisEvents(service, { now: () => 0, after: () => () => {} }, 3);
  const told: string[] = [];
  events.follow({ name: 'acme/runs', observed: true }, 4, {
    begun: () => told.push('begun'),
    lost: () => told.push('lost'),
    heard: () => {},
  });
  const connected = events.connected();
  await new Promise(setImmediate);
  expect(done).toEqual([]);
  observe();
  await connected;
  await expect.poll(() => told).toEqual(['lost']);
  expect(done).toEqual(['observe', 'read']);
});
