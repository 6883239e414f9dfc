import type { AnyRecord } from '@baton/engine/protocol';
import type { Log, LogAddress, LoggedBatch } from '../log/log.ts';

export type SubscriptionCallback = (
  records: readonly AnyRecord[],
  address: LogAddress,
) => void | Promise<void>;

/** Records read from the log in one turn of the event loop while a follower catches up. */
const RECORDS_PER_TURN = 1000;

class Subscription {
  private delivered: number;
  /** Waits for its turn to read the log, or for the follower's promise. */
  private busy = false;
  private closed = false;
  private readonly callback: SubscriptionCallback;
  private readonly subscriptions: Subscriptions;

  constructor(delivered: number, callback: SubscriptionCallback, subscriptions: Subscriptions) {
    this.delivered = delivered;
    this.callback = callback;
    this.subscriptions = subscriptions;
  }

  close(): void {
    this.closed = true;
  }

  /** Batches that just became durable: taken as they are by who is up to date, left in the log by who is not. */
  offer(batches: readonly LoggedBatch[]): void {
    for (const batch of batches) {
      if (this.busy || this.closed) return;
      if (batch.records[0]!.position !== this.delivered + 1) {
        this.catchUpSoon();
        return;
      }
      this.deliver(batch);
    }
  }

  catchUpSoon(): void {
    if (this.busy || this.closed) return;
    this.busy = true;
    setImmediate(() => {
      this.busy = false;
      this.catchUp();
    });
  }

  private catchUp(): void {
    if (this.closed) return;
    const last = this.delivered + RECORDS_PER_TURN;
    for (const batch of this.subscriptions.durableBatches(this.delivered + 1)) {
      if (this.closed) return;
      this.deliver(batch);
      if (this.busy) return;
      if (this.delivered >= last) {
        this.catchUpSoon();
        return;
      }
    }
  }

  private deliver({ records, address }: LoggedBatch): void {
    this.delivered = records.at(-1)!.position;
    const handled = this.callback(records, address);
    if (!handled) return;
    this.busy = true;
    void handled.then(() => {
      this.busy = false;
      this.catchUpSoon();
    });
  }
}

/** Who follows the record stream. Each follower holds a position only; what it has not had yet is read from the log. */
export class Subscriptions {
  private readonly open = new Set<Subscription>();
  private readonly log: Log;
  private durable: number;

  constructor(log: Log, durablePosition: number) {
    this.log = log;
    this.durable = durablePosition;
  }

  get durablePosition(): number {
    return this.durable;
  }

  subscribe(position: number, callback: SubscriptionCallback): () => void {
    const subscription = new Subscription(position, callback, this);
    this.open.add(subscription);
    subscription.catchUpSoon();
    return () => {
      subscription.close();
      this.open.delete(subscription);
    };
  }

  publish(batches: readonly LoggedBatch[]): void {
    this.durable = batches.at(-1)!.records.at(-1)!.position;
    for (const subscription of this.open) subscription.offer(batches);
  }

  *durableBatches(position: number): Iterable<LoggedBatch> {
    if (position > this.durable) return;
    for (const batch of this.log.read(position)) {
      if (batch.records[0]!.position > this.durable) return;
      yield batch;
    }
  }

  close(): void {
    for (const subscription of this.open) subscription.close();
    this.open.clear();
  }
}
