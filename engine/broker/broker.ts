import type { Feel } from '@baton/engine/feel';
import type {
  AnyRecord,
  CommandIntent,
  DecisionRequirementsValue,
  DecisionValue,
  FormValue,
  Rejection,
  ResourceValue,
  Result,
  ValueOf,
  ValueType,
} from '@baton/engine/protocol';
import { appliers } from './appliers/index.ts';
import { checkers } from './checkers/index.ts';
import type { LogAddress } from './log/log.ts';
import { processors } from './processing/commands/index.ts';
import type { ActivatedJob, CommandResponse, InclusiveJoin } from './processing/types.ts';
import type { BatchOperationEntry, BatchOperationItemEntry } from './state/batchOperations.ts';
import { createQueries, createState, STATE_LAYOUT } from './state/state.ts';
import type { Store } from './state/store.ts';
import { startBroker } from './stream/startBroker.ts';

/** What time and the world mean to the broker; a test passes its own. */
export interface BrokerWorld {
  /** epoch ms. */
  now(): number;
  /** Calls back once after `ms`; returns the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
  /** How late the thread runs at present, ms; absent = never late. */
  eventLoopDelay?(): number;
}

export interface BrokerOptions {
  /** Folder for log and state; `undefined` keeps all in memory (tests). */
  dataDirectory: string | undefined;
  world: BrokerWorld;
  feel: Feel;
  /** `observed` when absent. It may change from start to start. */
  inclusiveJoin?: InclusiveJoin | undefined;
  /** Unanswered commands before new ones are refused with RESOURCE_EXHAUSTED; fewer while answers come late. */
  maxPendingCommands: number;
}

export interface CommandRequest<T extends ValueType = ValueType> {
  valueType: T;
  intent: CommandIntent<T>;
  /** -1 where the command makes a new thing. */
  key: number;
  value: ValueOf[T];
  tenantId: string;
  /** A number above 0 that the records which follow from the command carry. */
  operationReference?: number | undefined;
}

export interface JobStream {
  /** Only the names given; empty = all visible variables. */
  type: string;
  worker: string;
  /** ms. */
  timeout: number;
  fetchVariables: readonly string[];
  tenantIds: readonly string[];
  /** Called after the activation is durable; `false` gives the job back (client slow or gone). */
  push(job: ActivatedJob): boolean;
}

/**
 * The embedded broker: one partition, one log, one state. Everything goes in as a command and comes out as records.
 */
export interface Broker {
  /** Resolves after the records are durable; a refusal is a value; rejects only if the broker is closed or the disk failed. */
  execute<T extends ValueType>(request: CommandRequest<T>): Promise<Result<CommandResponse, Rejection>>;
  /** Resolves when the awaited instance completes (CreateProcessInstanceWithResult). */
  executeAndAwaitResult(
    request: CommandRequest<'PROCESS_INSTANCE_CREATION'>,
    signal: AbortSignal,
  ): Promise<Result<ValueOf['PROCESS_INSTANCE_RESULT'] & { tenantId: string }, Rejection>>;
  /** Calls back whenever a job of the type may have become available. Returns the unsubscription. */
  onJobsAvailable(jobType: string, callback: () => void): () => void;
  openJobStream(stream: JobStream): () => void;
  /**
   * Durable records after `position`, then live ones, batch by batch, each with the place of its batch in the log; in order
   * and without a gap. A callback that returns a promise gets nothing more until it settles; meanwhile records wait in
   * the log, not in memory. Returns the unsubscription.
   */
  subscribe(
    position: number,
    callback: (records: readonly AnyRecord[], address: LogAddress) => void | Promise<void>,
  ): () => void;
  /** The records of the batches at these addresses, in the order given: how a projection reads one run again. */
  recordsAt(addresses: readonly LogAddress[]): AnyRecord[];
  /** Position of the last durable record. */
  readonly lastPosition: number;
  /** Why it takes no more commands (disk full or failed, closed); `undefined` while it works. */
  readonly failure: Error | undefined;
  /** Read-only look at state, for the query doors. */
  readonly queries: BrokerQueries;
  close(): Promise<void>;
}

export interface DeployedProcess {
  processDefinitionKey: number;
  bpmnProcessId: string;
  name: string;
  version: number;
  versionTag: string;
  resourceName: string;
  resource: string;
  tenantId: string;
  deploymentKey: number;
  /** Id of the form with which people start it; '' when none. */
  startFormId: string;
}

/** Something else that is deployed, or was. */
export interface Deployed<V> {
  key: number;
  tenantId: string;
  value: V;
}

/** Lookups by key also find what was deleted. */
export interface BrokerQueries {
  process(processDefinitionKey: number): DeployedProcess | undefined;
  processes(): Iterable<DeployedProcess>;
  batchOperation(key: number): BatchOperationEntry | undefined;
  /** Oldest first. */
  batchOperations(): Iterable<BatchOperationEntry>;
  batchOperationItems(key: number): Iterable<BatchOperationItemEntry>;
  decision(decisionKey: number): Deployed<DecisionValue> | undefined;
  decisions(): Iterable<Deployed<DecisionValue>>;
  decisionRequirements(decisionRequirementsKey: number): Deployed<DecisionRequirementsValue> | undefined;
  allDecisionRequirements(): Iterable<Deployed<DecisionRequirementsValue>>;
  form(formKey: number): Deployed<FormValue> | undefined;
  latestForm(tenantId: string, formId: string): Deployed<FormValue> | undefined;
  /** Of those that were not deleted. */
  resource(resourceKey: number): Deployed<ResourceValue> | undefined;
}

/**
 * Opens the data directory, replays what the log has beyond the saved state, and starts processing. Rejects with a
 * `BrokerError` when the directory is locked, damaged or incomplete; nothing is changed then.
 */
export function createBroker(options: BrokerOptions): Promise<Broker> {
  const domain = {
    stateLayout: STATE_LAYOUT,
    createState: (store: Store) => createState(store, options.feel),
    createQueries,
    processors,
    appliers,
    checkers,
  };
  return startBroker({ ...options, domain });
}
