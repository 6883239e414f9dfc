import { ok } from '@baton/engine/protocol';
import { createNext } from '../behaviors/multiInstances.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Makes one instance of a parallel multi-instance body, and asks for the next: between two of them others get their turn. */
export const activateProcessInstanceBatch: CommandProcessor<'PROCESS_INSTANCE_BATCH'> = (
  { key, value },
  processing,
) => {
  const body = processing.state.elementInstances.get(value.batchElementInstanceKey);
  if (body?.state !== 'ACTIVATED')
    return refuse(
      'INVALID_STATE',
      `Expected to activate elements of multi-instance body with key '${value.batchElementInstanceKey}', but it is not active.`,
    );
  createNext(body, processing);
  if (value.index > 1)
    processing.command('PROCESS_INSTANCE_BATCH', 'ACTIVATE', processing.nextKey(), {
      ...value,
      index: value.index - 1,
    });
  else processing.event('PROCESS_INSTANCE_BATCH', 'ACTIVATED', key, value);
  return ok();
};
