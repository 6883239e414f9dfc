import { ok } from '@baton/engine/protocol';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Asks for the end of one element instance in a scope that is being ended, and for the next one's. */
export const terminateProcessInstanceBatch: CommandProcessor<'PROCESS_INSTANCE_BATCH'> = (
  { key, value },
  processing,
) => {
  const { elementInstances } = processing.state;
  const scope = elementInstances.get(value.batchElementInstanceKey);
  if (!scope)
    return refuse(
      'NOT_FOUND',
      `Expected to terminate elements of scope with key '${value.batchElementInstanceKey}', but it is gone.`,
    );
  const [child, next] = elementInstances.childrenFrom(scope.key, value.index, 2);
  if (child) processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', child.key, child.value);
  if (next)
    processing.command('PROCESS_INSTANCE_BATCH', 'TERMINATE', processing.nextKey(), {
      ...value,
      index: next.key,
    });
  else processing.event('PROCESS_INSTANCE_BATCH', 'TERMINATED', key, value);
  return ok();
};
