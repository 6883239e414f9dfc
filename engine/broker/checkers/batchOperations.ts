import type { Checker } from '../processing/types.ts';

/** Items of one operation that are taken before others get their turn. */
const CHUNK = 100;

/** Batch operations go on whenever there is time: nothing of them waits in memory, so that a restart goes on where they were. */
export const batchOperations: Checker = {
  nextDue({ batchOperations }) {
    for (const _ of batchOperations.running()) return 0;
    return undefined;
  },
  *due({ batchOperations }) {
    for (const { key, tenantId, operation } of batchOperations.running()) {
      let taken = 0;
      for (const itemKey of batchOperations.pending(key)) {
        if (++taken > CHUNK) break;
        yield {
          valueType: 'BATCH_OPERATION_EXECUTION',
          intent: 'EXECUTE',
          key: itemKey,
          value: {
            batchOperationKey: key,
            batchOperationType: operation.batchOperationType,
            itemKey,
            errorMessage: '',
          },
          tenantId,
        };
      }
    }
  },
};
