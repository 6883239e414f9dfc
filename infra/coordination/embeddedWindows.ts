import { failed, ok } from '@baton/engine/protocol';
import type { Windows } from './ports.ts';
import { tightest } from './tightest.ts';

/** Takes kept over all windows: 8 bytes each. More fail, as if the service were away. */
const takesKept = 2_000_000;
/** Windows looked at in each take to see whether they may be forgotten: more than a take can add. */
const sweepPerWindow = 2;

/** Times of the takes that count, oldest first: a ring that grows to the window's limit. */
interface Times {
  ring: Float64Array;
  first: number;
  count: number;
  span: number;
}

/** Exact sliding windows in memory: the time of every take that still counts, of every window in use. */
export function embeddedWindows(now: () => number, capacity = takesKept): Windows {
  const used = new Map<string, Times>();
  let kept = 0;
  let latest = 0;

  const nth = ({ ring, first }: Times, n: number) => ring[(first + n) % ring.length]!;

  function forgetOld(times: Times, at: number) {
    while (times.count > 0 && nth(times, 0) <= at - times.span) {
      times.first = (times.first + 1) % times.ring.length;
      times.count--;
      kept--;
    }
  }

  function add(times: Times, at: number) {
    const { ring, count } = times;
    if (count === ring.length) {
      const larger = new Float64Array(Math.max(4, 2 * count));
      for (let n = 0; n < count; n++) larger[n] = nth(times, n);
      times.ring = larger;
      times.first = 0;
    }
    times.ring[(times.first + count) % times.ring.length] = at;
    times.count++;
    kept++;
  }

  /** Looks at the windows that were not looked at for longest and drops those of which nothing counts. */
  function sweep(at: number, windows: number) {
    for (const [key, times] of used) {
      if (windows-- <= 0) return;
      forgetOld(times, at);
      used.delete(key);
      if (times.count > 0) used.set(key, times);
    }
  }

  return {
    async take(windows) {
      latest = Math.max(latest, now());
      const at = latest;
      sweep(at, windows.length * sweepPerWindow);
      if (kept + windows.length > capacity) {
        return failed({
          code: 'UNAVAILABLE' as const,
          message: `Expected at most ${capacity} takes that count, but there are ${kept}`,
        });
      }
      const states = windows.map(({ key, span }) => {
        const times = used.get(key) ?? { ring: new Float64Array(0), first: 0, count: 0, span };
        times.span = span;
        forgetOld(times, at);
        return times;
      });
      const allowed = states.every(({ count }, index) => count < windows[index]!.limit);
      if (allowed) {
        for (const [index, times] of states.entries()) {
          add(times, at);
          used.set(windows[index]!.key, times);
        }
      }
      return ok(
        tightest(
          windows,
          states.map((times, index) => {
            const { limit, span } = windows[index]!;
            const { count } = times;
            // The take that has to be forgotten before one more fits.
            const blocking = count >= limit ? (limit > 0 ? nth(times, count - limit) : at) : undefined;
            return {
              count,
              opens: blocking === undefined ? 0 : blocking + span - at,
              reset: count === 0 ? 0 : nth(times, count - 1) + span - at,
            };
          }),
          allowed,
        ),
      );
    },
  };
}
