import { disposable } from '../base/disposable.ts';
import type { Clock, Timers } from '../platform/host.ts';

/** A clock that moves when the test says so. */
export function manualTimers(): { clock: Clock; timers: Timers; advance(ms: number): void } {
  let now = 1_000_000;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    clock: { now: () => now },
    timers: {
      after(ms, run) {
        const entry = { at: now + ms, run };
        waiting.push(entry);
        return disposable(() => {
          waiting = waiting.filter((other) => other !== entry);
        });
      },
    },
    advance(ms) {
      now += ms;
      for (;;) {
        const due = waiting.filter((entry) => entry.at <= now).sort((a, b) => a.at - b.at)[0];
        if (!due) return;
        waiting = waiting.filter((entry) => entry !== due);
        due.run();
      }
    },
  };
}

/** Lets promises that are settled run their continuations. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
