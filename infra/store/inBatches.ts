/**
 * Group commit: what comes while a write is under way is written together by the next one.
 * @param write stores all of them or throws; callers of that batch get its error
 */
export function inBatches<T>(
  write: (items: T[]) => Promise<unknown>,
  most = 500,
): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  return (item) => {
    if (waiting.length >= most) next = undefined;
    if (!next) {
      const batch: T[] = [];
      waiting = batch;
      next = last.then(async () => {
        if (waiting === batch) next = undefined;
        await write(batch);
      });
      last = next.catch(() => {});
    }
    waiting.push(item);
    return next;
  };
}
