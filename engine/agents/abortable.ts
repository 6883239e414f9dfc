import type { AgentWorld } from './recordedCalls.ts';

/** A signal that also aborts after `ms`. */
export function withTimeout(
  world: AgentWorld,
  ms: number,
  outer: AbortSignal,
): { signal: AbortSignal; expired(): boolean; done(): void } {
  const controller = new AbortController();
  let expired = false;
  const abort = () => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  const cancel = world.schedule(ms, () => {
    expired = true;
    abort();
  });
  return {
    signal: controller.signal,
    expired: () => expired,
    done: () => {
      cancel();
      outer.removeEventListener('abort', abort);
    },
  };
}

/** What the work answers, or `undefined` once the signal aborts: who does not listen to it is not waited for. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => {});
  }
}

/** As many at once as allowed, begun in order; the results are in order too. */
export async function inParallel<T, R>(
  most: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
