import type { BatchOperation, ProcessInstanceModificationValue } from '@baton/engine/protocol';
import { ok } from '@baton/engine/protocol';
import type { BatchOperationEntry } from '../../state/batchOperations.ts';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

/** One item of a batch operation: gives its command, and after that asks what came of it. */
export const executeBatchOperation: CommandProcessor<'BATCH_OPERATION_EXECUTION'> = ({ value }, context) => {
  const { batchOperationKey, itemKey } = value;
  const operation = context.state.batchOperations.get(batchOperationKey);
  const item = context.state.batchOperations.item(batchOperationKey, itemKey);
  if (operation?.state !== 'ACTIVE' || item?.state !== 'ACTIVE')
    return refuse(
      'INVALID_STATE',
      `Expected to execute item '${itemKey}' of batch operation with key '${batchOperationKey}', but it is not to be executed now`,
    );
  context.event('BATCH_OPERATION_EXECUTION', 'EXECUTING', itemKey, value);
  const { batchOperationType } = operation.operation;
  if (batchOperationType !== 'CANCEL_PROCESS_INSTANCE' && context.isStopped(item.processInstanceKey)) {
    const errorMessage =
      'The process instance was stopped by an error in processing. It can only be cancelled';
    executed({ ...value, errorMessage }, operation, context);
    return ok();
  }
  give(operation.operation, itemKey, context);
  context.command('BATCH_OPERATION_EXECUTION', 'CONCLUDE', itemKey, value);
  return ok();
};

/** Right behind the command of the item: whether that was refused. */
export const concludeBatchOperationItem: CommandProcessor<'BATCH_OPERATION_EXECUTION'> = (
  { value },
  context,
) => {
  const operation = context.state.batchOperations.get(value.batchOperationKey)!;
  executed({ ...value, errorMessage: context.previousRejection?.reason ?? '' }, operation, context);
  return ok();
};

function executed(
  value: Parameters<typeof executeBatchOperation>[0]['value'],
  { key }: BatchOperationEntry,
  context: ProcessingContext,
): void {
  context.event('BATCH_OPERATION_EXECUTION', 'EXECUTED', value.itemKey, value);
  for (const _ of context.state.batchOperations.pending(key)) return;
  context.event('BATCH_OPERATION_LIFECYCLE_MANAGEMENT', 'COMPLETED', key, { batchOperationKey: key });
}

function give(operation: BatchOperation, key: number, context: ProcessingContext): void {
  const { state } = context;
  switch (operation.batchOperationType) {
    case 'CANCEL_PROCESS_INSTANCE':
      context.command('PROCESS_INSTANCE', 'CANCEL', key, {
        bpmnProcessId: '',
        version: -1,
        processDefinitionKey: -1,
        processInstanceKey: key,
        elementId: '',
        bpmnElementType: 'PROCESS',
        flowScopeKey: -1,
        parentProcessInstanceKey: -1,
        parentElementInstanceKey: -1,
      });
      break;
    case 'RESOLVE_INCIDENT': {
      const incident = state.incidents.get(key);
      const job = state.jobs.get(incident?.value.jobKey ?? -1);
      // a job that has no retries left gets one
      if (job && job.value.retries <= 0)
        context.event('JOB', 'RETRIES_UPDATED', job.key, { ...job.value, retries: 1 });
      context.command('INCIDENT', 'RESOLVE', key, {
        errorType: 'UNKNOWN',
        errorMessage: '',
        bpmnProcessId: '',
        processDefinitionKey: -1,
        processInstanceKey: -1,
        elementId: '',
        elementInstanceKey: -1,
        jobKey: -1,
        variableScopeKey: -1,
        ...incident?.value,
      });
      break;
    }
    case 'MIGRATE_PROCESS_INSTANCE':
      context.command('PROCESS_INSTANCE_MIGRATION', 'MIGRATE', key, {
        processInstanceKey: key,
        ...operation.migrationPlan,
      });
      break;
    case 'MODIFY_PROCESS_INSTANCE':
      context.command('PROCESS_INSTANCE_MODIFICATION', 'MODIFY', key, moves(operation, key, context));
      break;
  }
}

/** Each active instance of a source ends, and its target begins in the same scope. */
function moves(
  { moveInstructions }: Extract<BatchOperation, { batchOperationType: 'MODIFY_PROCESS_INSTANCE' }>,
  processInstanceKey: number,
  { state: { elementInstances } }: ProcessingContext,
): ProcessInstanceModificationValue {
  const targets = new Map(moveInstructions.map((each) => [each.sourceElementId, each.targetElementId]));
  const found: ElementInstance[] = [];
  const collect = (scopeKey: number) => {
    for (const child of elementInstances.children(scopeKey)) {
      if (targets.has(child.value.elementId)) found.push(child);
      else if (child.children > 0) collect(child.key);
    }
  };
  collect(processInstanceKey);
  return {
    processInstanceKey,
    activateInstructions: found.map(({ value }) => ({
      elementId: targets.get(value.elementId)!,
      ancestorScopeKey: value.flowScopeKey,
      variableInstructions: [],
      ancestorScopeKeys: [],
    })),
    terminateInstructions: found.map(({ key }) => ({ elementInstanceKey: key })),
    ancestorScopeKeys: [],
  };
}
