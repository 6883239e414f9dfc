import type { ExpiringStore } from '@baton/infra/store';
import { expect, it } from 'vitest';
import { attemptLimit, attemptPause, createSignInAttempts } from './signInAttempts.ts';

function setUp() {
  const kept = new Map<string, unknown>();
  const store = {
    get: async (_model: string, id: string) => kept.get(id),
    put: async (_model: string, id: string, payload: unknown) => void kept.set(id, payload),
    remove: async (_model: string, id: string) => void kept.delete(id),
  } as unknown as ExpiringStore;
  let now = 1;
  const attempts = createSignInAttempts(store, () => now);
  let checked = 0;
  const attempt = (matches: boolean) =>
    attempts.attempt('dana', async () => {
      checked++;
      return matches;
    });
  return { attempt, checked: () => checked, advance: (ms: number) => (now += ms) };
}

it('counts down, pauses without looking at the password, and starts anew after the pause', async () => {
  const { attempt, checked, advance } = setUp();
  const left = [];
  for (let n = 0; n < attemptLimit; n++) left.push(await attempt(false));
  expect(left).toEqual([4, 3, 2, 1, 0].map((left) => ({ accepted: false, left })));
  expect(await attempt(true)).toEqual({ accepted: false, left: 0 });
  expect(checked()).toBe(attemptLimit);
  advance(attemptPause + 1);
  expect(await attempt(true)).toEqual({ accepted: true });
});

it('forgets wrong passwords after a right one', async () => {
  const { attempt } = setUp();
  await attempt(false);
  await attempt(true);
  expect(await attempt(false)).toEqual({ accepted: false, left: attemptLimit - 1 });
});

it('looks at no more passwords when they all come at once', async () => {
  const { attempt, checked } = setUp();
  await Promise.all(Array.from({ length: 50 }, () => attempt(false)));
  expect(checked()).toBe(attemptLimit);
});
