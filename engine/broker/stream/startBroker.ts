import { join } from 'node:path';
import type { Broker, BrokerOptions } from '../broker.ts';
import { lockDataDirectory } from '../dataDirectory.ts';
import { BrokerError } from '../errors.ts';
import { openFileLog } from '../log/fileLog.ts';
import type { Log } from '../log/log.ts';
import { type LogDisk, realDisk } from '../log/logDisk.ts';
import { createMemoryLog } from '../log/memoryLog.ts';
import type { ActivatedJob, SideEffect } from '../processing/types.ts';
import { openLmdbStore } from '../state/lmdbStore.ts';
import { createMemoryStore } from '../state/memoryStore.ts';
import type { Store } from '../state/store.ts';
import type { CommandOutcome } from './batchProcessor.ts';
import { CommandLimit } from './commandLimit.ts';
import type { Domain } from './domain.ts';
import { DueChecks } from './dueChecks.ts';
import { JobNotifications } from './jobNotifications.ts';
import { JobStreams } from './jobStreams.ts';
import { StreamProcessor } from './streamProcessor.ts';
import { Subscriptions } from './subscriptions.ts';

type AwaitedResult = Awaited<ReturnType<Broker['executeAndAwaitResult']>>;

/** State goes to disk this long (ms) after the first change since the last time … */
const CHECKPOINT_DELAY = 10_000;
/** … or after this many records, so that a restart has little to replay. */
const CHECKPOINT_RECORDS = 200_000;

export interface StartOptions extends BrokerOptions {
  domain: Domain;
  /** What the log writes with; a test passes a full or a slow one. */
  disk?: LogDisk;
}

export async function startBroker(options: StartOptions): Promise<Broker> {
  const { world, domain } = options;
  const { log, store, release } = await openStorage(options);
  const jobStreams = new JobStreams();
  const notifications = new JobNotifications();
  const awaited = new Map<number, { settle(outcome: AwaitedResult): void; fail(error: Error): void }>();

  const processor = new StreamProcessor({
    domain,
    store,
    log,
    now: () => world.now(),
    feel: options.feel,
    inclusiveJoin: options.inclusiveJoin,
    limit: new CommandLimit(world, options.maxPendingCommands),
    pickStream: (jobType, tenantId) => jobStreams.pick(jobType, tenantId),
    onEffect,
    onPublished(batches) {
      subscriptions.publish(batches);
      scheduleCheckpoint();
    },
    onProcessed: () => dueChecks.schedule(),
    onStopped(error) {
      const waiting = [...awaited.values()];
      awaited.clear();
      for (const { fail } of waiting) fail(error);
    },
  });

  function onEffect(effect: SideEffect): void {
    if (effect.kind === 'jobsAvailable') {
      notifications.notify(effect.jobType);
    } else if (effect.kind === 'jobActivated') {
      for (const job of effect.jobs) {
        if (!jobStreams.push(effect.streamId, job)) giveBack(job);
      }
    } else {
      const { processInstanceKey } = effect.result;
      const waiting = awaited.get(processInstanceKey);
      awaited.delete(processInstanceKey);
      waiting?.settle({ ok: true, value: effect.result });
    }
  }

  function giveBack({ key, tenantId, tags: _, ...job }: ActivatedJob): void {
    processor.submitInternal({
      valueType: 'JOB',
      intent: 'YIELD',
      key,
      value: {
        ...job,
        retryBackoff: 0,
        recurringTime: -1,
        timeout: -1,
        variables: {},
        errorCode: '',
        errorMessage: '',
      },
      tenantId,
    });
  }

  let closing: Promise<void> | undefined;
  let checkpointed = store.durablePosition;
  let cancelCheckpoint: (() => void) | undefined;
  let checkpointing: Promise<void> | undefined;

  function scheduleCheckpoint(): void {
    if (checkpointing) return;
    if (processor.lastPosition - checkpointed >= CHECKPOINT_RECORDS) void checkpoint();
    else cancelCheckpoint ??= world.schedule(CHECKPOINT_DELAY, () => void checkpoint());
  }

  function checkpoint(): Promise<void> {
    cancelCheckpoint?.();
    cancelCheckpoint = undefined;
    checkpointed = processor.lastPosition;
    checkpointing ??= processor
      .checkpoint()
      // what cannot be saved now is still in the log; but going on would fill memory
      .catch((error: unknown) => processor.stop(error as Error))
      .finally(() => {
        checkpointing = undefined;
        if (!processor.failure && !closing && processor.lastPosition > checkpointed) scheduleCheckpoint();
      });
    return checkpointing;
  }

  let subscriptions: Subscriptions;
  let dueChecks: DueChecks;
  try {
    processor.replay();
    subscriptions = new Subscriptions(log, processor.lastPosition);
    dueChecks = new DueChecks(domain.checkers, processor.state, world, (command, processed) =>
      processor.submitInternal(command, processed),
    );
  } catch (error) {
    await release();
    throw error;
  }
  processor.resume();
  dueChecks.schedule();

  async function close(): Promise<void> {
    dueChecks.close();
    cancelCheckpoint?.();
    await processor.drain();
    subscriptions.close();
    await checkpointing;
    cancelCheckpoint?.();
    if (!processor.failure) await checkpoint();
    processor.stop(new BrokerError('BROKER_CLOSED', 'Expected the broker to run, but it is closed'));
    await release();
  }

  return {
    execute: (request) =>
      new Promise((settle, fail) => {
        if (closing) fail(closedError());
        else processor.submit(request, settle, fail);
      }),

    executeAndAwaitResult: (request, signal) =>
      new Promise<AwaitedResult>((resolve, reject) => {
        if (closing) return reject(closedError());
        if (signal.aborted) return reject(signal.reason);
        let instance = -1;
        const abort = () => {
          awaited.delete(instance);
          reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
        const settle = (outcome: AwaitedResult) => {
          signal.removeEventListener('abort', abort);
          resolve(outcome);
        };
        const fail = (error: Error) => {
          signal.removeEventListener('abort', abort);
          reject(error);
        };
        const created = (outcome: CommandOutcome) => {
          if (!outcome.ok) return settle(outcome);
          if (signal.aborted) return;
          instance = (outcome.value.value as { processInstanceKey: number }).processInstanceKey;
          awaited.set(instance, { settle, fail });
        };
        processor.submit({ ...request, value: { ...request.value, awaitResult: true } }, created, fail);
      }),

    onJobsAvailable: (jobType, callback) => notifications.subscribe(jobType, callback),
    openJobStream: (stream) => jobStreams.open(stream),
    subscribe: (position, callback) => subscriptions.subscribe(position, callback),
    get lastPosition() {
      return subscriptions.durablePosition;
    },
    recordsAt: (addresses) => addresses.flatMap((address) => log.at(address)),
    get failure() {
      return processor.failure;
    },
    queries: domain.createQueries(processor.state),
    close: () => (closing ??= close()),
  };
}

function closedError(): BrokerError {
  return new BrokerError('BROKER_CLOSED', 'Expected the broker to run, but it is closed');
}

interface Storage {
  log: Log;
  store: Store;
  /** Closes both and gives the data directory free. */
  release(): Promise<void>;
}

async function openStorage({ dataDirectory, disk = realDisk, domain }: StartOptions): Promise<Storage> {
  if (dataDirectory === undefined) {
    return { log: createMemoryLog(), store: createMemoryStore(), release: async () => {} };
  }
  const unlock = lockDataDirectory(dataDirectory);
  try {
    const log = openFileLog({ directory: join(dataDirectory, 'log'), disk });
    const store = openLmdbStore(join(dataDirectory, 'state'), domain.stateLayout);
    return {
      log,
      store,
      async release() {
        await store.close();
        await log.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
