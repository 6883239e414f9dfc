import type { Applier } from '../processing/types.ts';
import { underWay } from './processInstance.ts';

/** A boundary event that fired is a path under way in the scope of its element, until it is entered. */
export const processEventTriggering: Applier<'PROCESS_EVENT'> = (state, { key, value }) => {
  const { scopeKey, targetElementId, variables } = value;
  state.eventTriggers.put(scopeKey, targetElementId, { key, variables });
  const instance = state.elementInstances.get(scopeKey);
  if (!instance || instance.value.elementId === targetElementId) return;
  const process = state.processes.executable(instance.value.processDefinitionKey);
  if (process.elements.get(targetElementId)?.type !== 'BOUNDARY_EVENT') return;
  underWay(state, process, instance.value.flowScopeKey, targetElementId);
};
