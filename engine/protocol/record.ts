import type { Intent, ValueType } from './intents.ts';
import type * as values from './values.ts';

/** The value that goes with each value type. */
export interface ValueOf {
  DEPLOYMENT: values.DeploymentValue;
  PROCESS: values.ProcessValue;
  DECISION_REQUIREMENTS: values.DecisionRequirementsValue;
  DECISION: values.DecisionValue;
  DECISION_EVALUATION: values.DecisionEvaluationValue;
  FORM: values.FormValue;
  RESOURCE: values.ResourceValue;
  RESOURCE_DELETION: values.ResourceDeletionValue;
  PROCESS_INSTANCE_CREATION: values.ProcessInstanceCreationValue;
  PROCESS_INSTANCE_RESULT: values.ProcessInstanceResultValue;
  RUNTIME_INSTRUCTION: values.RuntimeInstructionValue;
  PROCESS_INSTANCE: values.ProcessInstanceValue;
  PROCESS_INSTANCE_MODIFICATION: values.ProcessInstanceModificationValue;
  PROCESS_INSTANCE_MIGRATION: values.ProcessInstanceMigrationValue;
  BATCH_OPERATION_CREATION: values.BatchOperationCreationValue;
  BATCH_OPERATION_CHUNK: values.BatchOperationChunkValue;
  BATCH_OPERATION_EXECUTION: values.BatchOperationExecutionValue;
  BATCH_OPERATION_LIFECYCLE_MANAGEMENT: values.BatchOperationLifecycleValue;
  MULTI_INSTANCE: values.MultiInstanceValue;
  PROCESS_INSTANCE_BATCH: values.ProcessInstanceBatchValue;
  PROCESS_EVENT: values.ProcessEventValue;
  AD_HOC_SUB_PROCESS_INSTRUCTION: values.AdHocSubProcessInstructionValue;
  JOB: values.JobValue;
  JOB_BATCH: values.JobBatchValue;
  VARIABLE: values.VariableValue;
  VARIABLE_DOCUMENT: values.VariableDocumentValue;
  INCIDENT: values.IncidentValue;
  TIMER: values.TimerValue;
  USER_TASK: values.UserTaskValue;
  MESSAGE: values.MessageValue;
  MESSAGE_CORRELATION: values.MessageCorrelationValue;
  MESSAGE_SUBSCRIPTION: values.MessageSubscriptionValue;
  PROCESS_MESSAGE_SUBSCRIPTION: values.MessageSubscriptionValue;
  MESSAGE_START_EVENT_SUBSCRIPTION: values.MessageStartEventSubscriptionValue;
  SIGNAL: values.SignalValue;
  SIGNAL_SUBSCRIPTION: values.SignalSubscriptionValue;
  CONDITIONAL_SUBSCRIPTION: values.ConditionalSubscriptionValue;
  CONDITIONAL_EVALUATION: values.ConditionalEvaluationValue;
  COMPENSATION_SUBSCRIPTION: values.CompensationSubscriptionValue;
  ESCALATION: values.EscalationValue;
  ERROR: values.ErrorValue;
}

export type RecordType = 'COMMAND' | 'EVENT' | 'COMMAND_REJECTION';

/** Why a command was refused; each protocol has one mapper from these to its own codes. */
export const rejectionTypes = [
  'INVALID_ARGUMENT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'INVALID_STATE',
  'PROCESSING_ERROR',
  'RESOURCE_EXHAUSTED',
  'EXCEEDED_BATCH_RECORD_SIZE',
  'FORBIDDEN',
] as const;
export type RejectionType = (typeof rejectionTypes)[number];

export interface Rejection {
  type: RejectionType;
  /** "Expected …, but …" as the real broker words it. */
  reason: string;
}

/** Tenant of resources deployed by clients that name none. */
export const DEFAULT_TENANT = '<default>';

/** Version of the record format; an applier of a published version never changes its meaning. */
export const RECORD_VERSION = 1;

/** One entry of the record stream, the truth from which state, history, live view and metrics derive. */
export interface BrokerRecord<T extends ValueType = ValueType> {
  /** Rises by one with every record; never reused. */
  position: number;
  /** Position of the command this record follows from; -1 for a client's command. */
  sourcePosition: number;
  /** partitionId << 51 | counter; fits a JS number for partition 1. -1 where none. */
  key: number;
  /** epoch ms. */
  timestamp: number;
  recordType: RecordType;
  valueType: T;
  intent: Intent<T>;
  value: ValueOf[T];
  tenantId: string;
  version: number;
  /** Of a command: how many events led to it, each thrown by what the one before began; absent when none did. */
  throwDepth?: number;
  /** What its sender calls the command that it follows from; absent when it has no name. */
  operationReference?: number;
  rejection?: Rejection;
}

/** A record whose `valueType` tells the type of its `value`. */
export type AnyRecord = { [T in ValueType]: BrokerRecord<T> }[ValueType];

/** First key of partition 1 is 2^51 + 1. */
export const FIRST_KEY = 2 ** 51 + 1;
