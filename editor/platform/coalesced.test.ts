import { expect, it } from 'vitest';
import { manualTimers } from '../test/manualTimers.ts';
import { coalesced } from './coalesced.ts';

it('runs once for all that ask within the time, and again for who asks later', () => {
  const time = manualTimers();
  let runs = 0;
  const reading = coalesced(time.timers, 100, () => runs++);
  reading.soon();
  time.advance(60);
  reading.soon();
  time.advance(40);
  expect(runs).toBe(1);
  reading.soon();
  time.advance(100);
  expect(runs).toBe(2);
});

it('does not run once it is over', () => {
  const time = manualTimers();
  let runs = 0;
  const reading = coalesced(time.timers, 100, () => runs++);
  reading.soon();
  reading.dispose();
  time.advance(100);
  expect(runs).toBe(0);
});
