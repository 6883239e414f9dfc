import { openCoordination } from '@baton/infra/coordination';
import { describe, expect, it } from 'vitest';
import { createTestClock } from '../test/testClock.ts';
import { createChannels, type TopicListener } from './channels.ts';

async function channelsOf() {
  const clock = createTestClock();
  const { events } = await openCoordination({ redisUrl: undefined, ...clock, newId: () => 'one' });
  return { clock, channels: createChannels(events) };
}

/** Writes down what it is told. */
function listener() {
  const told: unknown[] = [];
  const heard: Buffer[] = [];
  const listens: TopicListener = {
    subscribed: (id) => told.push(['subscribed', id]),
    reset: (id) => told.push(['reset', id]),
    event(message) {
      heard.push(message);
      told.push(JSON.parse(message.toString()));
    },
  };
  return { ...listens, told, heard };
}

describe('channels', () => {
  it('write an event once, for however many listen, then and later', async () => {
    const { channels } = await channelsOf();
    const [one, two, late] = [listener(), listener(), listener()];
    channels.subscribe('acme', 'tools', undefined, one);
    channels.subscribe('acme', 'tools', undefined, two);
    channels.publish('acme', 'tools', { change: 'created', id: '1', name: 'Größe' });
    channels.subscribe('acme', 'tools', (one.told[0] as [string, number])[1], late);

    expect(one.told[1]).toEqual({
      type: 'event',
      topic: 'tools',
      id: expect.any(Number),
      data: { change: 'created', id: '1', name: 'Größe' },
    });
    expect([two.heard[0], late.heard[0]].map((message) => message === one.heard[0])).toEqual([true, true]);
  });

  it('tell nothing of another tenant, and know no place in it', async () => {
    const { clock, channels } = await channelsOf();
    const [own, foreign] = [listener(), listener()];
    channels.subscribe('acme', 'tools', undefined, own);
    channels.publish('acme', 'tools', 'own');
    const { id } = own.told[1] as { id: number };
    clock.advance(1);
    channels.subscribe('globex', 'tools', id, foreign);
    channels.publish('acme', 'tools', 'own');

    expect(foreign.told).toEqual([['reset', expect.any(Number)]]);
  });

  it('announce what every gateway sees once', async () => {
    const { channels } = await channelsOf();
    const own = listener();
    channels.subscribe('acme', 'runs', undefined, own);
    for (const order of [7, 7, 6, 8]) channels.publish('acme', 'runs', order, { name: 'run 90', order });

    expect(own.told.slice(1)).toMatchObject([{ data: 7 }, { data: 8 }]);
  });
});
