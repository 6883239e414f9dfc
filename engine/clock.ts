import type { BrokerWorld } from '@baton/engine/broker';

/** The broker's clock in the hands of a test of processes: it stands still at the time it was pinned to until it is reset. */
export interface MovableClock extends Pick<BrokerWorld, 'now' | 'schedule'> {
  /** @param time epoch ms; what falls due by then is called back at once, in order */
  pin(time: number): void;
  /** Goes with the real clock again. */
  reset(): void;
}

interface Scheduled {
  at: number;
  callback: () => void;
  cancel?: () => void;
}

export function createMovableClock(real: Pick<BrokerWorld, 'now' | 'schedule'>): MovableClock {
  let pinned: number | undefined;
  const scheduled = new Set<Scheduled>();
  const now = () => pinned ?? real.now();

  function fire(entry: Scheduled): void {
    entry.cancel?.();
    if (scheduled.delete(entry)) entry.callback();
  }

  function arm(entry: Scheduled): void {
    entry.cancel?.();
    if (pinned === undefined)
      entry.cancel = real.schedule(Math.max(0, entry.at - real.now()), () => fire(entry));
    // never within the call that asked for it
    else if (entry.at <= pinned) entry.cancel = real.schedule(0, () => fire(entry));
  }

  function moved(): void {
    for (const entry of [...scheduled].sort((a, b) => a.at - b.at)) arm(entry);
  }

  return {
    now,
    schedule(ms, callback) {
      const entry: Scheduled = { at: now() + ms, callback };
      scheduled.add(entry);
      arm(entry);
      return () => {
        entry.cancel?.();
        scheduled.delete(entry);
      };
    },
    pin(time) {
      pinned = time;
      moved();
    },
    reset() {
      pinned = undefined;
      moved();
    },
  };
}
