import { type EventIntent, ok } from '@baton/engine/protocol';
import type { BatchOperationState } from '../../state/batchOperations.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

type Lifecycle = 'BATCH_OPERATION_LIFECYCLE_MANAGEMENT';

/** A person cancels, suspends or resumes a batch operation, from the states in which that can be. */
export const manageBatchOperation =
  (
    verb: 'cancel' | 'suspend' | 'resume',
    from: readonly BatchOperationState[],
    intent: EventIntent<Lifecycle>,
  ): CommandProcessor<Lifecycle> =>
  ({ key }, context) => {
    const operation = reach(context.state.batchOperations.get(key), context);
    if (!operation)
      return refuse(
        'NOT_FOUND',
        `Expected to ${verb} a batch operation with key '${key}', but no such batch operation was found`,
      );
    if (!from.includes(operation.state))
      return refuse(
        'INVALID_STATE',
        `Expected to ${verb} a batch operation with key '${key}', but it is in state '${operation.state}'`,
      );
    const value = { batchOperationKey: key };
    context.event('BATCH_OPERATION_LIFECYCLE_MANAGEMENT', intent, key, value);
    context.respond({ valueType: 'BATCH_OPERATION_LIFECYCLE_MANAGEMENT', intent, key, value });
    return ok();
  };
