import type { Applier } from '../processing/types.ts';
import type { ElementState } from '../state/elementInstances.ts';

/** The instance is there; the flow that led to it has been used, at a join one of each incoming. */
export const activating: Applier<'PROCESS_INSTANCE'> = (state, { key, tenantId, value }) => {
  const { elementInstances } = state;
  const instance = {
    key,
    tenantId,
    value,
    state: 'ACTIVATING',
    children: 0,
    activeFlows: 0,
    interruptedBy: '',
    jobKey: -1,
    userTaskKey: -1,
  } as const;
  if (value.flowScopeKey < 0) {
    elementInstances.add(instance, 0);
    return;
  }
  const element = state.processes.executable(value.processDefinitionKey).elements.get(value.elementId)!;
  const isJoin = element.type === 'PARALLEL_GATEWAY' && element.incoming.length > 1;
  if (!isJoin) {
    elementInstances.add(instance, element.type === 'BOUNDARY_EVENT' || element.incoming.length > 0 ? 1 : 0);
    return;
  }
  for (const { id } of element.incoming) {
    const tokens = elementInstances.tokens(value.flowScopeKey, id);
    elementInstances.setTokens(value.flowScopeKey, id, tokens - 1);
  }
  elementInstances.add(instance, element.incoming.length);
};

export const inState =
  (next: ElementState): Applier<'PROCESS_INSTANCE'> =>
  ({ elementInstances }, { key }) => {
    elementInstances.put({ ...elementInstances.get(key)!, state: next });
  };

/** The instance goes, and everything that lived in it. */
export const gone: Applier<'PROCESS_INSTANCE'> = (state, { key, value }) => {
  state.variables.removeScope(key);
  state.eventTriggers.removeScope(key);
  state.elementInstances.remove(state.elementInstances.get(key)!);
  if (value.flowScopeKey >= 0) return;
  if (state.awaitedResults.get(key)) state.awaitedResults.remove(key);
  state.messageStartEvents.unlock(key);
};

/** A terminate end event leaves its scope with nothing to go on with. */
export const completed: Applier<'PROCESS_INSTANCE'> = (state, event) => {
  gone(state, event);
  const { bpmnElementType, processDefinitionKey, elementId, flowScopeKey } = event.value;
  if (bpmnElementType !== 'END_EVENT') return;
  const end = state.processes.executable(processDefinitionKey).elements.get(elementId)!;
  if (end.type === 'END_EVENT' && end.event.kind === 'terminate')
    state.elementInstances.interrupt(flowScopeKey, elementId, 0);
};

/** A token is under way in the scope; at a join it waits for the others. */
export const flowTaken: Applier<'PROCESS_INSTANCE'> = (state, { value }) => {
  const { elementInstances } = state;
  const { flowScopeKey, elementId } = value;
  const scope = elementInstances.get(flowScopeKey)!;
  elementInstances.put({ ...scope, activeFlows: scope.activeFlows + 1 });
  const process = state.processes.executable(value.processDefinitionKey);
  const target = process.elements.get(process.flows.get(elementId)!.target)!;
  if (target.type === 'PARALLEL_GATEWAY' && target.incoming.length > 1)
    elementInstances.setTokens(flowScopeKey, elementId, elementInstances.tokens(flowScopeKey, elementId) + 1);
};
