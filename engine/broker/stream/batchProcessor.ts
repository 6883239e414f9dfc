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
import type { CommandRequest } from '../broker.ts';
import type {
  Applier,
  CommandProcessor,
  CommandResponse,
  InclusiveJoin,
  JobStreamChoice,
  ProcessingContext,
  SideEffect,
} from '../processing/types.ts';
import type { State } from '../state/state.ts';
import type { Store, Table } from '../state/store.ts';
import { BannedInstance, BannedInstances } from './bannedInstances.ts';
import { exceedsBatchSize } from './batchSize.ts';
import type { Domain } from './domain.ts';
import { COMMANDS_PER_BATCH, LeftOverCommands } from './leftOverCommands.ts';

/** Thrown to take back what a command wrote before it was refused. */
class Refused extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(rejection.reason);
    this.rejection = rejection;
  }
}

export type CommandOutcome = Result<CommandResponse, Rejection>;

/** A command to process, or the chain to go on with. */
export type Work = CommandRequest | { chain: number };

/** What became of a command; nothing of it may leave before the records are durable. */
export interface ProcessedBatch {
  records: AnyRecord[];
  outcome: CommandOutcome;
  effects: SideEffect[];
  /** Set when there is more to process. */
  chain: number | undefined;
}

export interface BatchProcessorOptions {
  domain: Domain;
  store: Store;
  feel: Feel;
  inclusiveJoin?: InclusiveJoin | undefined;
  now(): number;
  pickStream(jobType: string, tenantId: string): JobStreamChoice | undefined;
}

type AnyProcessor = CommandProcessor<ValueType>;
type AnyApplier = Applier<ValueType>;
type Lookup<F> = { readonly [valueType: string]: { readonly [intent: string]: F | undefined } | undefined };

/** Makes a batch of records from a command and all that follows from it, and applies it; replay applies records alone. */
export class BatchProcessor {
  readonly state: State;
  private readonly options: BatchProcessorOptions;
  private readonly processors: Lookup<AnyProcessor>;
  private readonly appliers: Lookup<AnyApplier>;
  private readonly banned: BannedInstances;
  private readonly leftOver: LeftOverCommands;
  private readonly generator: Table<string, number>;
  private position: number;
  private lastKey: number;

  // the batch being processed
  private records: AnyRecord[] = [];
  private effects: SideEffect[] = [];
  private response: CommandResponse | undefined;
  private source: AnyRecord | undefined;
  private throwDepth = 0;
  private operationReference: number | undefined;
  private checksBan = false;
  private previousRejection: Rejection | undefined;
  private tenantId = DEFAULT_TENANT;
  private now = 0;
  private readonly context: ProcessingContext;

  constructor(options: BatchProcessorOptions) {
    const { domain, store } = options;
    this.options = options;
    this.state = domain.createState(store, options.feel);
    this.processors = domain.processors as unknown as Lookup<AnyProcessor>;
    this.appliers = domain.appliers as unknown as Lookup<AnyApplier>;
    this.banned = new BannedInstances(store);
    this.leftOver = new LeftOverCommands(store);
    this.generator = store.table('keyGenerator');
    this.position = store.durablePosition;
    this.lastKey = this.generator.get('last') ?? FIRST_KEY - 1;
    this.context = this.createContext();
  }

  /** Position of the last record written, durable or not. */
  get lastPosition(): number {
    return this.position;
  }

  /** Applies a batch of the log again. */
  replay(records: readonly AnyRecord[]): void {
    for (const record of records) {
      this.position = record.position;
      if (record.recordType === 'EVENT') this.apply(record);
    }
    this.leftOver.keep(records);
  }

  /** Chains that were not finished when the broker stopped. */
  unfinished(): Iterable<number> {
    return this.leftOver.chains();
  }

  /** Puts into state what is only in memory; to be called before state is saved. */
  prepareCheckpoint(): void {
    this.generator.put('last', this.lastKey);
  }

  /** Processes one command, or a part of a chain, with what follows from it. `undefined` if nothing is left of the chain. */
  process(work: Work): ProcessedBatch | undefined {
    const beginPosition = this.position;
    const beginKey = this.lastKey;
    this.records = [];
    this.effects = [];
    this.response = undefined;
    this.now = this.options.now();
    this.source = undefined;
    this.throwDepth = 0;
    this.checksBan = this.banned.any && !('valueType' in work && cancels(work));
    if ('chain' in work) {
      for (const command of this.leftOver.next(work.chain)) {
        this.throwDepth = command.throwDepth ?? 0;
        this.operationReference = command.operationReference;
        this.writeCommand(command as CommandRequest, work.chain);
      }
    } else {
      this.operationReference = work.operationReference;
      this.writeCommand(work, -1);
    }
    const begin = this.records.slice();
    if (begin.length === 0) return undefined;

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
      this.operationReference = begin[0]!.operationReference;
      this.tenantId = culprit.tenantId;
      this.checksBan = false;
      outcome = failed(this.rejectAfterThrow(error, begin[0]!, culprit, written));
    }
    const { records, effects } = this;
    return { records, outcome, effects, chain: this.leftOver.keep(records) };
  }

  private writeCommand({ valueType, intent, key, value, tenantId }: CommandRequest, chain: number): void {
    this.tenantId = tenantId;
    this.follow(valueType, intent, key, value).sourcePosition = chain;
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
      this.throwDepth = record.throwDepth ?? 0;
      this.operationReference = record.operationReference;
      const rejection = this.processCommand(record);
      this.previousRejection = rejection;
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
        if (
          decided.ok &&
          command.sourcePosition === -1 &&
          exceedsBatchSize(command, this.records.slice(written))
        )
          throw new Refused({ type: 'EXCEEDED_BATCH_RECORD_SIZE', reason: '' });
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
      this.reject(command, error.rejection);
      return error.rejection;
    }
    const thrown = error instanceof Error ? error : new Error(String(error));
    const rejection: Rejection = {
      type: 'PROCESSING_ERROR',
      reason: `Expected to process command '${culprit.intent}' of ${culprit.valueType} without errors, but: ${thrown.message}`,
    };
    this.reject(command, rejection);
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
    version = RECORD_VERSION,
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
      version,
    } as AnyRecord;
    if (this.operationReference !== undefined) record.operationReference = this.operationReference;
    this.records.push(record);
    return record;
  }

  private follow<T extends ValueType>(
    valueType: T,
    intent: CommandIntent<T>,
    key: number,
    value: ValueOf[T],
  ): AnyRecord {
    const command = this.write('COMMAND', valueType, intent, key, value);
    if (this.throwDepth > 0) command.throwDepth = this.throwDepth;
    return command;
  }

  private event<T extends ValueType>(
    valueType: T,
    intent: EventIntent<T>,
    key: number,
    value: ValueOf[T],
    version?: number,
  ): void {
    if (this.checksBan) this.banned.refuse(value);
    this.apply(this.write('EVENT', valueType, intent, key, value, version));
  }

  /** All that an event does, first or again: state, and that its key is taken. */
  private apply(event: AnyRecord): void {
    if (event.key > this.lastKey) this.lastKey = event.key;
    this.banned.apply(event);
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
      inclusiveJoin: this.options.inclusiveJoin ?? 'observed',
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
      event: (valueType, intent, key, value, version) => this.event(valueType, intent, key, value, version),
      command: <T extends ValueType>(
        valueType: T,
        intent: CommandIntent<T>,
        key: number,
        value: ValueOf[T],
      ) => {
        this.follow(valueType, intent, key, value);
      },
      nextKey: () => this.nextKey(),
      get throwDepth() {
        return processor.throwDepth;
      },
      thrown: (follow) => {
        this.throwDepth++;
        follow();
        this.throwDepth--;
      },
      referring: (operationReference, follow) => {
        const own = this.operationReference;
        this.operationReference = operationReference ?? own;
        follow();
        this.operationReference = own;
      },
      get previousRejection() {
        return processor.previousRejection;
      },
      isStopped: (processInstanceKey) => this.banned.has(processInstanceKey),
      respond: <T extends ValueType>(response: CommandResponse<T>) => {
        this.response ??= response as unknown as CommandResponse;
      },
      streams: { pick: this.options.pickStream },
      effect: (effect) => {
        this.effects.push(effect);
      },
    };
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

/** The commands of a cancellation are those that may touch a stopped instance. */
function cancels({ valueType, intent, value }: CommandRequest): boolean {
  if (valueType === 'PROCESS_INSTANCE') return intent === 'CANCEL';
  return 'batchOperationType' in value && value.batchOperationType === 'CANCEL_PROCESS_INSTANCE';
}
