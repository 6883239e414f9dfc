import type { ExecutableElement } from '@baton/engine/model';
import { ok } from '@baton/engine/protocol';
import { callerOf } from '../behaviors/calledInstances.ts';
import { raiseIncident } from '../behaviors/incidents.ts';
import { obstacleToJoin } from '../behaviors/joins.ts';
import { isFulfilled, setLoopVariables } from '../behaviors/multiInstances.ts';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import { enter } from '../elementSteps.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

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
    const obstacle = obstacleTo(element, context, given < 0);
    if (obstacle) return refuse('INVALID_STATE', obstacle);
    processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', key, value);
    setLoopVariables(context);
    if (lostItsCaller(context)) {
      processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', key, value);
      return ok();
    }
  }
  const entered = enter(element, context);
  if (!entered.ok) raiseIncident(entered.failure, context);
  return ok();
};

/** What somebody chose to activate has its key already, and does not wait for other paths. */
function obstacleTo(
  element: ExecutableElement,
  { process, processing, value: { flowScopeKey, processInstanceKey } }: ElementContext,
  joins: boolean,
): string | undefined {
  const { state } = processing;
  if (flowScopeKey < 0) return undefined;
  const scope = state.elementInstances.get(flowScopeKey);
  if (!scope)
    return `Expected flow scope instance with key '${flowScopeKey}' to be present in state but not found.`;
  if (scope.state !== 'ACTIVATED')
    return `Expected flow scope instance to be in state 'ELEMENT_ACTIVATED' but was 'ELEMENT_${scope.state}'.`;
  if (scope.interruptedBy !== '' && !isInterruption(element, scope.interruptedBy))
    return `Expected flow scope instance to be not interrupted but was interrupted by an event with id '${scope.interruptedBy}'.`;
  // the scope has not heard yet that all is to end
  if (scope.interruptedBy !== '' && state.elementInstances.get(processInstanceKey)?.state === 'TERMINATING')
    return 'Expected the process instance to go on, but it is ending.';
  if (scope.value.bpmnElementType === 'MULTI_INSTANCE_BODY' && isFulfilled(scope, processing))
    return `Expected to activate element '${element.id}', but the completion condition of its multi-instance body is fulfilled.`;
  if (!joins) return undefined;
  return obstacleToJoin(element, flowScopeKey, process, state);
}

/** What begins by the event that interrupted its scope. */
function isInterruption(element: ExecutableElement, interruptedBy: string): boolean {
  return element.type === 'EVENT_SUB_PROCESS' && element.triggeredStartEvents.includes(interruptedBy);
}

/** The call activity was ended after it had asked for the instance: that goes too, with the variables it got. */
function lostItsCaller({ value, processing: { state } }: ElementContext): boolean {
  if (value.parentElementInstanceKey < 0 || value.flowScopeKey >= 0) return false;
  return callerOf(value, state)?.state !== 'ACTIVATED';
}
