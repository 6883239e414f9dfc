import type { CommandIntent, ValueType } from '@baton/engine/protocol';
import type { CommandProcessor } from '../types.ts';
import { activateAdHocElements } from './activateAdHocElements.ts';
import { activateElement } from './activateElement.ts';
import { activateJobs } from './activateJobs.ts';
import { activateProcessInstanceBatch } from './activateProcessInstanceBatch.ts';
import { assignUserTask } from './assignUserTask.ts';
import { broadcastSignal } from './broadcastSignal.ts';
import { cancelProcessInstance } from './cancelProcessInstance.ts';
import { claimUserTask } from './claimUserTask.ts';
import { completeAdHocSubProcess } from './completeAdHocSubProcess.ts';
import { completeElement } from './completeElement.ts';
import { completeExecutionListener } from './completeExecutionListener.ts';
import { completeJob } from './completeJob.ts';
import { completeUserTask } from './completeUserTask.ts';
import { concludeCorrelation, correlateMessage } from './correlateMessage.ts';
import { correlateMessageSubscription } from './correlateMessageSubscription.ts';
import { correlateProcessMessageSubscription } from './correlateProcessMessageSubscription.ts';
import { createBatchOperation } from './createBatchOperation.ts';
import { createDeployment } from './createDeployment.ts';
import { createMessageSubscription } from './createMessageSubscription.ts';
import { createProcessInstance } from './createProcessInstance.ts';
import { deleteResource } from './deleteResource.ts';
import { evaluateConditional } from './evaluateConditional.ts';
import { evaluateDecision } from './evaluateDecision.ts';
import { concludeBatchOperationItem, executeBatchOperation } from './executeBatchOperation.ts';
import { expireMessage } from './expireMessage.ts';
import { failJob } from './failJob.ts';
import { interruptProcessInstance } from './interruptProcessInstance.ts';
import { manageBatchOperation } from './manageBatchOperation.ts';
import { migrateMessageSubscription } from './migrateMessageSubscription.ts';
import { migrateProcessInstance } from './migrateProcessInstance.ts';
import { modifyProcessInstance } from './modifyProcessInstance.ts';
import { publishMessage } from './publishMessage.ts';
import { recurJobAfterBackoff } from './recurJobAfterBackoff.ts';
import { resolveIncident } from './resolveIncident.ts';
import { terminateElement } from './terminateElement.ts';
import { terminateProcessInstanceBatch } from './terminateProcessInstanceBatch.ts';
import { throwError } from './throwError.ts';
import { timeOutJob } from './timeOutJob.ts';
import { triggerConditional } from './triggerConditional.ts';
import { triggerTimer } from './triggerTimer.ts';
import { updateJob } from './updateJob.ts';
import { updateJobRetries } from './updateJobRetries.ts';
import { updateJobTimeout } from './updateJobTimeout.ts';
import { updateUserTask } from './updateUserTask.ts';
import { updateVariables } from './updateVariables.ts';
import { yieldJob } from './yieldJob.ts';

/** Every command the broker takes. */
export const processors = {
  DEPLOYMENT: { CREATE: createDeployment },
  PROCESS: {},
  DECISION_REQUIREMENTS: {},
  DECISION: {},
  DECISION_EVALUATION: { EVALUATE: evaluateDecision },
  FORM: {},
  RESOURCE: {},
  RESOURCE_DELETION: { DELETE: deleteResource },
  PROCESS_INSTANCE_CREATION: { CREATE: createProcessInstance },
  PROCESS_INSTANCE_RESULT: {},
  RUNTIME_INSTRUCTION: { INTERRUPT: interruptProcessInstance },
  PROCESS_INSTANCE: {
    ACTIVATE_ELEMENT: activateElement,
    COMPLETE_ELEMENT: completeElement,
    TERMINATE_ELEMENT: terminateElement,
    COMPLETE_EXECUTION_LISTENER: completeExecutionListener,
    CANCEL: cancelProcessInstance,
  },
  PROCESS_INSTANCE_MIGRATION: { MIGRATE: migrateProcessInstance },
  PROCESS_INSTANCE_MODIFICATION: { MODIFY: modifyProcessInstance },
  BATCH_OPERATION_CREATION: { CREATE: createBatchOperation },
  BATCH_OPERATION_CHUNK: {},
  BATCH_OPERATION_EXECUTION: { EXECUTE: executeBatchOperation, CONCLUDE: concludeBatchOperationItem },
  BATCH_OPERATION_LIFECYCLE_MANAGEMENT: {
    CANCEL: manageBatchOperation('cancel', ['ACTIVE', 'SUSPENDED'], 'CANCELED'),
    SUSPEND: manageBatchOperation('suspend', ['ACTIVE'], 'SUSPENDED'),
    RESUME: manageBatchOperation('resume', ['SUSPENDED'], 'RESUMED'),
  },
  MULTI_INSTANCE: {},
  PROCESS_INSTANCE_BATCH: {
    ACTIVATE: activateProcessInstanceBatch,
    TERMINATE: terminateProcessInstanceBatch,
  },
  PROCESS_EVENT: {},
  AD_HOC_SUB_PROCESS_INSTRUCTION: { ACTIVATE: activateAdHocElements, COMPLETE: completeAdHocSubProcess },
  JOB: {
    COMPLETE: completeJob,
    FAIL: failJob,
    THROW_ERROR: throwError,
    TIME_OUT: timeOutJob,
    UPDATE: updateJob,
    UPDATE_RETRIES: updateJobRetries,
    UPDATE_TIMEOUT: updateJobTimeout,
    YIELD: yieldJob,
    RECUR_AFTER_BACKOFF: recurJobAfterBackoff,
  },
  JOB_BATCH: { ACTIVATE: activateJobs },
  VARIABLE: {},
  VARIABLE_DOCUMENT: { UPDATE: updateVariables },
  INCIDENT: { RESOLVE: resolveIncident },
  TIMER: { TRIGGER: triggerTimer },
  USER_TASK: {
    ASSIGN: assignUserTask,
    CLAIM: claimUserTask,
    UPDATE: updateUserTask,
    COMPLETE: completeUserTask,
  },
  MESSAGE: { PUBLISH: publishMessage, EXPIRE: expireMessage },
  MESSAGE_CORRELATION: { CORRELATE: correlateMessage, CONCLUDE: concludeCorrelation },
  MESSAGE_SUBSCRIPTION: {
    CREATE: createMessageSubscription,
    CORRELATE: correlateMessageSubscription,
    MIGRATE: migrateMessageSubscription,
  },
  PROCESS_MESSAGE_SUBSCRIPTION: { CORRELATE: correlateProcessMessageSubscription },
  MESSAGE_START_EVENT_SUBSCRIPTION: {},
  SIGNAL: { BROADCAST: broadcastSignal },
  SIGNAL_SUBSCRIPTION: {},
  CONDITIONAL_SUBSCRIPTION: { TRIGGER: triggerConditional },
  CONDITIONAL_EVALUATION: { EVALUATE: evaluateConditional },
  COMPENSATION_SUBSCRIPTION: {},
  ESCALATION: {},
  ERROR: {},
} satisfies { [T in ValueType]: { [I in CommandIntent<T>]: CommandProcessor<T> } };
