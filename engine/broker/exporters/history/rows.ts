import type {
  ElementType,
  EvaluatedDecisionValue,
  IncidentType,
  JobValue,
  JsonValue,
  MessageSubscriptionValue,
  UserTaskValue,
} from '@baton/engine/protocol';

/** What history knows of things that outlive the broker's own state. Times are epoch ms. */

export interface InstanceRow {
  processInstanceKey: number;
  processDefinitionKey: number;
  bpmnProcessId: string;
  version: number;
  /** -1 unless a call activity created it. */
  parentProcessInstanceKey: number;
  /** The call activity's; -1 unless one created it. */
  parentElementInstanceKey: number;
  state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  startTime: number;
  endTime: number | undefined;
  /** Open incidents. */
  incidents: number;
  /** What was thrown while the instance was processed: it does nothing more; undefined when nothing was. */
  error: string | undefined;
  tenantId: string;
  /** Absent when there are none. */
  tags?: readonly string[];
  /** How many batches of the log tell of it. */
  batches: number;
  /** The highest key of its events: nothing of it has a higher one. */
  lastKey: number;
}

export interface UserTaskRow extends Omit<UserTaskValue, 'variables' | 'changedAttributes' | 'action'> {
  state: 'CREATED' | 'COMPLETED' | 'CANCELED';
  creationTime: number;
  completionTime: number | undefined;
  tenantId: string;
}

export interface IncidentRow {
  incidentKey: number;
  processInstanceKey: number;
  processDefinitionKey: number;
  bpmnProcessId: string;
  errorType: IncidentType;
  errorMessage: string;
  elementId: string;
  elementInstanceKey: number;
  jobKey: number;
  creationTime: number;
  state: 'ACTIVE' | 'RESOLVED';
  tenantId: string;
}

/** One decision of an evaluation. */
export interface DecisionInstanceRow extends EvaluatedDecisionValue {
  /** Of the whole evaluation. */
  decisionEvaluationKey: number;
  /** Among the decisions of the evaluation, from 1. */
  index: number;
  state: 'EVALUATED' | 'FAILED';
  evaluationTime: number;
  /** '' unless it failed. */
  evaluationFailure: string;
  /** The business rule task that asked; -1 for a client. */
  processDefinitionKey: number;
  processInstanceKey: number;
  elementInstanceKey: number;
  tenantId: string;
}

export interface ElementRow {
  elementInstanceKey: number;
  processInstanceKey: number;
  processDefinitionKey: number;
  bpmnProcessId: string;
  elementId: string;
  type: ElementType;
  state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  startTime: number;
  endTime: number | undefined;
  /** Key of the enclosing element instance. */
  scopeKey: number;
  /** The open incident that stops it. */
  incidentKey: number | undefined;
  tenantId: string;
}

export interface VariableRow {
  variableKey: number;
  name: string;
  value: JsonValue;
  scopeKey: number;
  processInstanceKey: number;
  processDefinitionKey: number;
  tenantId: string;
}

export interface TakenFlowRow {
  flowId: string;
  processInstanceKey: number;
  processDefinitionKey: number;
  bpmnProcessId: string;
  tenantId: string;
}

export interface JobRow extends Omit<JobValue, 'variables'> {
  jobKey: number;
  state:
    | 'CREATED'
    | 'COMPLETED'
    | 'FAILED'
    | 'ERROR_THROWN'
    | 'TIMED_OUT'
    | 'RETRIES_UPDATED'
    | 'CANCELED'
    | 'MIGRATED';
  creationTime: number;
  endTime: number | undefined;
  tenantId: string;
}

export interface MessageSubscriptionRow extends Omit<MessageSubscriptionValue, 'variables'> {
  subscriptionKey: number;
  state: 'CREATED' | 'CORRELATED' | 'DELETED';
  /** Of the last change. */
  time: number;
  tenantId: string;
}
