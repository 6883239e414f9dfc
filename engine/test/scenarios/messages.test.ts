import { commands } from '@baton/engine/broker';
import { expect, it } from 'vitest';
import { Scenario } from '../scenario.ts';

const message = (timeToLive: number) =>
  commands.publishMessage(
    { name: 'paid', correlationKey: 'order-1', messageId: 'id1', timeToLive, variables: {} },
    '<default>',
  );

it('a message id may come again only when the first is no longer buffered', async () => {
  const scenario = await Scenario.begin();
  expect((await scenario.execute(message(60_000))).ok).toBe(true);
  expect(await scenario.execute(message(60_000))).toEqual({
    ok: false,
    failure: {
      type: 'ALREADY_EXISTS',
      reason:
        "Expected to publish a new message with id 'id1', but a message with that id was already published",
    },
  });
  await scenario.wait(60_000);
  expect((await scenario.execute(message(0))).ok).toBe(true);
  expect((await scenario.execute(message(0))).ok).toBe(true);
  expect(scenario.events('MESSAGE').map(({ intent }) => intent)).toEqual([
    'PUBLISHED',
    'EXPIRED',
    'PUBLISHED',
    'EXPIRED',
    'PUBLISHED',
    'EXPIRED',
  ]);
});
