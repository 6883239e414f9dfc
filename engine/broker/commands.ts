import type {
  AdHocActivation,
  BatchOperation,
  BatchOperationItem,
  DecisionEvaluationValue,
  JobResult,
  JobValue,
  JsonObject,
  MessageCorrelationValue,
  MessageValue,
  ProcessInstanceCreationValue,
  ProcessInstanceMigrationValue,
  ProcessInstanceModificationValue,
  SignalValue,
  UserTaskValue,
  ValueType,
} from '@baton/engine/protocol';
import { DEFAULT_TENANT } from '@baton/engine/protocol';
import type { CommandRequest } from './broker.ts';

/**
 * The commands clients may give, as the doors (gRPC, REST) build them. A command about a thing that exists names its key
 * only: tenant and everything else come from the thing itself.
 */

/** The sender names no tenant: what the key names is found whoever it belongs to. */
const ANY_TENANT = '';

const noJob: JobValue = {
  type: '',
  kind: 'BPMN_ELEMENT',
  retries: -1,
  retryBackoff: 0,
  recurringTime: -1,
  deadline: -1,
  timeout: -1,
  worker: '',
  customHeaders: {},
  variables: {},
  errorCode: '',
  errorMessage: '',
  bpmnProcessId: '',
  processDefinitionVersion: -1,
  processDefinitionKey: -1,
  processInstanceKey: -1,
  elementId: '',
  elementInstanceKey: -1,
};

const noResult: JobResult = {
  type: 'USER_TASK',
  denied: false,
  deniedReason: '',
  correctedAttributes: [],
  corrections: {
    assignee: '',
    candidateGroupsList: [],
    candidateUsersList: [],
    dueDate: '',
    followUpDate: '',
    priority: -1,
  },
  activateElements: [],
  completionConditionFulfilled: false,
  cancelRemainingInstances: false,
};

const noUserTask: UserTaskValue = {
  userTaskKey: -1,
  assignee: '',
  candidateGroups: [],
  candidateUsers: [],
  dueDate: '',
  followUpDate: '',
  priority: 50,
  formKey: -1,
  externalFormReference: '',
  customHeaders: {},
  variables: {},
  changedAttributes: [],
  action: '',
  creationTimestamp: -1,
  bpmnProcessId: '',
  processDefinitionVersion: -1,
  processDefinitionKey: -1,
  processInstanceKey: -1,
  elementId: '',
  elementInstanceKey: -1,
};

/** Error messages are cut here, as the real broker does. */
const MAX_ERROR_MESSAGE = 10_000;

export const commands = {
  deploy(
    resources: { resourceName: string; resource: string }[],
    tenantId: string,
  ): CommandRequest<'DEPLOYMENT'> {
    return {
      valueType: 'DEPLOYMENT',
      intent: 'CREATE',
      key: -1,
      value: { resources, processesMetadata: [] },
      tenantId,
    };
  },

  deleteResource(resourceKey: number): CommandRequest<'RESOURCE_DELETION'> {
    return {
      valueType: 'RESOURCE_DELETION',
      intent: 'DELETE',
      key: -1,
      value: { resourceKey },
      tenantId: ANY_TENANT,
    };
  },

  /** The key goes before the id. */
  evaluateDecision(
    asked: Pick<DecisionEvaluationValue, 'decisionId' | 'decisionKey' | 'variables'>,
    tenantId: string,
  ): CommandRequest<'DECISION_EVALUATION'> {
    return {
      valueType: 'DECISION_EVALUATION',
      intent: 'EVALUATE',
      key: -1,
      value: {
        ...asked,
        decisionId: asked.decisionKey > 0 ? '' : asked.decisionId,
        decisionName: '',
        decisionVersion: -1,
        decisionRequirementsId: '',
        decisionRequirementsKey: -1,
        decisionOutput: 'null',
        evaluatedDecisions: [],
        evaluationFailureMessage: '',
        failedDecisionId: '',
        bpmnProcessId: '',
        processDefinitionKey: -1,
        processInstanceKey: -1,
        elementId: '',
        elementInstanceKey: -1,
      },
      tenantId,
    };
  },

  createInstance(
    creation: Pick<
      ProcessInstanceCreationValue,
      'bpmnProcessId' | 'version' | 'processDefinitionKey' | 'variables'
    > &
      Partial<ProcessInstanceCreationValue>,
    tenantId: string,
  ): CommandRequest<'PROCESS_INSTANCE_CREATION'> {
    return {
      valueType: 'PROCESS_INSTANCE_CREATION',
      intent: 'CREATE',
      key: -1,
      value: {
        processInstanceKey: -1,
        startInstructions: [],
        awaitResult: false,
        fetchVariables: [],
        ...creation,
      },
      tenantId,
    };
  },

  cancelInstance(processInstanceKey: number): CommandRequest<'PROCESS_INSTANCE'> {
    return {
      valueType: 'PROCESS_INSTANCE',
      intent: 'CANCEL',
      key: processInstanceKey,
      value: {
        bpmnProcessId: '',
        version: -1,
        processDefinitionKey: -1,
        processInstanceKey,
        elementId: '',
        bpmnElementType: 'PROCESS',
        flowScopeKey: -1,
        parentProcessInstanceKey: -1,
        parentElementInstanceKey: -1,
      },
      tenantId: ANY_TENANT,
    };
  },

  modifyInstance(
    processInstanceKey: number,
    instructions: Pick<ProcessInstanceModificationValue, 'activateInstructions' | 'terminateInstructions'>,
  ): CommandRequest<'PROCESS_INSTANCE_MODIFICATION'> {
    return {
      valueType: 'PROCESS_INSTANCE_MODIFICATION',
      intent: 'MODIFY',
      key: processInstanceKey,
      value: { processInstanceKey, ...instructions, ancestorScopeKeys: [] },
      tenantId: ANY_TENANT,
    };
  },

  migrateInstance(
    processInstanceKey: number,
    plan: Pick<ProcessInstanceMigrationValue, 'targetProcessDefinitionKey' | 'mappingInstructions'>,
  ): CommandRequest<'PROCESS_INSTANCE_MIGRATION'> {
    return {
      valueType: 'PROCESS_INSTANCE_MIGRATION',
      intent: 'MIGRATE',
      key: processInstanceKey,
      value: { processInstanceKey, ...plan },
      tenantId: ANY_TENANT,
    };
  },

  /** `tenantId` names whose things the items are; '' when they may be of several. */
  createBatchOperation(
    operation: BatchOperation,
    items: BatchOperationItem[],
    tenantId = ANY_TENANT,
  ): CommandRequest<'BATCH_OPERATION_CREATION'> {
    return {
      valueType: 'BATCH_OPERATION_CREATION',
      intent: 'CREATE',
      key: -1,
      value: { batchOperationKey: -1, operation, items, itemCount: items.length },
      tenantId,
    };
  },

  manageBatchOperation(
    key: number,
    intent: 'CANCEL' | 'SUSPEND' | 'RESUME',
  ): CommandRequest<'BATCH_OPERATION_LIFECYCLE_MANAGEMENT'> {
    return {
      valueType: 'BATCH_OPERATION_LIFECYCLE_MANAGEMENT',
      intent,
      key,
      value: { batchOperationKey: key },
      tenantId: ANY_TENANT,
    };
  },

  activateJobs(request: {
    type: string;
    worker: string;
    timeout: number;
    maxJobsToActivate: number;
    fetchVariables: string[];
    tenantIds: string[];
  }): CommandRequest<'JOB_BATCH'> {
    return {
      valueType: 'JOB_BATCH',
      intent: 'ACTIVATE',
      key: -1,
      value: { ...request, jobKeys: [], truncated: false },
      tenantId: request.tenantIds[0] ?? DEFAULT_TENANT,
    };
  },

  /** `result` is for jobs of ad-hoc sub-processes and of task listeners. */
  completeJob(
    key: number,
    variables: JsonObject,
    result?: Partial<JobResult> & Pick<JobResult, 'type'>,
  ): CommandRequest<'JOB'> {
    return job('COMPLETE', key, { variables, ...(result && { result: { ...noResult, ...result } }) });
  },

  failJob(
    key: number,
    failure: { retries: number; errorMessage: string; retryBackoff: number; variables: JsonObject },
  ): CommandRequest<'JOB'> {
    return job('FAIL', key, { ...failure, errorMessage: failure.errorMessage.slice(0, MAX_ERROR_MESSAGE) });
  },

  throwError(
    key: number,
    error: { errorCode: string; errorMessage: string; variables: JsonObject },
  ): CommandRequest<'JOB'> {
    return job('THROW_ERROR', key, {
      ...error,
      errorMessage: error.errorMessage.slice(0, MAX_ERROR_MESSAGE),
    });
  },

  updateJobRetries(key: number, retries: number): CommandRequest<'JOB'> {
    return job('UPDATE_RETRIES', key, { retries });
  },

  /** Retries, timeout (ms) or both. */
  updateJob(key: number, change: { retries?: number; timeout?: number }): CommandRequest<'JOB'> {
    return job('UPDATE', key, { retries: change.retries ?? -1, timeout: change.timeout ?? -1 });
  },

  updateJobTimeout(key: number, timeout: number): CommandRequest<'JOB'> {
    return job('UPDATE_TIMEOUT', key, { timeout });
  },

  setVariables(
    scopeKey: number,
    variables: JsonObject,
    updateSemantics: 'LOCAL' | 'PROPAGATE',
  ): CommandRequest<'VARIABLE_DOCUMENT'> {
    return {
      valueType: 'VARIABLE_DOCUMENT',
      intent: 'UPDATE',
      key: -1,
      value: { scopeKey, updateSemantics, variables },
      tenantId: ANY_TENANT,
    };
  },

  resolveIncident(key: number): CommandRequest<'INCIDENT'> {
    return {
      valueType: 'INCIDENT',
      intent: 'RESOLVE',
      key,
      value: {
        errorType: 'UNKNOWN',
        errorMessage: '',
        bpmnProcessId: '',
        processDefinitionKey: -1,
        processInstanceKey: -1,
        elementId: '',
        elementInstanceKey: -1,
        jobKey: -1,
        variableScopeKey: -1,
      },
      tenantId: ANY_TENANT,
    };
  },

  publishMessage(message: Omit<MessageValue, 'deadline'>, tenantId: string): CommandRequest<'MESSAGE'> {
    return {
      valueType: 'MESSAGE',
      intent: 'PUBLISH',
      key: -1,
      value: { ...message, deadline: -1 },
      tenantId,
    };
  },

  correlateMessage(
    message: Pick<MessageCorrelationValue, 'name' | 'correlationKey' | 'variables'>,
    tenantId: string,
  ): CommandRequest<'MESSAGE_CORRELATION'> {
    return {
      valueType: 'MESSAGE_CORRELATION',
      intent: 'CORRELATE',
      key: -1,
      value: { ...message, messageKey: -1, processInstanceKey: -1 },
      tenantId,
    };
  },

  broadcastSignal(signal: SignalValue, tenantId: string): CommandRequest<'SIGNAL'> {
    return { valueType: 'SIGNAL', intent: 'BROADCAST', key: -1, value: signal, tenantId };
  },

  /** `processDefinitionKey` -1 asks all definitions. */
  evaluateConditional(
    processDefinitionKey: number,
    variables: JsonObject,
    tenantId: string,
  ): CommandRequest<'CONDITIONAL_EVALUATION'> {
    return {
      valueType: 'CONDITIONAL_EVALUATION',
      intent: 'EVALUATE',
      key: -1,
      value: { processDefinitionKey, variables, startedProcessInstances: [] },
      tenantId,
    };
  },

  activateAdHocElements(
    adHocSubProcessInstanceKey: number,
    activateElements: AdHocActivation[],
    cancelRemainingInstances: boolean,
  ): CommandRequest<'AD_HOC_SUB_PROCESS_INSTRUCTION'> {
    return {
      valueType: 'AD_HOC_SUB_PROCESS_INSTRUCTION',
      intent: 'ACTIVATE',
      key: -1,
      value: {
        adHocSubProcessInstanceKey,
        activateElements,
        cancelRemainingInstances,
        completionConditionFulfilled: false,
      },
      tenantId: ANY_TENANT,
    };
  },

  assignUserTask(key: number, assignee: string, action: string): CommandRequest<'USER_TASK'> {
    return userTask('ASSIGN', key, { assignee, action });
  },

  /** The attributes given; `changed` names them. */
  updateUserTask(
    key: number,
    changed: Partial<
      Pick<UserTaskValue, 'candidateGroups' | 'candidateUsers' | 'dueDate' | 'followUpDate' | 'priority'>
    >,
    action: string,
  ): CommandRequest<'USER_TASK'> {
    const named: { [attribute: string]: string } = {
      candidateGroups: 'candidateGroupsList',
      candidateUsers: 'candidateUsersList',
    };
    const changedAttributes = Object.keys(changed).map((name) => named[name] ?? name);
    return userTask('UPDATE', key, { ...changed, changedAttributes, action });
  },

  completeUserTask(key: number, variables: JsonObject, action: string): CommandRequest<'USER_TASK'> {
    return userTask('COMPLETE', key, { variables, action });
  },
};

/** The command under the number that its sender has for it; its records carry that. Without a number as it was. */
export function referred<T extends ValueType>(
  command: CommandRequest<T>,
  operationReference: number | undefined,
): CommandRequest<T> {
  return operationReference === undefined ? command : { ...command, operationReference };
}

function job(
  intent: CommandRequest<'JOB'>['intent'],
  key: number,
  given: Partial<JobValue>,
): CommandRequest<'JOB'> {
  return { valueType: 'JOB', intent, key, value: { ...noJob, ...given }, tenantId: ANY_TENANT };
}

function userTask(
  intent: CommandRequest<'USER_TASK'>['intent'],
  key: number,
  given: Partial<UserTaskValue>,
): CommandRequest<'USER_TASK'> {
  return {
    valueType: 'USER_TASK',
    intent,
    key,
    value: { ...noUserTask, userTaskKey: key, ...given },
    tenantId: ANY_TENANT,
  };
}
