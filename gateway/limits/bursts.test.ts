import { expect, it } from 'vitest';
import { createBursts } from './bursts.ts';

it('lets a burst through, then as many as come again', () => {
  let at = 0;
  const bursts = createBursts({ perSecond: 10, burst: 3, now: () => at });
  const take = () => bursts.take('192.0.2.7');

  expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
  expect(bursts.take('192.0.2.8')).toBe(true);
  at = 100;
  expect([take(), take()]).toEqual([true, false]);
  at = 60_000;
  expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
});

it('remembers no more addresses than it may, those seen last', () => {
  const bursts = createBursts({ perSecond: 1, burst: 1, addresses: 2, now: () => 0 });
  const seen = ['a', 'b', 'a', 'c', 'a', 'b'].map((address) => bursts.take(address));

  expect(seen).toEqual([true, true, false, true, false, true]);
});
