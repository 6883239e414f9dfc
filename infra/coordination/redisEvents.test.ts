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
