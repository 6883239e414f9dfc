import type { Taken, Window } from './ports.ts';

/** A window at the moment of a take. */
export interface WindowState {
  /** Takes that count, the new one included if it was allowed. */
  count: number;
  /** ms until it lets one more through; 0 = now. */
  opens: number;
  /** ms until nothing of it counts any more. */
  reset: number;
}

/** What a caller is told of several windows: the one that holds them back most. */
export function tightest(
  windows: readonly Window[],
  states: readonly WindowState[],
  allowed: boolean,
): Taken {
  const views = windows.map(({ limit }, index): Taken => {
    const { count, opens, reset } = states[index]!;
    return { allowed, limit, remaining: Math.max(0, limit - count), retryAfter: opens, reset };
  });
  return views.reduce((tight, view) => {
    if (!allowed) return view.retryAfter > tight.retryAfter ? view : tight;
    return view.remaining < tight.remaining ? view : tight;
  });
}
