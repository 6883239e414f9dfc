import type { Applier } from '../processing/types.ts';

/** An event that fired at another element (a boundary event) is a path under way in the scope, until it is entered. */
export const processEventTriggering: Applier<'PROCESS_EVENT'> = (state, { key, value }) => {
  const { scopeKey, targetElementId, variables } = value;
  state.eventTriggers.put(scopeKey, targetElementId, { key, variables });
  const { elementInstances } = state;
  const instance = elementInstances.get(scopeKey);
  if (!instance || instance.value.elementId === targetElementId) return;
  const scope = elementInstances.get(instance.value.flowScopeKey)!;
  elementInstances.put({ ...scope, activeFlows: scope.activeFlows + 1 });
  if (state.processes.executable(value.processDefinitionKey).hasInclusiveJoin)
    elementInstances.setTokens(
      scope.key,
      targetElementId,
      elementInstances.tokens(scope.key, targetElementId) + 1,
    );
};
