import type { Window } from './ports.ts';

/** What a sliding window is, said as plainly as possible: all takes ever, counted anew each time. */
export function slidingWindowModel() {
  const takes: { key: string; at: number }[] = [];
  const counting = ({ key, span }: Window, at: number) =>
    takes.filter((take) => take.key === key && take.at > at - span);
  const wouldAllow = (windows: readonly Window[], at: number) =>
    windows.every((window) => counting(window, at).length < window.limit);
  return {
    wouldAllow,
    take(windows: readonly Window[], at: number) {
      const allowed = wouldAllow(windows, at);
      if (allowed) for (const { key } of windows) takes.push({ key, at });
      const remaining = windows.map((window) => Math.max(0, window.limit - counting(window, at).length));
      return { allowed, remaining: allowed ? Math.min(...remaining) : 0 };
    },
  };
}
