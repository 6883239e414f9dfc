import type { AnyRecord } from '@baton/engine/protocol';
import type { Log, LogAddress } from './log.ts';

/** A log that lives as long as the process; "durable" in the next microtask, so that callers meet the same order. */
export function createMemoryLog(): Log {
  const batches: AnyRecord[][] = [];
  let lastPosition = -1;
  let group: Promise<void> | undefined;

  function firstBatchAfter(position: number): number {
    let low = 0;
    let high = batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (batches[middle]!.at(-1)!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get firstPosition() {
      return batches[0]?.[0]?.position ?? 0;
    },
    get lastPosition() {
      return lastPosition;
    },
    append(records) {
      const address: LogAddress = { segment: 0, offset: batches.length };
      batches.push([...records]);
      lastPosition = records.at(-1)!.position;
      group ??= Promise.resolve().then(() => {
        group = undefined;
      });
      return { address, durable: group };
    },
    *read(position) {
      for (let index = firstBatchAfter(position); index < batches.length; index++) {
        const records = batches[index]!;
        yield {
          records:
            records[0]!.position >= position
              ? records
              : records.filter((record) => record.position >= position),
          address: { segment: 0, offset: index },
        };
      }
    },
    at: (address) => batches[address.offset]!,
    async close() {},
  };
}
