import { expect, it } from 'vitest';
import { createTestWorld } from './broker/stream/testWorld.ts';
import { createMovableClock } from './clock.ts';

it('stands still where it was pinned, brings what falls due by then, and goes with the real clock after a reset', () => {
  const real = createTestWorld(1000);
  const clock = createMovableClock(real);
  const due: string[] = [];
  clock.schedule(500, () => due.push('soon'));
  clock.schedule(5000, () => due.push('later'));
  clock.schedule(6000, () => due.push('cancelled'))();
  real.advance(600);
  expect([clock.now(), due]).toEqual([1600, ['soon']]);

  clock.pin(10_000);
  real.advance(0);
  expect([clock.now(), due]).toEqual([10_000, ['soon', 'later']]);
  clock.schedule(100, () => due.push('after the pin'));
  real.advance(1000);
  expect([clock.now(), due]).toEqual([10_000, ['soon', 'later']]);

  clock.pin(10_100);
  real.advance(0);
  expect(due).toEqual(['soon', 'later', 'after the pin']);
  clock.reset();
  expect(clock.now()).toBe(2600);
  clock.schedule(10, () => due.push('real again'));
  real.advance(10);
  expect(due.at(-1)).toBe('real again');
});
