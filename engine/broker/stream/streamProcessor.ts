import type { Feel } from '@baton/engine/feel';
import {
  type AnyRecord,
  type BrokerRecord,
  type CommandIntent,
  DEFAULT_TENANT,
  type EventIntent,
  FIRST_KEY,
  failed,
  ok,
  RECORD_VERSION,
  type Rejection,
  type Result,
  type ValueOf,
  type ValueType,
} from '@baton/engine/protocol';
import type { BrokerWorld, CommandRequest } from '../broker.ts';
import { BrokerError } from '../errors.ts';
import type { Log, LoggedBatch } from '../log/log.ts';
import type {
  Applier,
  CommandProcessor,
  CommandResponse,
  JobStreamChoice,
  ProcessingContext,
  SideEffect,
} from '../processing/types.ts';
import type { State } from '../state/state.ts';
import type { Store, Table } from '../state/store.ts';
import type { Domain } from './domain.ts';

/** Records processed before the event loop gets its turn. */
const RECORDS_PER_TURN = 400;

/**
 * Commands processed as one batch; what follows beyond makes a chain of batches, so that a loop in a process keeps neither
 * other commands nor its own cancellation from their turn. Part of the log's format: replay finds by it which commands of a
 * batch were left over.
 */
const COMMANDS_PER_BATCH = 250;

/** Exceptions in processing stop one instance; its commands are refused from then on, except that it may be cancelled. */
class BannedInstance extends Error {
  readonly processInstanceKey: number;
  constructor(processInstanceKey: number) {
    super();
    this.processInstanceKey = processInstanceKey;
  }
}

/** Thrown to take back what a command wrote before it was refused. */
class Refused extends Error {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    super(rejection.reason);
    this.rejection = rejection;
  }
}

export type CommandOutcome = Result<CommandResponse, Rejection>;

interface Waiting {
  /** A command to process, or the chain to go on with. */
  work: CommandRequest | { chain: number };
  /** Absent for the broker's own commands (due timers, jobs given back, chains). */
  settle?: ((outcome: CommandOutcome) => void) | undefined;
  fail?: ((error: Error) => void) | undefined;
  processed?: ((effective: boolean) => void) | undefined;
}

/** What a processed command still owes to the world; due once its records are durable. */
interface Batch extends LoggedBatch {
  outcome: CommandOutcome;
  effects: SideEffect[];
  waiting: Waiting;
}

export interface StreamProcessorOptions {
  domain: Domain;
  store: Store;
  log: Log;
  world: BrokerWorld;
  feel: Feel;
  maxPendingCommands: number;
  pickStream(jobType: string, tenantId: string): JobStreamChoice | undefined;
  /** Records of one command, in order, after they are durable and the client has its answer. */
  onDurable(records: readonly AnyRecord[]): void;
  onEffect(effect: SideEffect): void;
  /** All batches that one sync of the disk made durable. */
  onPublished(batches: readonly LoggedBatch[]): void;
  /** Commands have been processed: what falls due next may have changed. */
  onProcessed(): void;
  /** It takes nothing more, and what was not answered never will be. */
  onStopped(error: Error): void;
}

type AnyProcessor = CommandProcessor<ValueType>;
type AnyApplier = Applier<ValueType>;
type Lookup<F> = { readonly [valueType: string]: { readonly [intent: string]: F | undefined } | undefined };

/**
 * The single writer. Commands are processed one at a time, each with its follow-up commands as one batch, which is one
 * entry of the log. Nothing leaves before the log says that the batch is durable; the next commands do not wait for it.
 */
export class StreamProcessor {
  readonly state: State;
  private readonly options: StreamProcessorOptions;
  private readonly processors: Lookup<AnyProcessor>;
  private readonly appliers: Lookup<AnyApplier>;
  private readonly banned: Table<number, true>;
  private readonly generator: Table<string, number>;
  /** Commands in the log that are not processed yet, by the position of the command their chain began with, and their own. */
  private readonly leftOver: Table<readonly [number, number], AnyRecord>;
  private bannedCount = 0;

  private readonly queue: Waiting[] = [];
  private queueHead = 0;
  private pumping = false;
  private draining = false;
  /** Client commands without an answer: queued, or waiting for the disk. */
  private pending = 0;
  private unsynced: { durable: Promise<void>; batches: Batch[] }[] = [];
  private lastDurable: Promise<void> | undefined;
  /** Why it has stopped, for whatever reason. */
  failure: Error | undefined;
  private idleWaiters: (() => void)[] = [];

  private position: number;
  private lastKey: number;

  // the batch being processed
  private records: AnyRecord[] = [];
  private effects: SideEffect[] = [];
  private response: CommandResponse | undefined;
  private source: AnyRecord | undefined;
  private checksBan = false;
  private tenantId = DEFAULT_TENANT;
  private now = 0;
  private readonly context: ProcessingContext;

  constructor(options: StreamProcessorOptions) {
    this.options = options;
    this.state = options.domain.createState(options.store, options.feel);
    this.processors = options.domain.processors as unknown as Lookup<AnyProcessor>;
    this.appliers = options.domain.appliers as unknown as Lookup<AnyApplier>;
    this.banned = options.store.table('bannedInstances');
    this.generator = options.store.table('keyGenerator');
    this.leftOver = options.store.table('leftOverCommands');
    this.position = options.store.durablePosition;
    this.lastKey = this.generator.get('last') ?? FIRST_KEY - 1;
    for (const _ of this.banned.range()) this.bannedCount++;
    this.context = this.createContext();
  }

  /** Position of the last record written, durable or not. */
  get lastPosition(): number {
    return this.position;
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
    for (const { records } of log.read(expected)) {
      for (const record of records) {
        this.position = record.position;
        if (record.recordType === 'EVENT') this.apply(record);
      }
      this.keepLeftOver(records);
    }
  }

  /** Calls `settle` after the command's records are durable (a refusal for capacity at once), or `fail` if the broker stops. */
  submit(
    request: CommandRequest,
    settle: (outcome: CommandOutcome) => void,
    fail: (error: Error) => void,
  ): void {
    if (this.failure) {
      fail(this.failure);
    } else if (this.pending >= this.options.maxPendingCommands) {
      settle(failed({ type: 'RESOURCE_EXHAUSTED', reason: 'Reached maximum capacity of requests handled' }));
    } else {
      this.pending++;
      this.enqueue({ work: request, settle, fail });
    }
  }

  /** A command of the broker's own: never refused for capacity, answered to nobody. `processed` hears whether it changed anything. */
  submitInternal(request: CommandRequest, processed?: (effective: boolean) => void): void {
    if (!this.failure) this.enqueue({ work: request, processed });
  }

  /** Takes up what was not finished when the broker stopped. */
  resume(): void {
    const chains = new Set<number>();
    for (const { key } of this.leftOver.range()) chains.add(key[0]);
    for (const chain of chains) this.enqueue({ work: { chain } });
  }

  /** Writes the state as of now to disk, as soon as the log is durable up to here. */
  checkpoint(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.generator.put('last', this.lastKey);
    return this.options.store.checkpoint(this.position, this.lastDurable);
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
    this.pending = 0;
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

  /** Processes one command, or a part of a chain, with what follows from it as one batch. Returns the number of records. */
  private processBatch(waiting: Waiting): number {
    const { work } = waiting;
    const beginPosition = this.position;
    const beginKey = this.lastKey;
    this.records = [];
    this.effects = [];
    this.response = undefined;
    this.now = this.options.world.now();
    this.source = undefined;
    // the commands of a cancellation are those that may touch a stopped instance
    this.checksBan =
      this.bannedCount > 0 &&
      !('valueType' in work && work.valueType === 'PROCESS_INSTANCE' && work.intent === 'CANCEL');
    if ('chain' in work) this.writeLeftOver(work.chain);
    else this.writeCommand(work, -1);
    const begin = this.records.slice();
    if (begin.length === 0) return 0;

    let outcome: CommandOutcome;
    try {
      outcome = this.options.store.atomically(() => this.processAll());
    } catch (error) {
      const culprit = this.source ?? begin[0]!;
      const written = this.records;
      this.records = begin;
      this.effects = [];
      this.position = beginPosition + begin.length;
      this.lastKey = beginKey;
      this.source = begin[0];
      this.checksBan = false;
      outcome = failed(this.rejectAfterThrow(error, begin[0]!, culprit, written));
    }
    const { records } = this;
    const chain = this.keepLeftOver(records);
    if (chain !== undefined && !this.draining) this.queue.push({ work: { chain } });
    waiting.processed?.(outcome.ok && records.some(({ recordType }) => recordType === 'EVENT'));
    const address = { segment: -1, offset: -1 };
    this.appendToLog({ records, address, outcome, effects: this.effects, waiting });
    return records.length;
  }

  private writeCommand({ valueType, intent, key, value, tenantId }: CommandRequest, chain: number): void {
    this.tenantId = tenantId;
    this.write('COMMAND', valueType, intent, key, value).sourcePosition = chain;
  }

  /** The next commands of a chain are written again at the head of the batch that processes them. */
  private writeLeftOver(chain: number): void {
    const range = { start: [chain, 0], end: [chain + 1, 0], limit: COMMANDS_PER_BATCH } as const;
    for (const { value } of this.leftOver.range(range)) this.writeCommand(value as CommandRequest, chain);
  }

  /**
   * Notes which commands of a finished batch are still to be processed, live and in replay alike. A batch that begins with
   * commands taken from a chain goes on with it. Returns the chain, if anything is left of it.
   */
  private keepLeftOver(records: readonly AnyRecord[]): number | undefined {
    const first = records[0]!;
    const goesOn = first.sourcePosition >= 0;
    if (!goesOn && records.length <= COMMANDS_PER_BATCH) return undefined;
    const chain = goesOn ? first.sourcePosition : first.position;
    const all = { start: [chain, 0], end: [chain + 1, 0] } as const;
    if (goesOn) {
      const taken = records.findIndex(
        (each) => each.recordType !== 'COMMAND' || each.sourcePosition !== chain,
      );
      for (const { key } of this.leftOver.range({ ...all, limit: taken < 0 ? records.length : taken })) {
        this.leftOver.delete(key);
      }
    }
    let commands = 0;
    for (const record of records) {
      if (record.recordType !== 'COMMAND' || ++commands <= COMMANDS_PER_BATCH) continue;
      this.leftOver.put([chain, record.position], record);
    }
    for (const _ of this.leftOver.range({ ...all, limit: 1 })) return chain;
    return undefined;
  }

  private processAll(): CommandOutcome {
    let clientRejection: Rejection | undefined;
    let commands = 0;
    for (let index = 0; index < this.records.length; index++) {
      const record = this.records[index]!;
      if (record.recordType !== 'COMMAND') continue;
      if (++commands > COMMANDS_PER_BATCH) break;
      this.source = record;
      this.tenantId = record.tenantId;
      const rejection = this.processCommand(record);
      if (rejection && index === 0) clientRejection = rejection;
    }
    if (clientRejection) return failed(clientRejection);
    return ok(this.response ?? this.firstEvent());
  }

  private processCommand(command: AnyRecord): Rejection | undefined {
    const processor = this.processors[command.valueType]?.[command.intent];
    if (!processor) {
      throw new Error(`No processor for ${command.valueType} ${command.intent}`);
    }
    const written = this.records.length;
    const position = this.position;
    const lastKey = this.lastKey;
    const effects = this.effects.length;
    const response = this.response;
    let rejection: Rejection;
    try {
      const result = this.options.store.atomically(() => {
        const decided = processor(command as never, this.context);
        // only what has been written needs to be taken back
        if (!decided.ok && this.records.length > written) throw new Refused(decided.failure);
        return decided;
      });
      if (result.ok) return undefined;
      rejection = result.failure;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      rejection = error.rejection;
    }
    this.records.length = written;
    this.effects.length = effects;
    this.response = response;
    this.position = position;
    this.lastKey = lastKey;
    this.reject(command, rejection);
    return rejection;
  }

  private rejectAfterThrow(
    error: unknown,
    command: AnyRecord,
    culprit: AnyRecord,
    written: readonly AnyRecord[],
  ): Rejection {
    if (error instanceof BannedInstance) {
      const rejection: Rejection = {
        type: 'INVALID_STATE',
        reason:
          `Expected to process commands of the process instance with key '${error.processInstanceKey}', ` +
          'but it was stopped by an error in processing. It can only be cancelled',
      };
      this.reject(command, rejection);
      return rejection;
    }
    const thrown = error instanceof Error ? error : new Error(String(error));
    const rejection: Rejection = {
      type: 'PROCESSING_ERROR',
      reason: `Expected to process command '${culprit.intent}' of ${culprit.valueType} without errors, but: ${thrown.message}`,
    };
    this.reject(command, rejection);
    this.tenantId = culprit.tenantId;
    this.event('ERROR', 'CREATED', this.nextKey(), {
      exceptionMessage: thrown.message,
      stacktrace: thrown.stack ?? '',
      errorEventPosition: command.position,
      processInstanceKey: processInstanceOf(culprit, written),
    });
    return rejection;
  }

  private reject(command: AnyRecord, rejection: Rejection): void {
    const record = this.write(
      'COMMAND_REJECTION',
      command.valueType,
      command.intent,
      command.key,
      command.value,
    );
    record.rejection = rejection;
  }

  private firstEvent(): CommandResponse {
    const event = this.records.find((record) => record.recordType === 'EVENT') ?? this.records[0]!;
    const { valueType, intent, key, value } = event;
    return { valueType, intent, key, value } as CommandResponse;
  }

  private write<T extends ValueType>(
    recordType: AnyRecord['recordType'],
    valueType: T,
    intent: BrokerRecord<T>['intent'],
    key: number,
    value: ValueOf[T],
  ): AnyRecord {
    const record = {
      position: ++this.position,
      sourcePosition: this.source ? this.source.position : -1,
      key,
      timestamp: this.now,
      recordType,
      valueType,
      intent,
      value,
      tenantId: this.tenantId,
      version: RECORD_VERSION,
    } as AnyRecord;
    this.records.push(record);
    return record;
  }

  private event<T extends ValueType>(
    valueType: T,
    intent: EventIntent<T>,
    key: number,
    value: ValueOf[T],
  ): void {
    if (this.checksBan) this.refuseBanned(value);
    this.apply(this.write('EVENT', valueType, intent, key, value));
  }

  private refuseBanned(value: ValueOf[ValueType]): void {
    if (!('processInstanceKey' in value) || !this.banned.has(value.processInstanceKey)) return;
    throw new BannedInstance(value.processInstanceKey);
  }

  /** All that an event does, first or again: state, and that its key is taken. */
  private apply(event: AnyRecord): void {
    if (event.key > this.lastKey) this.lastKey = event.key;
    if (event.valueType === 'ERROR' && event.value.processInstanceKey > 0) {
      if (!this.banned.has(event.value.processInstanceKey)) this.bannedCount++;
      this.banned.put(event.value.processInstanceKey, true);
    }
    this.appliers[event.valueType]?.[event.intent]?.(this.state, event as never);
  }

  private nextKey(): number {
    return ++this.lastKey;
  }

  private createContext(): ProcessingContext {
    const processor = this;
    return {
      state: this.state,
      feel: this.options.feel,
      get now() {
        return processor.now;
      },
      get tenantId() {
        return processor.tenantId;
      },
      actFor(tenantId) {
        processor.tenantId = tenantId;
        processor.source!.tenantId = tenantId;
      },
      event: (valueType, intent, key, value) => this.event(valueType, intent, key, value),
      command: <T extends ValueType>(
        valueType: T,
        intent: CommandIntent<T>,
        key: number,
        value: ValueOf[T],
      ) => {
        this.write('COMMAND', valueType, intent, key, value);
      },
      nextKey: () => this.nextKey(),
      respond: <T extends ValueType>(response: CommandResponse<T>) => {
        this.response ??= response as unknown as CommandResponse;
      },
      streams: { pick: this.options.pickStream },
      effect: (effect) => {
        this.effects.push(effect);
      },
    };
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
        this.pending--;
        batch.waiting.settle(batch.outcome);
      }
      this.options.onDurable(batch.records);
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

/** The instance an exception belongs to, as far as the records tell; -1 when none. */
function processInstanceOf(culprit: AnyRecord, written: readonly AnyRecord[]): number {
  for (const record of [culprit, ...written]) {
    if ('processInstanceKey' in record.value && record.value.processInstanceKey > 0) {
      return record.value.processInstanceKey;
    }
  }
  return -1;
}
