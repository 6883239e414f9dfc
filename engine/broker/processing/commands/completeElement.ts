import { ok } from '@baton/engine/protocol';
import { raiseIncident } from '../behaviors/incidents.ts';
import { completing } from '../behaviors/transitions.ts';
import { contextOf, elementOf } from '../elementContext.ts';
import { leave } from '../elementSteps.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Leaves an element whose work is done, or, after an incident, tries again to. */
export const completeElement: CommandProcessor<'PROCESS_INSTANCE'> = ({ key }, processing) => {
  const instance = processing.state.elementInstances.get(key);
  if (!instance)
    return refuse(
      'NOT_FOUND',
      `Expected element instance with key '${key}' to be present in state but not found.`,
    );
  const { state } = instance;
  if ((state !== 'ACTIVATED' && state !== 'COMPLETING') || instance.children > 0)
    return refuse(
      'INVALID_STATE',
      `Expected element instance to be in state 'ELEMENT_ACTIVATED' but was 'ELEMENT_${state}'.`,
    );
  const scope = processing.state.elementInstances.get(instance.value.flowScopeKey);
  if (scope?.state === 'TERMINATING')
    return refuse(
      'INVALID_STATE',
      `Expected flow scope instance to be in state 'ELEMENT_ACTIVATED' but was 'ELEMENT_TERMINATING'.`,
    );
  const context = contextOf(instance, processing);
  const element = elementOf(context);
  if (state === 'ACTIVATED') completing(context);
  const left = leave(element, context);
  if (!left.ok) raiseIncident(left.failure, context);
  return ok();
};
