import type { BpmnElementType } from './elementType.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** What `PROCESS_INSTANCE` records say of one element instance (or of a taken sequence flow). */
export interface ProcessInstanceValue {
  bpmnProcessId: string;
  version: number;
  processDefinitionKey: number;
  processInstanceKey: number;
  elementId: string;
  bpmnElementType: BpmnElementType;
  /** Key of the enclosing element instance; -1 for the process itself. */
  flowScopeKey: number;
  /** -1 unless a call activity created the process instance. */
  parentProcessInstanceKey: number;
  parentElementInstanceKey: number;
  /** Of the process instance; absent when there are none. */
  tags?: string[];
  /** Elements with whose end the process instance is terminated, ids; absent when there are none. */
  endsAfter?: string[];
}

/** What is to begin and to end in a running process instance; the record's key is that of the instance. */
export interface ProcessInstanceModificationValue {
  processInstanceKey: number;
  activateInstructions: ActivateInstruction[];
  terminateInstructions: { elementInstanceKey: number }[];
  /** The scopes around what was activated, without repetition; empty in the command. */
  ancestorScopeKeys: number[];
}

export interface ActivateInstruction {
  elementId: string;
  /** The instance in which missing scopes are made; -1 leaves the choice to the broker. */
  ancestorScopeKey: number;
  variableInstructions: {
    /** A scope around the element, or the element; '' is the process instance. */
    elementId: string;
    variables: JsonObject;
  }[];
  /** The scopes around the element, the nearest first; empty in the command. */
  ancestorScopeKeys: number[];
}

/** Where a running process instance goes; the record's key is that of the instance. */
export interface ProcessInstanceMigrationValue {
  processInstanceKey: number;
  targetProcessDefinitionKey: number;
  mappingInstructions: { sourceElementId: string; targetElementId: string }[];
}

/** One command for each of many things. */
export type BatchOperation =
  | { batchOperationType: 'CANCEL_PROCESS_INSTANCE' | 'RESOLVE_INCIDENT' }
  | {
      batchOperationType: 'MIGRATE_PROCESS_INSTANCE';
      migrationPlan: Pick<
        ProcessInstanceMigrationValue,
        'targetProcessDefinitionKey' | 'mappingInstructions'
      >;
    }
  | {
      batchOperationType: 'MODIFY_PROCESS_INSTANCE';
      /** Every active instance of the source ends, and the target begins in its place. */
      moveInstructions: { sourceElementId: string; targetElementId: string }[];
    };
export type BatchOperationType = BatchOperation['batchOperationType'];

export interface BatchOperationItem {
  /** What the command is about: a process instance or an incident. */
  itemKey: number;
  processInstanceKey: number;
}

export interface BatchOperationCreationValue {
  batchOperationKey: number;
  operation: BatchOperation;
  /** In the command only; the event is followed by chunks. */
  items: BatchOperationItem[];
  itemCount: number;
}

export interface BatchOperationChunkValue {
  batchOperationKey: number;
  items: BatchOperationItem[];
}

export interface BatchOperationExecutionValue {
  batchOperationKey: number;
  batchOperationType: BatchOperationType;
  itemKey: number;
  /** Why the command was refused; '' when it was not. */
  errorMessage: string;
}

export interface BatchOperationLifecycleValue {
  batchOperationKey: number;
}

/** What a multi-instance body goes through, read once; the record's key is that of the body. */
export interface MultiInstanceValue {
  inputCollection: JsonValue[];
  processInstanceKey: number;
}

/** Instances of a multi-instance body that are still to be made. */
export interface ProcessInstanceBatchValue {
  processInstanceKey: number;
  /** The body, or the scope that is being ended. */
  batchElementInstanceKey: number;
  /** How many are left to be made; of those to be ended the key of the next, -1 for the first. */
  index: number;
}

export interface ProcessInstanceCreationValue {
  bpmnProcessId: string;
  version: number;
  processDefinitionKey: number;
  processInstanceKey: number;
  variables: JsonObject;
  startInstructions: { elementId: string }[];
  /** What is to happen to the instance as it runs; absent when nothing. */
  runtimeInstructions?: RuntimeInstruction[];
  /** What the creator calls the instance by; absent when there are none. */
  tags?: string[];
  /** Set by CreateProcessInstanceWithResult: names to answer with, empty = all. */
  awaitResult: boolean;
  fetchVariables: string[];
}

/** The instance is terminated when an instance of the element has ended. */
export interface RuntimeInstruction {
  type: 'TERMINATE_PROCESS_INSTANCE';
  afterElementId: string;
}

/** The element with whose end the instance is terminated. */
export interface RuntimeInstructionValue {
  processInstanceKey: number;
  elementId: string;
}

/** The answer of an awaited instance; `COMPLETED` when its root scope ended. */
export interface ProcessInstanceResultValue {
  bpmnProcessId: string;
  version: number;
  processDefinitionKey: number;
  processInstanceKey: number;
  variables: JsonObject;
}

export type JobKind = 'BPMN_ELEMENT' | 'EXECUTION_LISTENER' | 'TASK_LISTENER' | 'AD_HOC_SUB_PROCESS';

/** What a job of a listener is about, as it stands in records. */
export const listenerEventTypes = [
  'UNSPECIFIED',
  'START',
  'END',
  'CREATING',
  'ASSIGNING',
  'UPDATING',
  'COMPLETING',
  'CANCELING',
] as const;
export type ListenerEventType = (typeof listenerEventTypes)[number];

export interface JobValue {
  type: string;
  kind: JobKind;
  /** Of a listener's job only. */
  listenerEventType?: ListenerEventType;
  retries: number;
  /** ms; asked for by FailJob. */
  retryBackoff: number;
  /** epoch ms at which a failed job becomes activatable again; -1 when none. */
  recurringTime: number;
  /** epoch ms; -1 while not activated. */
  deadline: number;
  /** ms the worker asked for; -1 while not activated. */
  timeout: number;
  worker: string;
  customHeaders: { [name: string]: string };
  /** Variables a command brought (complete, fail, throw error); empty otherwise. */
  variables: JsonObject;
  errorCode: string;
  errorMessage: string;
  /** Of a completed job whose worker gave one. */
  result?: JobResult;
  bpmnProcessId: string;
  processDefinitionVersion: number;
  processDefinitionKey: number;
  processInstanceKey: number;
  elementId: string;
  elementInstanceKey: number;
  /** Of the process instance; absent when there are none. */
  tags?: string[];
}

/** What a worker says beside variables when it completes a job of an ad-hoc sub-process or of a task listener. */
export interface JobResult {
  type: 'USER_TASK' | 'AD_HOC_SUB_PROCESS';
  /** The transition of the user task shall not happen. */
  denied: boolean;
  deniedReason: string;
  /** Attributes of the user task that the listener changes, and their new values. */
  correctedAttributes: string[];
  corrections: UserTaskCorrections;
  activateElements: AdHocActivation[];
  completionConditionFulfilled: boolean;
  cancelRemainingInstances: boolean;
}

export interface UserTaskCorrections {
  assignee: string;
  candidateGroupsList: string[];
  candidateUsersList: string[];
  dueDate: string;
  followUpDate: string;
  priority: number;
}

/** One element of an ad-hoc sub-process to begin, with the variables it gets for itself. */
export interface AdHocActivation {
  elementId: string;
  variables: JsonObject;
}

/** What is to be activated in an ad-hoc sub-process, or that it is enough. */
export interface AdHocSubProcessInstructionValue {
  adHocSubProcessInstanceKey: number;
  activateElements: AdHocActivation[];
  cancelRemainingInstances: boolean;
  completionConditionFulfilled: boolean;
}

export interface JobBatchValue {
  type: string;
  worker: string;
  timeout: number;
  maxJobsToActivate: number;
  fetchVariables: string[];
  tenantIds: string[];
  jobKeys: number[];
  truncated: boolean;
}

export interface VariableValue {
  name: string;
  value: JsonValue;
  scopeKey: number;
  processInstanceKey: number;
  processDefinitionKey: number;
  bpmnProcessId: string;
}

export interface VariableDocumentValue {
  scopeKey: number;
  updateSemantics: 'LOCAL' | 'PROPAGATE';
  variables: JsonObject;
}

export const incidentTypes = [
  'UNKNOWN',
  'IO_MAPPING_ERROR',
  'JOB_NO_RETRIES',
  'EXECUTION_LISTENER_NO_RETRIES',
  'TASK_LISTENER_NO_RETRIES',
  'AD_HOC_SUB_PROCESS_NO_RETRIES',
  'CONDITION_ERROR',
  'EXTRACT_VALUE_ERROR',
  'CALLED_ELEMENT_ERROR',
  'CALLED_DECISION_ERROR',
  'DECISION_EVALUATION_ERROR',
  'FORM_NOT_FOUND',
  'RESOURCE_NOT_FOUND',
  'UNHANDLED_ERROR_EVENT',
  'MESSAGE_SIZE_EXCEEDED',
] as const;
export type IncidentType = (typeof incidentTypes)[number];

export interface IncidentValue {
  errorType: IncidentType;
  errorMessage: string;
  bpmnProcessId: string;
  processDefinitionKey: number;
  processInstanceKey: number;
  elementId: string;
  elementInstanceKey: number;
  /** -1 unless the incident is about a job. */
  jobKey: number;
  variableScopeKey: number;
}

export interface TimerValue {
  /** -1 for the timer of a process's start event; its `processInstanceKey` as well. */
  elementInstanceKey: number;
  processInstanceKey: number;
  processDefinitionKey: number;
  /** epoch ms. */
  dueDate: number;
  /** The catching element (boundary event …). */
  targetElementId: string;
  /** Firings left; -1 = endless, 1 = once. */
  repetitions: number;
  /** ms between firings of a cycle; 0 when none. */
  interval: number;
  /** The cron expression of a cycle that has one; '' otherwise. */
  cron: string;
}

/** A trigger that waits for its element instance: which event fired, with what variables. */
export interface ProcessEventValue {
  scopeKey: number;
  targetElementId: string;
  variables: JsonObject;
  processDefinitionKey: number;
  processInstanceKey: number;
}

export interface UserTaskValue {
  userTaskKey: number;
  assignee: string;
  candidateGroups: string[];
  candidateUsers: string[];
  /** ISO 8601 or ''. */
  dueDate: string;
  followUpDate: string;
  /** 0 to 100, 50 unless modelled. */
  priority: number;
  formKey: number;
  externalFormReference: string;
  customHeaders: { [name: string]: string };
  /** Variables a completion brought. */
  variables: JsonObject;
  changedAttributes: string[];
  action: string;
  /** What the listener said that denied a transition. */
  deniedReason?: string;
  creationTimestamp: number;
  bpmnProcessId: string;
  processDefinitionVersion: number;
  processDefinitionKey: number;
  processInstanceKey: number;
  elementId: string;
  elementInstanceKey: number;
}

export interface MessageValue {
  name: string;
  correlationKey: string;
  /** ms. */
  timeToLive: number;
  messageId: string;
  variables: JsonObject;
  /** epoch ms. */
  deadline: number;
}

/** A message whose sender wants to know whether it reached somebody. */
export interface MessageCorrelationValue {
  name: string;
  correlationKey: string;
  variables: JsonObject;
  messageKey: number;
  /** The instance it reached, or began; -1 before. */
  processInstanceKey: number;
}

/** An element instance waits for a message. */
export interface MessageSubscriptionValue {
  bpmnProcessId: string;
  processInstanceKey: number;
  /** The instance that waits: an activity, a gateway, a scope, or the catch event itself. */
  elementInstanceKey: number;
  /** The event that the message triggers. */
  elementId: string;
  messageName: string;
  correlationKey: string;
  /** One message is enough. */
  interrupting: boolean;
  /** The message that came, and what it brought; -1 and empty before. */
  messageKey: number;
  variables: JsonObject;
}

export interface MessageStartEventSubscriptionValue {
  bpmnProcessId: string;
  processDefinitionKey: number;
  startEventId: string;
  messageName: string;
  /** The message that came and the instance it began; -1 and empty before. */
  messageKey: number;
  processInstanceKey: number;
  correlationKey: string;
  variables: JsonObject;
}

export interface SignalValue {
  signalName: string;
  variables: JsonObject;
}

export interface SignalSubscriptionValue {
  signalName: string;
  bpmnProcessId: string;
  processDefinitionKey: number;
  /** The event that the signal triggers. */
  catchEventId: string;
  /** The element instance that waits; -1 for a start event. */
  catchEventInstanceKey: number;
}

export interface ConditionalSubscriptionValue {
  bpmnProcessId: string;
  processDefinitionKey: number;
  /** -1 for a start event. */
  processInstanceKey: number;
  /** The element instance that waits, whose variables count; -1 for a start event. */
  elementInstanceKey: number;
  /** The event that the condition triggers. */
  catchEventId: string;
  interrupting: boolean;
  condition: string;
  /** The variables whose changes count, and how they must have changed. */
  variableNames: string[];
  variableEvents: string[];
}

export interface ConditionalEvaluationValue {
  /** -1 for all definitions. */
  processDefinitionKey: number;
  variables: JsonObject;
  startedProcessInstances: { processDefinitionKey: number; processInstanceKey: number }[];
}

/** An activity was done and can be undone; the last fields say by whom, as soon as somebody asked for it. */
export interface CompensationSubscriptionValue {
  processInstanceKey: number;
  processDefinitionKey: number;
  compensableActivityId: string;
  compensableActivityScopeKey: number;
  compensableActivityInstanceKey: number;
  /** '' for a sub-process without a handler of its own, in which something can be undone. */
  compensationHandlerId: string;
  throwEventId: string;
  throwEventInstanceKey: number;
  compensationHandlerInstanceKey: number;
  variables: JsonObject;
}

export interface EscalationValue {
  processInstanceKey: number;
  escalationCode: string;
  throwElementId: string;
  /** '' when nobody catches it. */
  catchElementId: string;
}

export interface DeploymentResource {
  resourceName: string;
  /** Bytes of the file as UTF-8 text. */
  resource: string;
}

export interface ProcessMetadata {
  bpmnProcessId: string;
  version: number;
  processDefinitionKey: number;
  resourceName: string;
  /** sha-256, hex. */
  checksum: string;
  /** Same bytes and name as the latest version: nothing new was made. */
  duplicate: boolean;
  deploymentKey: number;
  versionTag: string;
}

export interface DecisionRequirementsMetadata {
  decisionRequirementsId: string;
  decisionRequirementsName: string;
  decisionRequirementsVersion: number;
  decisionRequirementsKey: number;
  namespace: string;
  resourceName: string;
  /** sha-256, hex. */
  checksum: string;
  duplicate: boolean;
}

export interface DecisionRequirementsValue extends DecisionRequirementsMetadata {
  resource: string;
}

export interface DecisionValue {
  decisionId: string;
  decisionName: string;
  version: number;
  decisionKey: number;
  decisionRequirementsId: string;
  decisionRequirementsKey: number;
  duplicate: boolean;
  deploymentKey: number;
  versionTag: string;
}

export interface FormMetadata {
  formId: string;
  version: number;
  formKey: number;
  resourceName: string;
  /** sha-256, hex. */
  checksum: string;
  duplicate: boolean;
  deploymentKey: number;
  versionTag: string;
}

export interface FormValue extends FormMetadata {
  resource: string;
}

/** A file of a kind that the engine keeps for others. */
export interface ResourceMetadata {
  resourceId: string;
  version: number;
  resourceKey: number;
  resourceName: string;
  /** sha-256, hex. */
  checksum: string;
  duplicate: boolean;
  deploymentKey: number;
  versionTag: string;
}

export interface ResourceValue extends ResourceMetadata {
  resourceProp: string;
}

/** What became of the resources; lists that an older record lacks are empty. */
export interface DeploymentValue {
  resources: DeploymentResource[];
  processesMetadata: ProcessMetadata[];
  decisionsMetadata?: DecisionValue[];
  decisionRequirementsMetadata?: DecisionRequirementsMetadata[];
  formMetadata?: FormMetadata[];
  resourceMetadata?: ResourceMetadata[];
}

export interface ResourceDeletionValue {
  resourceKey: number;
}

export interface MatchedRuleValue {
  ruleId: string;
  /** From 1. */
  ruleIndex: number;
  evaluatedOutputs: {
    outputId: string;
    outputName: string;
    /** JSON. */
    outputValue: string;
  }[];
}

export interface EvaluatedDecisionValue {
  decisionId: string;
  decisionName: string;
  /** -1 for a business knowledge model; its version as well. */
  decisionKey: number;
  decisionVersion: number;
  /** `DECISION_TABLE`, `LITERAL_EXPRESSION`, … */
  decisionType: string;
  /** JSON. */
  decisionOutput: string;
  evaluatedInputs: {
    inputId: string;
    inputName: string;
    /** JSON. */
    inputValue: string;
  }[];
  matchedRules: MatchedRuleValue[];
}

export interface DecisionEvaluationValue {
  decisionKey: number;
  decisionId: string;
  decisionName: string;
  decisionVersion: number;
  decisionRequirementsId: string;
  decisionRequirementsKey: number;
  /** JSON. */
  decisionOutput: string;
  /** What the command brought. */
  variables: JsonObject;
  evaluatedDecisions: EvaluatedDecisionValue[];
  evaluationFailureMessage: string;
  failedDecisionId: string;
  /** The business rule task that asked; empty and -1 for a client. */
  bpmnProcessId: string;
  processDefinitionKey: number;
  processInstanceKey: number;
  elementId: string;
  elementInstanceKey: number;
}

export interface ProcessValue extends ProcessMetadata {
  resource: string;
}

/** An exception in processing bans the one instance. */
export interface ErrorValue {
  exceptionMessage: string;
  stacktrace: string;
  errorEventPosition: number;
  processInstanceKey: number;
}
