import { ok } from '@baton/engine/protocol';
import { createNext } from '../behaviors/multiInstances.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Instances made by one command: others get their turn before the next. */
const CHUNK = 100;

/** Makes instances of a parallel multi-instance body, and asks for the rest of them. */
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
  const now = Math.min(value.index, CHUNK);
  for (let made = 0; made < now; made++) createNext(body, processing);
  if (value.index > now)
    processing.command('PROCESS_INSTANCE_BATCH', 'ACTIVATE', processing.nextKey(), {
      ...value,
      index: value.index - now,
    });
  processing.event('PROCESS_INSTANCE_BATCH', 'ACTIVATED', key, value);
  return ok();
};
