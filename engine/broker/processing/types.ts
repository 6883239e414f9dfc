import type { Feel } from '@baton/engine/feel';
import type { ElementOf, ExecutableProcess } from '@baton/engine/model';
import type {
  AnyRecord,
  BrokerRecord,
  CommandIntent,
  ElementType,
  EventIntent,
  IncidentType,
  JsonObject,
  ListenerEventType,
  Rejection,
  Result,
  ValueOf,
  ValueType,
} from '@baton/engine/protocol';
import type { State } from '../state/state.ts';

/**
 * When an inclusive gateway that waits is asked whether it may go on: `observed` as by the real broker, only as a path arrives,
 * so that an instance may stay there for ever; `correct` as by BPMN, also as what it waits for ends elsewhere.
 */
export type InclusiveJoin = 'observed' | 'correct';

/**
 * The joints of stream processing. A command processor reads state and emits; `events.append` writes an event and applies
 * it at once, so that replay is the same call without the processor. Nothing else changes state.
 */
export interface ProcessingContext {
  readonly state: State;
  readonly feel: Feel;
  readonly inclusiveJoin: InclusiveJoin;
  /** epoch ms of the command being processed: the only clock below this line. */
  readonly now: number;
  /** Appends and applies an event. It carries `tenantId` as it stands at the call; `version` where there are several. */
  event<T extends ValueType>(
    valueType: T,
    intent: EventIntent<T>,
    key: number,
    value: ValueOf[T],
    version?: number,
  ): void;
  /** Appends a follow-up command, processed in the same batch after those already waiting. It carries `tenantId`. */
  command<T extends ValueType>(valueType: T, intent: CommandIntent<T>, key: number, value: ValueOf[T]): void;
  nextKey(): number;
  /** Elements that end at once are gone only when all that ends with them has begun to: takes what follows then. */
  readonly beforeGone?: (gone: () => void) => void;
  /** User tasks end without asking their listeners. */
  readonly skipsTaskListeners?: boolean;
  /**
   * How many events led to the command being processed, each thrown by what the one before began, without anything from outside
   * in between.
   */
  readonly throwDepth: number;
  /** The commands that `follow` appends follow from one event more. */
  thrown(follow: () => void): void;
  /** The records that `follow` appends carry the reference of a command that had to wait; they keep their own without one. */
  referring(operationReference: number | undefined, follow: () => void): void;
  /** Why the command processed just before this one, in the same batch, was refused. */
  readonly previousRejection: Rejection | undefined;
  /** An error in processing has stopped the instance; it can only be canceled. */
  isStopped(processInstanceKey: number): boolean;
  /** Tenant of the command: all its records carry it. */
  readonly tenantId: string;
  /** For a command that names a thing by its key only: from here on (and for the command's record) the tenant is the thing's. */
  actFor(tenantId: string): void;
  /** Answers the client, after the batch is durable. */
  respond<T extends ValueType>(response: CommandResponse<T>): void;
  /** Clients that wait for pushed jobs; what is picked is recorded, so replay never asks. */
  readonly streams: { pick(jobType: string, tenantId: string): JobStreamChoice | undefined };
  /** Leaves after commit: a job became available, a job was pushed. */
  effect(effect: SideEffect): void;
}

export interface JobStreamChoice {
  streamId: string;
  worker: string;
  /** ms. */
  timeout: number;
  fetchVariables: readonly string[];
}

/** Looks at state for things that fell due (timers, job deadlines, back-offs) and turns them into commands. */
export interface Checker {
  /** epoch ms of the next thing, undefined when nothing waits. */
  nextDue(state: State): number | undefined;
  due(state: State, now: number): Iterable<DueCommand>;
}

export interface DueCommand<T extends ValueType = ValueType> {
  valueType: T;
  intent: CommandIntent<T>;
  key: number;
  value: ValueOf[T];
  tenantId: string;
}

export interface CommandResponse<T extends ValueType = ValueType> {
  valueType: T;
  intent: EventIntent<T>;
  key: number;
  value: ValueOf[T];
  /** Beside the record: what the door needs (activated jobs with variables …). */
  attachment?: unknown;
}

export type SideEffect =
  | { kind: 'jobsAvailable'; jobType: string; tenantId: string }
  | { kind: 'jobActivated'; streamId: string; jobs: ActivatedJob[] }
  /** An instance has ended whose creator waits for it. */
  | { kind: 'resultReady'; result: ValueOf['PROCESS_INSTANCE_RESULT'] & { tenantId: string } };

/** What a worker receives. */
export interface ActivatedJob {
  key: number;
  type: string;
  processInstanceKey: number;
  bpmnProcessId: string;
  processDefinitionVersion: number;
  processDefinitionKey: number;
  elementId: string;
  elementInstanceKey: number;
  customHeaders: { [name: string]: string };
  worker: string;
  retries: number;
  /** epoch ms. */
  deadline: number;
  variables: JsonObject;
  tenantId: string;
  kind: ValueOf['JOB']['kind'];
  /** `UNSPECIFIED` unless a listener has it. */
  listenerEventType: ListenerEventType;
  /** Of the process instance. */
  tags: readonly string[];
}

/** One command of one value type: decide, emit, answer or refuse. */
export type CommandProcessor<T extends ValueType> = (
  command: BrokerRecord<T>,
  context: ProcessingContext,
) => Result<void, Rejection>;

/** Changes state for one event; decides nothing. */
export type Applier<T extends ValueType> = (state: State, event: BrokerRecord<T>) => void;

/** What stops an element where it is: becomes an incident. */
export interface Failure {
  errorType: IncidentType;
  message: string;
  variableScopeKey?: number;
}

/** Type and intent of the record stream in a compact form, for traces and tests. */
export type TraceEntry = Pick<AnyRecord, 'valueType' | 'intent'> & { elementId: string };

export type { ElementOf, ElementType, ExecutableProcess };
