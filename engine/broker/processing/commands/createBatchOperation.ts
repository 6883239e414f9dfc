import { ok } from '@baton/engine/protocol';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Items of one record. */
const CHUNK = 1_000;

export const createBatchOperation: CommandProcessor<'BATCH_OPERATION_CREATION'> = ({ value }, context) => {
  const { operation, items } = value;
  if (operation.batchOperationType === 'MIGRATE_PROCESS_INSTANCE') {
    const { targetProcessDefinitionKey } = operation.migrationPlan;
    if (!context.state.processes.get(targetProcessDefinitionKey))
      return refuse(
        'NOT_FOUND',
        `Expected to migrate process instances to process definition but no process definition found with key '${targetProcessDefinitionKey}'`,
      );
  }
  const key = context.nextKey();
  const created = { operation, batchOperationKey: key, items: [], itemCount: items.length };
  context.event('BATCH_OPERATION_CREATION', 'CREATED', key, created);
  for (let at = 0; at < items.length; at += CHUNK)
    context.event('BATCH_OPERATION_CHUNK', 'CREATED', context.nextKey(), {
      batchOperationKey: key,
      items: items.slice(at, at + CHUNK),
    });
  context.respond({ valueType: 'BATCH_OPERATION_CREATION', intent: 'CREATED', key, value: created });
  return ok();
};
