import { failed, ok } from '@baton/engine/protocol';
import { expect, test } from 'vitest';
import type { Api } from '../../platform/api.ts';
import { createReplays } from './replays.ts';

function answering(...answers: unknown[]) {
  const asked: unknown[] = [];
  const api = {
    call: async (_row: unknown, request: unknown) => {
      asked.push(request);
      return answers.shift();
    },
  } as unknown as Api;
  return { asked, replays: createReplays({ api }) };
}

test('a run that is alike says so, and can be looked at with the latest versions', async () => {
  const difference = { sequence: 3, pointer: '/messages/0/text', recorded: 'Be brief.', now: 'Be kind.' };
  const { asked, replays } = answering(
    ok({ run: 'r1', calls: 4, difference: null }),
    ok({ run: 'r1', calls: 2, difference }),
  );
  await replays.replay('r1');
  expect(replays.getState().get('r1')).toMatchObject({ state: 'alike', calls: 4 });

  await replays.replay('r1', 'latest');
  expect(replays.getState().get('r1')).toMatchObject({ state: 'differs', calls: 2, difference });
  expect(asked).toEqual([
    { params: { id: 'r1' }, body: { against: 'recorded' } },
    { params: { id: 'r1' }, body: { against: 'latest' } },
  ]);
});

test('a run that cannot be done over says why', async () => {
  const failure = { code: 'INVALID_STATE', message: 'Expected a run whose beginning was kept' };
  const { replays } = answering(failed(failure));
  await replays.replay('r1');
  expect(replays.getState().get('r1')).toMatchObject({ state: 'failed', failure });
  replays.forget('r1');
  expect(replays.getState().size).toBe(0);
});
