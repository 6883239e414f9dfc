import { describe, expect, it } from 'vitest';
import type { Clock } from '../dependencies.ts';
import { createChannels } from './channels.ts';

function handClock(start: number): Clock & { advance(ms: number): void } {
  let now = start;
  const timers = new Set<{ due: number; call: () => void }>();
  return {
    now: () => now,
    after(delay, call) {
      const timer = { due: now + delay, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) if (timer.due <= now && timers.delete(timer)) timer.call();
    },
  };
}
const nobody = () => {};

describe('channels', () => {
  it('number events upwards, over restarts too', () => {
    const clock = handClock(1_000_000);
    const before = createChannels(clock).subscribe('acme', 'tools', undefined, nobody).id;
    clock.advance(1);
    const restarted = createChannels(clock);
    const after = restarted.subscribe('acme', 'tools', undefined, nobody).id;
    expect(after).toBeGreaterThan(before);
    expect(restarted.subscribe('acme', 'tools', before, nobody).start).toBe('reset');
  });

  it('keep the last thousand events', () => {
    const channels = createChannels(handClock(1));
    const { id } = channels.subscribe('acme', 'tools', undefined, nobody);
    for (let event = 0; event < 1001; event++) channels.publish('acme', 'tools', event);
    expect(channels.subscribe('acme', 'tools', id, nobody).start).toBe('reset');
    const resumed = channels.subscribe('acme', 'tools', id + 1, nobody);
    expect([resumed.start, resumed.missed.length, resumed.missed[0]]).toEqual([
      'subscribed',
      1000,
      { id: id + 2, data: 1 },
    ]);
  });

  it('forget a topic two minutes after the last listener left, unless somebody comes back', () => {
    const clock = handClock(1);
    const channels = createChannels(clock);
    const first = channels.subscribe('acme', 'tools', undefined, nobody);
    first.end();
    clock.advance(60_000);
    const second = channels.subscribe('acme', 'tools', first.id, nobody);
    clock.advance(120_000);
    expect([second.start, channels.isFollowed('acme', 'tools')]).toEqual(['subscribed', true]);
    second.end();
    clock.advance(120_000);
    expect(channels.isFollowed('acme', 'tools')).toBe(false);
  });
});
