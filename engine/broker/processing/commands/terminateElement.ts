import { ok } from '@baton/engine/protocol';
import { endsInstance } from '../behaviors/transitions.ts';
import { contextOf, elementOf } from '../elementContext.ts';
import { terminate } from '../elementSteps.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

export const terminateElement: CommandProcessor<'PROCESS_INSTANCE'> = ({ key }, processing) => {
  const instance = processing.state.elementInstances.get(key);
  if (!instance)
    return refuse(
      'NOT_FOUND',
      `Expected element instance with key '${key}' to be present in state but not found.`,
    );
  if (instance.state === 'TERMINATING')
    return refuse(
      'INVALID_STATE',
      `Expected element instance to be in state 'ELEMENT_ACTIVATED' but was 'ELEMENT_TERMINATING'.`,
    );
  const context = contextOf(instance, processing);
  // before anything that goes on in its place
  if (context.value.endsAfter) endsInstance(context);
  terminate(elementOf(context), context);
  return ok();
};
