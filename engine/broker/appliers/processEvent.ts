import type { Applier } from '../processing/types.ts';

/** A boundary event that fired is a path under way in the scope of its element, until it is entered. */
export const processEventTriggering: Applier<'PROCESS_EVENT'> = (state, { key, value }) => {
  const { scopeKey, targetElementId, variables } = value;
  state.eventTriggers.put(scopeKey, targetElementId, { key, variables });
  const { elementInstances } = state;
  const instance = elementInstances.get(scopeKey);
  if (!instance || instance.value.elementId === targetElementId) return;
  const { elements } = state.processes.executable(instance.value.processDefinitionKey);
  if (elements.get(targetElementId)?.type !== 'BOUNDARY_EVENT') return;
  const scope = elementInstances.get(instance.value.flowScopeKey)!;
  elementInstances.put({ ...scope, activeFlows: scope.activeFlows + 1 });
};
