import { failed } from '@baton/engine/protocol';
import type { CommandRequest } from '../broker.ts';
import { BrokerError } from '../errors.ts';
import type { Log, LoggedBatch } from '../log/log.ts';
import type { SideEffect } from '../processing/types.ts';
import type { State } from '../state/state.ts';
import {
  BatchProcessor,
  type BatchProcessorOptions,
  type CommandOutcome,
  type ProcessedBatch,
  type Work,
} from './batchProcessor.ts';
import type { CommandLimit } from './commandLimit.ts';

/** Records processed before the event loop gets its turn. */
const RECORDS_PER_TURN = 400;

interface Waiting {
  work: Work;
  /** Absent for the broker's own commands (due timers, jobs given back, chains). */
  settle?: ((outcome: CommandOutcome) => void) | undefined;
  fail?: ((error: Error) => void) | undefined;
  /** When a client's command came in, epoch ms. */
  since?: number;
  processed?: ((effective: boolean) => void) | undefined;
}

/** What a processed command still owes to the world; due once its records are durable. */
interface Batch extends LoggedBatch, ProcessedBatch {
  waiting: Waiting;
}

export interface StreamProcessorOptions extends BatchProcessorOptions {
  log: Log;
  limit: CommandLimit;
  onEffect(effect: SideEffect): void;
  /** All batches that one sync of the disk made durable. */
  onPublished(batches: readonly LoggedBatch[]): void;
  /** Commands have been processed: what falls due next may have changed. */
  onProcessed(): void;
  /** It takes nothing more, and what was not answered never will be. */
  onStopped(error: Error): void;
}

/**
 * The single writer. Commands are processed one at a time, each with its follow-up commands as one batch, which is one
 * entry of the log. Nothing leaves before the log says that the batch is durable; the next commands do not wait for it.
 */
export class StreamProcessor {
  private readonly options: StreamProcessorOptions;
  private readonly batches: BatchProcessor;
  private readonly queue: Waiting[] = [];
  private queueHead = 0;
  private pumping = false;
  private draining = false;
  private unsynced: { durable: Promise<void>; batches: Batch[] }[] = [];
  private lastDurable: Promise<void> | undefined;
  /** Why it has stopped, for whatever reason. */
  failure: Error | undefined;
  private idleWaiters: (() => void)[] = [];

  constructor(options: StreamProcessorOptions) {
    this.options = options;
    this.batches = new BatchProcessor(options);
  }

  get state(): State {
    return this.batches.state;
  }

  /** Position of the last record written, durable or not. */
  get lastPosition(): number {
    return this.batches.lastPosition;
  }

  /** Applies what the log has beyond the state on disk. */
  replay(): void {
    const { log, store } = this.options;
    const expected = store.durablePosition + 1;
    if (
      log.lastPosition < store.durablePosition ||
      (log.lastPosition >= expected && log.firstPosition > expected)
    ) {
      throw new BrokerError(
        'LOG_STATE_GAP',
        `Expected the log to go on at position ${expected}, where the state on disk ends, but it holds positions ` +
          `${log.firstPosition} to ${log.lastPosition}. Restore 'log' and 'state' of the data directory from one backup. ` +
          `If the log is complete from position 0, deleting the 'state' folder rebuilds it from the log.`,
        { expected, firstPosition: log.firstPosition, lastPosition: log.lastPosition },
      );
    }
    for (const { records } of log.read(expected)) this.batches.replay(records);
  }

  /** Calls `settle` after the command's records are durable (a refusal for capacity at once), or `fail` if the broker stops. */
  submit(
    request: CommandRequest,
    settle: (outcome: CommandOutcome) => void,
    fail: (error: Error) => void,
  ): void {
    if (this.failure) {
      fail(this.failure);
    } else if (!this.options.limit.admit(request)) {
      settle(failed({ type: 'RESOURCE_EXHAUSTED', reason: 'Reached maximum capacity of requests handled' }));
    } else {
      this.enqueue({ work: request, settle, fail, since: this.options.now() });
    }
  }

  /** A command of the broker's own: never refused for capacity, answered to nobody. `processed` hears whether it changed anything. */
  submitInternal(request: CommandRequest, processed?: (effective: boolean) => void): void {
    if (!this.failure) this.enqueue({ work: request, processed });
  }

  /** Takes up what was not finished when the broker stopped. */
  resume(): void {
    for (const chain of this.batches.unfinished()) this.enqueue({ work: { chain } });
  }

  /** Writes the state as of now to disk, as soon as the log is durable up to here. */
  checkpoint(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.batches.prepareCheckpoint();
    return this.options.store.checkpoint(this.lastPosition, this.lastDurable);
  }

  /** Processes what is queued, but no longer goes on with chains; resolves when all records are durable. */
  async drain(): Promise<void> {
    this.draining = true;
    while (!this.failure && (this.pumping || this.unsynced.length > 0)) {
      await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
    }
  }

  /** Answers everything still waiting with `error` and takes nothing more. */
  stop(error: Error): void {
    if (this.failure) return;
    this.failure = error;
    const waiting = [
      ...this.unsynced.flatMap(({ batches }) => batches.map((batch) => batch.waiting)),
      ...this.queue.slice(this.queueHead),
    ];
    this.unsynced = [];
    this.queue.length = 0;
    this.queueHead = 0;
    for (const { fail } of waiting) fail?.(error);
    this.options.onStopped(error);
    this.wakeIdleWaiters();
  }

  private enqueue(waiting: Waiting): void {
    this.queue.push(waiting);
    if (this.pumping) return;
    this.pumping = true;
    // commands given in the same turn of the event loop are processed, and reach the disk, together
    queueMicrotask(() => this.pump());
  }

  private pump(): void {
    let budget = RECORDS_PER_TURN;
    while (this.queueHead < this.queue.length && budget > 0 && !this.failure) {
      const waiting = this.queue[this.queueHead]!;
      this.queue[this.queueHead++] = undefined as never;
      budget -= this.processBatch(waiting);
    }
    if (!this.failure) this.options.onProcessed();
    if (this.queueHead >= this.queue.length) {
      this.queue.length = 0;
      this.queueHead = 0;
      this.pumping = false;
      this.wakeIdleWaiters();
      return;
    }
    if (this.queueHead > 10_000) {
      this.queue.splice(0, this.queueHead);
      this.queueHead = 0;
    }
    setImmediate(() => this.pump());
  }

  /** Returns the number of records. */
  private processBatch(waiting: Waiting): number {
    const batch = this.batches.process(waiting.work);
    if (!batch) return 0;
    const { records, outcome, chain } = batch;
    if (chain !== undefined && !this.draining) this.queue.push({ work: { chain } });
    waiting.processed?.(outcome.ok && records.some(({ recordType }) => recordType === 'EVENT'));
    this.appendToLog({ ...batch, waiting, address: { segment: -1, offset: -1 } });
    return records.length;
  }

  private appendToLog(batch: Batch): void {
    let durable: Promise<void>;
    try {
      const appended = this.options.log.append(batch.records);
      batch.address = appended.address;
      durable = appended.durable;
    } catch (error) {
      this.unsynced.push({ durable: Promise.resolve(), batches: [batch] });
      this.stop(error as Error);
      return;
    }
    const group = this.unsynced.at(-1);
    if (group?.durable === durable) {
      group.batches.push(batch);
      return;
    }
    this.unsynced.push({ durable, batches: [batch] });
    this.lastDurable = durable;
    durable.then(
      () => this.release(durable),
      (error: unknown) => this.stop(error as Error),
    );
  }

  /** Batches whose durability is one promise leave together. */
  private release(durable: Promise<void>): void {
    while (!this.failure && this.unsynced.length > 0) {
      const group = this.unsynced.shift()!;
      this.finish(group.batches);
      if (group.durable === durable) break;
    }
  }

  private finish(released: Batch[]): void {
    // who follows the stream knows of a command before its client does: a client finds what it was told about
    this.options.onPublished(released);
    for (const batch of released) {
      if (batch.waiting.settle) {
        this.options.limit.answered(batch.waiting.since!);
        batch.waiting.settle(batch.outcome);
      }
      for (const effect of batch.effects) this.options.onEffect(effect);
    }
    this.wakeIdleWaiters();
  }

  private wakeIdleWaiters(): void {
    const waiters = this.idleWaiters;
    this.idleWaiters = [];
    for (const wake of waiters) wake();
  }
}
