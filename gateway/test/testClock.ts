import type { Clock } from '../dependencies.ts';

/** Real time plus what the test adds; timers run when the test moves the clock. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function createTestClock(): TestClock {
  let offset = 0;
  const timers = new Set<{ due: number; call: () => void }>();
  const now = () => Date.now() + offset;
  return {
    now,
    after(delay, call) {
      const timer = { due: now() + delay, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      offset += ms;
      for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
        if (timer.due <= now() && timers.delete(timer)) timer.call();
      }
    },
  };
}
