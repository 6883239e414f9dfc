import { ok } from '@baton/engine/protocol';
import { contextOf, elementOf } from '../elementContext.ts';
import { terminate } from '../elementSteps.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Ends an instance at the element its creator named. */
export const interruptProcessInstance: CommandProcessor<'RUNTIME_INSTRUCTION'> = (
  { key, value },
  processing,
) => {
  const instance = processing.state.elementInstances.get(value.processInstanceKey);
  if (instance?.state !== 'ACTIVATED')
    return refuse(
      'INVALID_STATE',
      `Expected to end the process instance with key '${value.processInstanceKey}', but it is ending.`,
    );
  processing.event('RUNTIME_INSTRUCTION', 'INTERRUPTED', key, value);
  const context = contextOf(instance, processing);
  terminate(elementOf(context), context);
  return ok();
};
