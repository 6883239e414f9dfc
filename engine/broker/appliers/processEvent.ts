import type { Applier } from '../processing/types.ts';
import { underWay } from './processInstance.ts';

/**
 * A boundary event that fired is a path under way in the scope of its element, an event sub-process in the scope that it stands
 * in, until it is entered. One that interrupts is all that is left in its scope.
 */
export const processEventTriggering: Applier<'PROCESS_EVENT'> = (state, { key, value }) => {
  const { scopeKey, targetElementId, variables } = value;
  state.eventTriggers.put(scopeKey, targetElementId, { key, variables });
  const instance = state.elementInstances.get(scopeKey);
  if (!instance || instance.value.elementId === targetElementId) return;
  const process = state.processes.executable(instance.value.processDefinitionKey);
  const target = process.elements.get(targetElementId);
  if (target?.type === 'BOUNDARY_EVENT')
    underWay(state, process, instance.value.flowScopeKey, targetElementId);
  if (target?.type !== 'START_EVENT') return;
  if (target.interrupting) state.elementInstances.interrupt(scopeKey, targetElementId, 1);
  else underWay(state, process, scopeKey, target.scopeId);
};
