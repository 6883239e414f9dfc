import type { EventIntent, ValueType } from '@baton/engine/protocol';
import type { Applier } from '../processing/types.ts';
import * as batchOperation from './batchOperation.ts';
import { incidentCreated, incidentResolved } from './incident.ts';
import * as job from './job.ts';
import { messageExpired, messagePublished, messageStartEventCorrelated } from './message.ts';
import { processEventTriggering } from './processEvent.ts';
import * as element from './processInstance.ts';
import { processInstanceModified } from './processInstanceModification.ts';
import { timerCreated, timerGone } from './timer.ts';
import * as userTask from './userTask.ts';

/** The event is there for those who read the stream: no state follows from it. */
const changesNothing: Applier<ValueType> = () => {};

/** What each event does to the state. An applier decides nothing, so that replay rebuilds the same state. */
export const appliers = {
  DEPLOYMENT: {
    CREATED(state, { tenantId, value }) {
      for (const each of value.processesMetadata) state.processes.addToDeployment(tenantId, each);
    },
  },
  PROCESS: {
    CREATED: (state, { key, tenantId, value }) => state.processes.add({ key, tenantId, value }),
    DELETING: changesNothing,
    DELETED: (state, { value }) => state.processes.remove(value.processDefinitionKey),
  },
  DECISION_REQUIREMENTS: {
    CREATED: (state, { key, tenantId, value }) => state.decisions.requirements.add({ key, tenantId, value }),
    DELETED: (state, { value }) => state.decisions.requirements.remove(value.decisionRequirementsKey),
  },
  DECISION: {
    CREATED: (state, { key, tenantId, value }) => state.decisions.versions.add({ key, tenantId, value }),
    DELETED: (state, { value }) => state.decisions.versions.remove(value.decisionKey),
  },
  DECISION_EVALUATION: { EVALUATED: changesNothing, FAILED: changesNothing },
  FORM: {
    CREATED: (state, { key, tenantId, value }) => state.forms.add({ key, tenantId, value }),
    DELETED: (state, { value }) => state.forms.remove(value.formKey),
  },
  RESOURCE: {
    CREATED: (state, { key, tenantId, value }) => state.resources.add({ key, tenantId, value }),
    DELETED: (state, { value }) => state.resources.remove(value.resourceKey),
  },
  RESOURCE_DELETION: { DELETING: changesNothing, DELETED: changesNothing },
  PROCESS_INSTANCE_CREATION: {
    CREATED(state, { value: { awaitResult, processInstanceKey, fetchVariables } }) {
      if (awaitResult) state.awaitedResults.put(processInstanceKey, { fetchVariables });
    },
  },
  RUNTIME_INSTRUCTION: { INTERRUPTED: changesNothing },
  PROCESS_INSTANCE_RESULT: {
    COMPLETED: (state, { value }) => state.awaitedResults.remove(value.processInstanceKey),
  },
  PROCESS_INSTANCE: {
    ELEMENT_ACTIVATING: element.activating,
    ELEMENT_ACTIVATED: element.inState('ACTIVATED'),
    ELEMENT_COMPLETING: element.inState('COMPLETING'),
    ELEMENT_COMPLETED: element.completed,
    ELEMENT_TERMINATING: element.inState('TERMINATING'),
    ELEMENT_TERMINATED: element.gone('terminated'),
    SEQUENCE_FLOW_TAKEN: element.flowTaken,
    SEQUENCE_FLOW_DELETED: element.flowDeleted,
    CANCELING: changesNothing,
    ELEMENT_MIGRATED: element.migrated,
    ANCESTOR_MIGRATED: changesNothing,
  },
  PROCESS_INSTANCE_MIGRATION: { MIGRATED: changesNothing },
  PROCESS_INSTANCE_MODIFICATION: { MODIFIED: processInstanceModified },
  BATCH_OPERATION_CREATION: { CREATED: batchOperation.batchOperationCreated },
  BATCH_OPERATION_CHUNK: { CREATED: batchOperation.batchOperationItemsAdded },
  BATCH_OPERATION_EXECUTION: {
    EXECUTING: changesNothing,
    EXECUTED: batchOperation.batchOperationItemExecuted,
  },
  BATCH_OPERATION_LIFECYCLE_MANAGEMENT: {
    CANCELED: batchOperation.batchOperationCanceled,
    SUSPENDED: batchOperation.batchOperationIn('SUSPENDED'),
    RESUMED: batchOperation.batchOperationIn('ACTIVE'),
    COMPLETED: batchOperation.batchOperationCompleted,
  },
  MULTI_INSTANCE: {
    INPUT_COLLECTION_EVALUATED: (state, { key, value }) =>
      state.multiInstances.begin(key, value.inputCollection),
  },
  PROCESS_INSTANCE_BATCH: { ACTIVATED: changesNothing, TERMINATED: changesNothing },
  PROCESS_EVENT: {
    TRIGGERING: processEventTriggering,
    TRIGGERED: (state, { value }) => state.eventTriggers.remove(value.scopeKey, value.targetElementId),
  },
  AD_HOC_SUB_PROCESS_INSTRUCTION: {
    ACTIVATED: changesNothing,
    COMPLETED(state, { value }) {
      if (value.completionConditionFulfilled)
        state.adHocSubProcesses.fulfill(value.adHocSubProcessInstanceKey);
    },
  },
  JOB: {
    CREATED: job.created,
    COMPLETED: job.completed,
    FAILED: job.failed,
    ERROR_THROWN: job.errorThrown,
    TIMED_OUT: job.activatable,
    RETRIES_UPDATED: job.updated,
    TIMEOUT_UPDATED: job.updated,
    // says that a change of several is complete
    UPDATED: changesNothing,
    CANCELED: job.gone,
    YIELDED: job.activatable,
    RECURRED_AFTER_BACKOFF: job.activatable,
    MIGRATED: job.updated,
  },
  JOB_BATCH: { ACTIVATED: job.activated },
  VARIABLE: {
    CREATED: (state, { key, value }) =>
      state.variables.put(value.scopeKey, value.name, { key, value: value.value }),
    UPDATED: (state, { key, value }) =>
      state.variables.put(value.scopeKey, value.name, { key, value: value.value }),
    MIGRATED: changesNothing,
  },
  VARIABLE_DOCUMENT: {
    UPDATING: userTask.variablesUpdating,
    UPDATED: changesNothing,
    UPDATE_DENIED: changesNothing,
  },
  INCIDENT: {
    CREATED: incidentCreated,
    RESOLVED: incidentResolved,
    MIGRATED: (state, { key, tenantId, value }) => state.incidents.add({ key, tenantId, value }),
  },
  TIMER: { CREATED: timerCreated, TRIGGERED: timerGone, CANCELED: timerGone, MIGRATED: timerCreated },
  USER_TASK: {
    CREATING: userTask.userTaskCreating,
    CREATED: userTask.userTaskSettled,
    ASSIGNING: userTask.userTaskBegins('ASSIGNING'),
    ASSIGNED: userTask.userTaskSettled,
    CLAIMING: userTask.userTaskBegins('CLAIMING'),
    UPDATING: userTask.userTaskBegins('UPDATING'),
    UPDATED: userTask.userTaskSettled,
    COMPLETING: userTask.userTaskBegins('COMPLETING'),
    COMPLETED: userTask.userTaskGone,
    CANCELING: userTask.userTaskBegins('CANCELING'),
    CANCELED: userTask.userTaskGone,
    CORRECTED: userTask.userTaskCorrected,
    ASSIGNMENT_DENIED: userTask.userTaskSettled,
    UPDATE_DENIED: userTask.userTaskSettled,
    COMPLETION_DENIED: userTask.userTaskSettled,
    MIGRATED: ({ userTasks }, { key, value }) => userTasks.put({ ...userTasks.get(key)!, value }),
  },
  MESSAGE: { PUBLISHED: messagePublished, EXPIRED: messageExpired },
  MESSAGE_CORRELATION: { CORRELATING: changesNothing, CORRELATED: changesNothing },
  MESSAGE_SUBSCRIPTION: {
    CREATED: (state, { key }) => state.messageSubscriptions.open(key),
    CORRELATING: (state, { value }) => state.messages.correlate(value.messageKey, value.bpmnProcessId),
    CORRELATED: changesNothing,
    DELETED: changesNothing,
    MIGRATED: changesNothing,
  },
  PROCESS_MESSAGE_SUBSCRIPTION: {
    CREATING: (state, { key, tenantId, value }) => state.messageSubscriptions.add({ key, tenantId, value }),
    CREATED: changesNothing,
    CORRELATED(state, { key, value }) {
      if (value.interrupting) state.messageSubscriptions.remove(key);
    },
    DELETING: changesNothing,
    DELETED: (state, { key }) => state.messageSubscriptions.remove(key),
    MIGRATED: (state, { key, tenantId, value }) =>
      state.messageSubscriptions.change({ key, tenantId, value }),
  },
  MESSAGE_START_EVENT_SUBSCRIPTION: {
    CREATED: (state, { key, tenantId, value }) => state.messageStartEvents.add({ key, tenantId, value }),
    CORRELATED: messageStartEventCorrelated,
    DELETED: (state, { key }) => state.messageStartEvents.remove(key),
  },
  SIGNAL: { BROADCASTED: changesNothing },
  SIGNAL_SUBSCRIPTION: {
    CREATED: (state, { key, tenantId, value }) => state.signalSubscriptions.add({ key, tenantId, value }),
    DELETED: (state, { key }) => state.signalSubscriptions.remove(key),
    MIGRATED: (state, { key, tenantId, value }) => state.signalSubscriptions.add({ key, tenantId, value }),
  },
  CONDITIONAL_SUBSCRIPTION: {
    CREATED: (state, { key, tenantId, value }) =>
      state.conditionalSubscriptions.add({ key, tenantId, value }),
    TRIGGERED(state, { key, value }) {
      if (value.interrupting) state.conditionalSubscriptions.remove(key);
    },
    DELETED: (state, { key }) => state.conditionalSubscriptions.remove(key),
    MIGRATED: (state, { key, tenantId, value }) =>
      state.conditionalSubscriptions.add({ key, tenantId, value }),
  },
  CONDITIONAL_EVALUATION: { EVALUATED: changesNothing },
  COMPENSATION_SUBSCRIPTION: {
    CREATED: (state, { key, tenantId, value }) =>
      state.compensationSubscriptions.put({ key, tenantId, value }),
    TRIGGERED: (state, { key, tenantId, value }) =>
      state.compensationSubscriptions.put({ key, tenantId, value }),
    COMPLETED: (state, { key }) => state.compensationSubscriptions.remove(key),
    DELETED: (state, { key }) => state.compensationSubscriptions.remove(key),
  },
  ESCALATION: { ESCALATED: changesNothing, NOT_ESCALATED: changesNothing },
  // the stream processor bans the instance itself
  ERROR: { CREATED: changesNothing },
} satisfies { [T in ValueType]: { [I in EventIntent<T>]: Applier<T> } };
