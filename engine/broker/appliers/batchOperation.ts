import type { Applier } from '../processing/types.ts';
import type { BatchOperationState } from '../state/batchOperations.ts';

/** Without items it is over at once. */
export const batchOperationCreated: Applier<'BATCH_OPERATION_CREATION'> = (
  { batchOperations },
  { key, tenantId, timestamp, value: { operation, itemCount } },
) => {
  const over = itemCount === 0;
  batchOperations.put({
    key,
    tenantId,
    operation,
    state: over ? 'COMPLETED' : 'ACTIVE',
    total: itemCount,
    completed: 0,
    failed: 0,
    startTime: timestamp,
    endTime: over ? timestamp : undefined,
  });
};

export const batchOperationItemsAdded: Applier<'BATCH_OPERATION_CHUNK'> = (
  { batchOperations },
  { value: { batchOperationKey, items } },
) => {
  for (const item of items)
    batchOperations.putItem({
      ...item,
      batchOperationKey,
      state: 'ACTIVE',
      processedTime: undefined,
      errorMessage: '',
    });
};

export const batchOperationItemExecuted: Applier<'BATCH_OPERATION_EXECUTION'> = (
  { batchOperations },
  { timestamp, value: { batchOperationKey, itemKey, errorMessage } },
) => {
  const failed = errorMessage !== '';
  const operation = batchOperations.get(batchOperationKey)!;
  const item = batchOperations.item(batchOperationKey, itemKey)!;
  batchOperations.putItem({
    ...item,
    state: failed ? 'FAILED' : 'COMPLETED',
    processedTime: timestamp,
    errorMessage,
  });
  batchOperations.put({
    ...operation,
    completed: operation.completed + (failed ? 0 : 1),
    failed: operation.failed + (failed ? 1 : 0),
  });
};

export const batchOperationIn =
  (state: BatchOperationState): Applier<'BATCH_OPERATION_LIFECYCLE_MANAGEMENT'> =>
  ({ batchOperations }, { key }) => {
    batchOperations.put({ ...batchOperations.get(key)!, state });
  };

export const batchOperationCompleted: Applier<'BATCH_OPERATION_LIFECYCLE_MANAGEMENT'> = (
  { batchOperations },
  { key, timestamp },
) => {
  const operation = batchOperations.get(key)!;
  const state = operation.failed > 0 ? 'PARTIALLY_COMPLETED' : 'COMPLETED';
  batchOperations.put({ ...operation, state, endTime: timestamp });
};

/** What has not been done yet never is. */
export const batchOperationCanceled: Applier<'BATCH_OPERATION_LIFECYCLE_MANAGEMENT'> = (
  { batchOperations },
  { key, timestamp },
) => {
  for (const itemKey of [...batchOperations.pending(key)])
    batchOperations.putItem({ ...batchOperations.item(key, itemKey)!, state: 'CANCELED' });
  batchOperations.put({ ...batchOperations.get(key)!, state: 'CANCELED', endTime: timestamp });
};
