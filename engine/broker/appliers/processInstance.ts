import { type ExecutableElement, type ExecutableProcess, elementAt } from '@baton/engine/model';
import { ENTERED_WITHOUT_FLOW } from '../processing/elementContext.ts';
import type { Applier } from '../processing/types.ts';
import type { ElementInstance, ElementState } from '../state/elementInstances.ts';
import type { State } from '../state/state.ts';

const begun = {
  state: 'ACTIVATING',
  children: 0,
  activeFlows: 0,
  interruptedBy: '',
  jobKey: -1,
  userTaskKey: -1,
  calledInstanceKey: -1,
  listenersDone: 0,
  loopCounter: 0,
} as const;

/**
 * The instance is there; the flow that led to it has been used, at a join one of each incoming. Of version 2
 * no flow led to it.
 */
export const activating: Applier<'PROCESS_INSTANCE'> = (state, { key, tenantId, value, version }) => {
  const { elementInstances } = state;
  const instance = { key, tenantId, value, ...begun };
  if (version >= ENTERED_WITHOUT_FLOW) return elementInstances.add(instance, 0);
  if (value.flowScopeKey < 0) {
    elementInstances.add(instance, 0);
    const caller = elementInstances.get(value.parentElementInstanceKey);
    if (caller) elementInstances.put({ ...caller, calledInstanceKey: key });
    return;
  }
  const process = state.processes.executable(value.processDefinitionKey);
  const element = elementAt(process, value);
  const scopeKey = value.flowScopeKey;
  if (process.hasMultiInstance && isBody(elementInstances.get(scopeKey))) {
    state.multiInstances.count(scopeKey, 'created');
    elementInstances.add({ ...instance, loopCounter: state.multiInstances.get(scopeKey)!.created }, 0);
    return;
  }
  const take = (id: string) =>
    elementInstances.setTokens(scopeKey, id, elementInstances.tokens(scopeKey, id) - 1);
  if (isJoin(element)) {
    const used = element.incoming.filter(({ id }) => elementInstances.tokens(scopeKey, id) > 0);
    for (const { id } of used) take(id);
    elementInstances.add(instance, used.length);
    return;
  }
  if (process.hasInclusiveJoin) {
    // what was chosen by a modification has a token of its own
    const ways = isEnteredWithoutFlow(element) ? [element] : [element, ...element.incoming];
    const used = ways.find(({ id }) => elementInstances.tokens(scopeKey, id) > 0);
    if (used) take(used.id);
  }
  elementInstances.add(instance, flowsUsed(element));
};

/** Paths under way that end where the element is entered, unless it joins several. */
function flowsUsed(element: ExecutableElement): 0 | 1 {
  return isEnteredWithoutFlow(element) || element.incoming.length > 0 ? 1 : 0;
}

/** An element is about to be entered without a flow taken to it: until then a path is under way there. */
export function chosen(
  state: State,
  process: ExecutableProcess,
  scopeKey: number,
  element: ExecutableElement,
): void {
  if (!isJoin(element) && flowsUsed(element) === 1) underWay(state, process, scopeKey, element.id);
}

/** Boundary events, event sub-processes, and the events that links lead to. */
function isEnteredWithoutFlow(element: ExecutableElement): boolean {
  if (element.type === 'EVENT_SUB_PROCESS') return true;
  // what leads to a compensation handler was never under way
  if (element.type === 'BOUNDARY_EVENT') return element.trigger.kind !== 'compensation';
  return element.type === 'INTERMEDIATE_CATCH_EVENT' && element.trigger.kind === 'link';
}

/** Whether the element waits for tokens of several flows. */
function isJoin({ type, incoming }: ExecutableElement): boolean {
  return (type === 'PARALLEL_GATEWAY' || type === 'INCLUSIVE_GATEWAY') && incoming.length > 1;
}

export const inState =
  (next: ElementState): Applier<'PROCESS_INSTANCE'> =>
  ({ elementInstances }, { key, operationReference }) => {
    const instance = { ...elementInstances.get(key)!, state: next, listenersDone: 0 };
    const isReferred = next === 'TERMINATING' && operationReference !== undefined;
    elementInstances.put(isReferred ? { ...instance, operationReference } : instance);
  };

export const migrated: Applier<'PROCESS_INSTANCE'> = ({ elementInstances }, { key, value }) => {
  elementInstances.put({ ...elementInstances.get(key)!, value });
};

/** The instance goes, and everything that lived in it. */
export const gone =
  (how: 'completed' | 'terminated'): Applier<'PROCESS_INSTANCE'> =>
  (state, { key, value }) => {
    const { elementInstances } = state;
    const instance = elementInstances.get(key)!;
    state.variables.removeScope(key);
    state.eventTriggers.removeScope(key);
    if (isBody(instance)) state.multiInstances.remove(key);
    if (value.bpmnElementType === 'AD_HOC_SUB_PROCESS') state.adHocSubProcesses.remove(key);
    if (instance.loopCounter > 0) state.multiInstances.count(value.flowScopeKey, how);
    elementInstances.remove(instance);
    if (value.flowScopeKey >= 0) return;
    if (state.awaitedResults.get(key)) state.awaitedResults.remove(key);
    state.messageStartEvents.unlock(key);
  };

const goneByCompletion = gone('completed');

/** A terminate end event leaves its scope with nothing to go on with; a link is a path under way until its target is entered. */
export const completed: Applier<'PROCESS_INSTANCE'> = (state, event) => {
  goneByCompletion(state, event);
  const { bpmnElementType, processDefinitionKey, elementId, flowScopeKey } = event.value;
  if (bpmnElementType !== 'END_EVENT' && bpmnElementType !== 'INTERMEDIATE_THROW_EVENT') return;
  const process = state.processes.executable(processDefinitionKey);
  const element = elementAt(process, event.value);
  if (element.type === 'END_EVENT' && element.event.kind === 'terminate')
    state.elementInstances.interrupt(flowScopeKey, elementId, 0);
  if (element.type === 'INTERMEDIATE_THROW_EVENT' && element.event.kind === 'link')
    underWay(state, process, flowScopeKey, element.event.target);
};

/** A path goes on at an element of the scope without a sequence flow. */
export function underWay(
  { elementInstances }: State,
  process: ExecutableProcess,
  scopeKey: number,
  elementId: string,
): void {
  const scope = elementInstances.get(scopeKey);
  if (scope?.interruptedBy !== '') return;
  elementInstances.put({ ...scope, activeFlows: scope.activeFlows + 1 });
  if (process.hasInclusiveJoin)
    elementInstances.setTokens(scopeKey, elementId, elementInstances.tokens(scopeKey, elementId) + 1);
}

function isBody(instance: ElementInstance | undefined): boolean {
  return instance?.value.bpmnElementType === 'MULTI_INSTANCE_BODY';
}

/** A token is under way in the scope; at a join it waits for the others, who may have to know of it before it arrives. */
export const flowTaken: Applier<'PROCESS_INSTANCE'> = (state, { value }) => {
  const { elementInstances } = state;
  const { flowScopeKey, elementId } = value;
  const scope = elementInstances.get(flowScopeKey)!;
  elementInstances.put({ ...scope, activeFlows: scope.activeFlows + 1 });
  const process = state.processes.executable(value.processDefinitionKey);
  const target = process.elements.get(process.flows.get(elementId)!.target)!;
  if (isJoin(target) || process.hasInclusiveJoin)
    elementInstances.setTokens(flowScopeKey, elementId, elementInstances.tokens(flowScopeKey, elementId) + 1);
};

/** A token that waited at a join waits there no more. */
export const flowDeleted: Applier<'PROCESS_INSTANCE'> = ({ elementInstances }, { value }) => {
  const { flowScopeKey, elementId } = value;
  const scope = elementInstances.get(flowScopeKey)!;
  elementInstances.put({ ...scope, activeFlows: scope.activeFlows - 1 });
  elementInstances.setTokens(flowScopeKey, elementId, elementInstances.tokens(flowScopeKey, elementId) - 1);
};
