import { ok } from '@baton/engine/protocol';
import type { Taken, Window, Windows } from './ports.ts';

/** Exact sliding windows in memory: the time of every take that still counts. */
export function embeddedWindows(now: () => number): Windows {
  const taken = new Map<string, number[]>();

  function counting({ key, span }: Window, at: number): number[] {
    const times = taken.get(key) ?? [];
    const firstCounting = times.findIndex((time) => time > at - span);
    const kept = firstCounting === -1 ? [] : times.slice(firstCounting);
    taken.set(key, kept);
    return kept;
  }

  return {
    async take(windows) {
      const at = now();
      const states = windows.map((window) => ({ window, times: counting(window, at) }));
      const full = states.filter(({ window, times }) => times.length >= window.limit);
      if (full.length === 0) for (const { times } of states) times.push(at);
      const views = (full.length > 0 ? full : states).map(({ window, times }): Taken => {
        const remaining = Math.max(0, window.limit - times.length);
        const last = times.at(-1) ?? at;
        return {
          allowed: full.length === 0,
          limit: window.limit,
          remaining,
          retryAfter: remaining > 0 ? 0 : (times[0] ?? at) + window.span - at,
          reset: last + window.span - at,
        };
      });
      return ok(views.reduce((least, view) => (view.remaining < least.remaining ? view : least)));
    },
  };
}
