import { failed, ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { LiveListener } from '../../platform/live.ts';
import type { Platform } from '../../platform/platform.ts';
import { manualTimers, settled } from '../../test/manualTimers.ts';
import { createRecords } from './liveRecords.ts';

function administration() {
  const time = manualTimers();
  const listeners = new Map<string, LiveListener>();
  const platform = {
    timers: time.timers,
    live: {
      subscribeTopic(topic: string, listener: LiveListener) {
        listeners.set(topic, listener);
        return { dispose: () => void listeners.delete(topic) };
      },
    },
  } as unknown as Platform;
  return { platform, time, listeners };
}

it('reads records when somebody looks, and once for all that changes together', async () => {
  const { platform, time, listeners } = administration();
  let readings = 0;
  const records = createRecords(platform, ['users', 'roles'], async () => ok([`reading ${++readings}`]));
  expect(listeners.size).toBe(0);

  records.shown();
  records.shown();
  await settled();
  expect(records.getState().items).toEqual(['reading 1']);

  for (const topic of ['users', 'roles', 'users']) listeners.get(topic)!.event({});
  time.advance(1_000);
  await settled();
  expect(records.getState().items).toEqual(['reading 2']);

  records.dispose();
  expect(listeners.size).toBe(0);
});

it('keeps what it has when it cannot be read again, and says why', async () => {
  const { platform } = administration();
  const answers = [
    ok(['ada']),
    failed({ code: 'UNREACHABLE', message: 'Expected an answer, but none came' }),
  ];
  const records = createRecords(platform, ['users'], async () => answers.shift()!);

  await records.read();
  await records.read();

  expect(records.getState()).toMatchObject({ items: ['ada'], failure: { code: 'UNREACHABLE' } });
});
