import type { ExecutableElement } from '@baton/engine/model';
import { ok, type ProcessInstanceValue } from '@baton/engine/protocol';
import { raiseIncident } from '../behaviors/incidents.ts';
import { contextOf, elementOf } from '../elementContext.ts';
import { processorOf } from '../elements/index.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

/** Enters an element, or, after an incident, tries again to. */
export const activateElement: CommandProcessor<'PROCESS_INSTANCE'> = ({ key: given, value }, processing) => {
  const stopped = given < 0 ? undefined : processing.state.elementInstances.get(given);
  if (stopped && stopped.state !== 'ACTIVATING')
    return refuse(
      'INVALID_STATE',
      `Expected element instance to be in state 'ELEMENT_ACTIVATING' or one of its predecessors, but was 'ELEMENT_${stopped.state}'`,
    );
  const key = given < 0 ? processing.nextKey() : given;
  const context = contextOf({ key, value }, processing);
  const element = elementOf(context);
  if (!stopped) {
    const obstacle = obstacleTo(element, value, processing);
    if (obstacle) return refuse('INVALID_STATE', obstacle);
    processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', key, value);
  }
  const activated = processorOf(element).activate(element, context);
  if (!activated.ok) raiseIncident(activated.failure, context);
  return ok();
};

function obstacleTo(
  element: ExecutableElement,
  { flowScopeKey }: ProcessInstanceValue,
  { state }: ProcessingContext,
): string | undefined {
  if (flowScopeKey < 0) return undefined;
  const scope = state.elementInstances.get(flowScopeKey);
  if (!scope)
    return `Expected flow scope instance with key '${flowScopeKey}' to be present in state but not found.`;
  if (scope.state !== 'ACTIVATED')
    return `Expected flow scope instance to be in state 'ELEMENT_ACTIVATED' but was 'ELEMENT_${scope.state}'.`;
  if (scope.interruptedBy !== '')
    return `Expected flow scope instance to be not interrupted but was interrupted by an event with id '${scope.interruptedBy}'.`;
  if (element.type !== 'PARALLEL_GATEWAY' || element.incoming.length < 2) return undefined;
  if (element.incoming.every(({ id }) => state.elementInstances.tokens(flowScopeKey, id) > 0))
    return undefined;
  return `Expected to be able to activate parallel gateway '${element.id}', but not all sequence flows have been taken.`;
}
