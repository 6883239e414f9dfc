/**
 * The intents of every value type: which are commands (imperative) and which are events (past participle).
 * Names are Zeebe's. Adding a value type is one row here and one value in `values.ts`.
 */
export const intents = {
  DEPLOYMENT: { commands: ['CREATE'], events: ['CREATED'] },
  PROCESS: { commands: [], events: ['CREATED', 'DELETING', 'DELETED'] },
  DECISION_REQUIREMENTS: { commands: [], events: ['CREATED', 'DELETED'] },
  DECISION: { commands: [], events: ['CREATED', 'DELETED'] },
  DECISION_EVALUATION: { commands: ['EVALUATE'], events: ['EVALUATED', 'FAILED'] },
  FORM: { commands: [], events: ['CREATED', 'DELETED'] },
  RESOURCE: { commands: [], events: ['CREATED', 'DELETED'] },
  RESOURCE_DELETION: { commands: ['DELETE'], events: ['DELETING', 'DELETED'] },
  PROCESS_INSTANCE_CREATION: { commands: ['CREATE'], events: ['CREATED'] },
  PROCESS_INSTANCE_RESULT: { commands: [], events: ['COMPLETED'] },
  RUNTIME_INSTRUCTION: { commands: ['INTERRUPT'], events: ['INTERRUPTED'] },
  PROCESS_INSTANCE: {
    commands: [
      'ACTIVATE_ELEMENT',
      'COMPLETE_ELEMENT',
      'TERMINATE_ELEMENT',
      'COMPLETE_EXECUTION_LISTENER',
      'CANCEL',
    ],
    events: [
      'ELEMENT_ACTIVATING',
      'ELEMENT_ACTIVATED',
      'ELEMENT_COMPLETING',
      'ELEMENT_COMPLETED',
      'ELEMENT_TERMINATING',
      'ELEMENT_TERMINATED',
      'SEQUENCE_FLOW_TAKEN',
      'SEQUENCE_FLOW_DELETED',
      'CANCELING',
      'ELEMENT_MIGRATED',
      'ANCESTOR_MIGRATED',
    ],
  },
  PROCESS_INSTANCE_MODIFICATION: { commands: ['MODIFY'], events: ['MODIFIED'] },
  PROCESS_INSTANCE_MIGRATION: { commands: ['MIGRATE'], events: ['MIGRATED'] },
  BATCH_OPERATION_CREATION: { commands: ['CREATE'], events: ['CREATED'] },
  /** The items of a batch operation, in portions. */
  BATCH_OPERATION_CHUNK: { commands: [], events: ['CREATED'] },
  BATCH_OPERATION_EXECUTION: { commands: ['EXECUTE', 'CONCLUDE'], events: ['EXECUTING', 'EXECUTED'] },
  BATCH_OPERATION_LIFECYCLE_MANAGEMENT: {
    commands: ['CANCEL', 'SUSPEND', 'RESUME'],
    events: ['CANCELED', 'SUSPENDED', 'RESUMED', 'COMPLETED'],
  },
  MULTI_INSTANCE: { commands: [], events: ['INPUT_COLLECTION_EVALUATED'] },
  PROCESS_INSTANCE_BATCH: { commands: ['ACTIVATE', 'TERMINATE'], events: ['ACTIVATED', 'TERMINATED'] },
  PROCESS_EVENT: { commands: [], events: ['TRIGGERING', 'TRIGGERED'] },
  AD_HOC_SUB_PROCESS_INSTRUCTION: { commands: ['ACTIVATE', 'COMPLETE'], events: ['ACTIVATED', 'COMPLETED'] },
  JOB: {
    commands: [
      'COMPLETE',
      'FAIL',
      'THROW_ERROR',
      'TIME_OUT',
      'UPDATE',
      'UPDATE_RETRIES',
      'UPDATE_TIMEOUT',
      'YIELD',
      'RECUR_AFTER_BACKOFF',
    ],
    events: [
      'CREATED',
      'COMPLETED',
      'FAILED',
      'ERROR_THROWN',
      'TIMED_OUT',
      'RETRIES_UPDATED',
      'TIMEOUT_UPDATED',
      'UPDATED',
      'CANCELED',
      'YIELDED',
      'RECURRED_AFTER_BACKOFF',
      'MIGRATED',
    ],
  },
  JOB_BATCH: { commands: ['ACTIVATE'], events: ['ACTIVATED'] },
  VARIABLE: { commands: [], events: ['CREATED', 'UPDATED', 'MIGRATED'] },
  VARIABLE_DOCUMENT: { commands: ['UPDATE'], events: ['UPDATING', 'UPDATED', 'UPDATE_DENIED'] },
  INCIDENT: { commands: ['RESOLVE'], events: ['CREATED', 'RESOLVED', 'MIGRATED'] },
  TIMER: { commands: ['TRIGGER'], events: ['CREATED', 'TRIGGERED', 'CANCELED', 'MIGRATED'] },
  USER_TASK: {
    commands: ['ASSIGN', 'CLAIM', 'UPDATE', 'COMPLETE'],
    events: [
      'CREATING',
      'CREATED',
      'ASSIGNING',
      'ASSIGNED',
      'CLAIMING',
      'UPDATING',
      'UPDATED',
      'COMPLETING',
      'COMPLETED',
      'CANCELING',
      'CANCELED',
      'MIGRATED',
      'CORRECTED',
      'ASSIGNMENT_DENIED',
      'UPDATE_DENIED',
      'COMPLETION_DENIED',
    ],
  },
  MESSAGE: { commands: ['PUBLISH', 'EXPIRE'], events: ['PUBLISHED', 'EXPIRED'] },
  MESSAGE_CORRELATION: { commands: ['CORRELATE', 'CONCLUDE'], events: ['CORRELATING', 'CORRELATED'] },
  /** The message's side of a subscription. */
  MESSAGE_SUBSCRIPTION: {
    commands: ['CREATE', 'CORRELATE', 'MIGRATE'],
    events: ['CREATED', 'CORRELATING', 'CORRELATED', 'DELETED', 'MIGRATED'],
  },
  /** The element's side of it, under the same key. */
  PROCESS_MESSAGE_SUBSCRIPTION: {
    commands: ['CORRELATE'],
    events: ['CREATING', 'CREATED', 'CORRELATED', 'DELETING', 'DELETED', 'MIGRATED'],
  },
  MESSAGE_START_EVENT_SUBSCRIPTION: { commands: [], events: ['CREATED', 'CORRELATED', 'DELETED'] },
  SIGNAL: { commands: ['BROADCAST'], events: ['BROADCASTED'] },
  SIGNAL_SUBSCRIPTION: { commands: [], events: ['CREATED', 'DELETED', 'MIGRATED'] },
  /** What waits for variables to fulfil a condition. */
  CONDITIONAL_SUBSCRIPTION: {
    commands: ['TRIGGER'],
    events: ['CREATED', 'TRIGGERED', 'DELETED', 'MIGRATED'],
  },
  /** Conditions of start events, looked at when somebody asks for it. */
  CONDITIONAL_EVALUATION: { commands: ['EVALUATE'], events: ['EVALUATED'] },
  /** What was done and can be undone. */
  COMPENSATION_SUBSCRIPTION: { commands: [], events: ['CREATED', 'TRIGGERED', 'COMPLETED', 'DELETED'] },
  ESCALATION: { commands: [], events: ['ESCALATED', 'NOT_ESCALATED'] },
  ERROR: { commands: [], events: ['CREATED'] },
} as const;

export type ValueType = keyof typeof intents;
export type CommandIntent<T extends ValueType = ValueType> = (typeof intents)[T]['commands'][number];
export type EventIntent<T extends ValueType = ValueType> = (typeof intents)[T]['events'][number];
export type Intent<T extends ValueType = ValueType> = CommandIntent<T> | EventIntent<T>;
