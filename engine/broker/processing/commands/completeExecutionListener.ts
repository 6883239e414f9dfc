import { ok } from '@baton/engine/protocol';
import { raiseIncident } from '../behaviors/incidents.ts';
import { contextOf, elementOf } from '../elementContext.ts';
import { enter, leave } from '../elementSteps.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** A listener has done its work: the next one, or the element itself. */
export const completeExecutionListener: CommandProcessor<'PROCESS_INSTANCE'> = ({ key }, processing) => {
  const instance = processing.state.elementInstances.get(key);
  if (!instance)
    return refuse(
      'NOT_FOUND',
      `Expected element instance with key '${key}' to be present in state but not found.`,
    );
  const { state } = instance;
  if (state !== 'ACTIVATING' && state !== 'COMPLETING')
    return refuse(
      'INVALID_STATE',
      `Expected element instance to be in state 'ELEMENT_ACTIVATING' or 'ELEMENT_COMPLETING' but was 'ELEMENT_${state}'.`,
    );
  const context = contextOf(instance, processing);
  const element = elementOf(context);
  const went = state === 'ACTIVATING' ? enter(element, context) : leave(element, context);
  if (!went.ok) raiseIncident(went.failure, context);
  return ok();
};
