import type { AnyRecord } from '@baton/engine/protocol';

/** Where a batch of records lies: segment number and byte offset. */
export interface LogAddress {
  segment: number;
  offset: number;
}

/** Records that were appended together, and where. */
export interface LoggedBatch {
  records: AnyRecord[];
  address: LogAddress;
}

/** The append-only record stream on disk. Batches are framed with length and checksum. */
export interface Log {
  /** Position of the oldest record kept; 0 when empty. */
  readonly firstPosition: number;
  /** Position of the last record appended; -1 when empty. */
  readonly lastPosition: number;
  /**
   * Queues a batch; resolves once it is durable (fdatasync). Batches queued while a sync runs share the next one.
   * Rejects with the disk's error (full, read-only); after that the log takes nothing more.
   */
  append(records: readonly AnyRecord[]): { address: LogAddress; durable: Promise<void> };
  /** Records on disk from `position` on, batch by batch, in order. A batch that begins before `position` comes without its beginning. */
  read(position: number): Iterable<LoggedBatch>;
  /** The batch at an address. */
  at(address: LogAddress): AnyRecord[];
  close(): Promise<void>;
}
