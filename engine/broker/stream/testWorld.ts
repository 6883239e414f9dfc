import type { BrokerWorld } from '../broker.ts';

/** A clock that stands still until a test moves it. */
export interface TestWorld extends BrokerWorld {
  /** Moves the clock and calls what falls due on the way, in order. */
  advance(ms: number): void;
}

export function createTestWorld(start = 1_700_000_000_000): TestWorld {
  let now = start;
  let scheduled: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    schedule(ms, callback) {
      const entry = { at: now + ms, callback };
      scheduled.push(entry);
      return () => {
        scheduled = scheduled.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = scheduled.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        scheduled = scheduled.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
  };
}
