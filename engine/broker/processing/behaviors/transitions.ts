import type { ElementOf, ExecutableElement, ExecutableFlow } from '@baton/engine/model';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { contextOf, type ElementContext, elementOf, sibling } from '../elementContext.ts';
import { continueAdHoc, endedInAdHoc } from './adHocSubProcesses.ts';
import { callerOf } from './calledInstances.ts';
import { enterHandler, enterTriggeredEvent } from './catchEvents.ts';
import { forgetDone, handlerDone, rememberDone } from './compensation.ts';
import { dropIncident } from './incidents.ts';
import { settledJoins } from './joins.ts';
import { beginNext } from './messages.ts';
import { bodyOf, instanceEnded } from './multiInstances.ts';

/** The steps of an element's life: each writes its event and says what follows. */

export function activated({ processing, key, value }: ElementContext): void {
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED', key, value);
}

/** Asks for completion, as a command of its own after those that wait. */
export function requestCompletion({ processing, key, value }: ElementContext): void {
  processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', key, value);
}

export function completing({ processing, key, value }: ElementContext): void {
  processing.event('PROCESS_INSTANCE', 'ELEMENT_COMPLETING', key, value);
}

/**
 * Ends the element and takes `flows`; without any the path ends here, and with the last path its scope, unless it can `goOn`
 * without a flow. In a scope that is being ended from outside no path goes on.
 */
export function completed(
  context: ElementContext,
  flows: readonly ExecutableFlow[],
  goOn?: () => void,
): void {
  const { processing, process, value } = context;
  if (process.hasCompensation) rememberDone(context);
  leave('ELEMENT_COMPLETED', context);
  if (value.endsAfter && endsInstance(context)) return;
  if (process.hasCompensation) handlerDone(context);
  const scope = enclosing(context);
  if (scope && isEnding(scope)) {
    childGone(scope, context);
    return;
  }
  for (const flow of flows) takeFlow(context, flow);
  goOn?.();
  askJoinsAgain(context, flows);
  if (value.flowScopeKey < 0 || flows.length > 0 || goOn) return;
  const body = bodyOf(context);
  if (body) instanceEnded(body, processing);
  else if (scope?.value.bpmnElementType === 'AD_HOC_SUB_PROCESS') continueAdHoc(scope, processing);
  else if (scope?.state === 'ACTIVATED' && scope.children === 0 && scope.activeFlows === 0)
    processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', scope.key, scope.value);
}

/** The element is gone; the end of an instance may let the next one begin. */
function leave(
  intent: 'ELEMENT_COMPLETED' | 'ELEMENT_TERMINATED',
  { processing, key, value }: ElementContext,
): void {
  const lock = value.flowScopeKey < 0 ? processing.state.messageStartEvents.lockOf(key) : undefined;
  const write = () => processing.event('PROCESS_INSTANCE', intent, key, value);
  // who canceled an instance may have had to wait for its listeners
  if (intent === 'ELEMENT_TERMINATED' && value.flowScopeKey < 0)
    processing.referring(processing.state.elementInstances.get(key)?.operationReference, write);
  else write();
  if (lock) beginNext(lock, processing);
}

/** Whoever created the instance wanted it to go no further than this element: of several, than all of them. */
export function endsInstance(context: ElementContext): boolean {
  const { processing, value } = context;
  const { endsAfter, elementId, processInstanceKey } = value;
  if (!endsAfter?.includes(elementId) || bodyOf(context)) return false;
  const instance = processing.state.elementInstances.get(processInstanceKey);
  if (instance?.state !== 'ACTIVATED') return false;
  processing.command('RUNTIME_INSTRUCTION', 'INTERRUPT', processing.nextKey(), {
    processInstanceKey,
    elementId,
  });
  return true;
}

function takeFlow(context: ElementContext, flow: ExecutableFlow): void {
  const { processing, value } = context;
  const taken = sibling(value, flow.id, 'SEQUENCE_FLOW');
  processing.event('PROCESS_INSTANCE', 'SEQUENCE_FLOW_TAKEN', processing.nextKey(), taken);
  jumpTo(flow.target, context);
}

/** Starts an element inside the scope. */
export function activateChild({ processing, key, value }: ElementContext, child: ExecutableElement): void {
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', -1, {
    ...sibling(value, child.id, child.type),
    flowScopeKey: key,
  });
}

/**
 * Ends the element after all it had is gone, but for what `last` closes. A boundary event that interrupted it goes on in its
 * place.
 */
export function terminated(element: ExecutableElement, context: ElementContext, last?: () => void): void {
  const { beforeGone } = context.processing;
  if (beforeGone) beforeGone(() => gone(element, context, last));
  else gone(element, context, last);
}

function gone(element: ExecutableElement, context: ElementContext, last?: () => void): void {
  const { processing, key } = context;
  const { state } = processing;
  const interruption = element.boundaryEvents.find((id) => state.eventTriggers.get(key, id));
  const trigger = interruption === undefined ? undefined : state.eventTriggers.get(key, interruption);
  leave('ELEMENT_TERMINATED', context);
  last?.();
  const scope = enclosing(context);
  if (scope && isEnding(scope)) childGone(scope, context);
  else if (interruption !== undefined && trigger)
    enterTriggeredEvent(
      context.process.elements.get(interruption) as ElementOf<'BOUNDARY_EVENT'>,
      trigger,
      context.value.flowScopeKey,
      context,
    );
  else {
    const body = bodyOf(context);
    if (body) instanceEnded(body, processing);
    else if (scope?.value.bpmnElementType === 'AD_HOC_SUB_PROCESS') endedInAdHoc(scope, processing);
  }
  askJoinsAgain(context);
}

/** As a path ended or went elsewhere, an inclusive gateway may have nothing more to wait for: by setting, as BPMN has it. */
function askJoinsAgain(context: ElementContext, taken: readonly ExecutableFlow[] = []): void {
  const { processing, process, value } = context;
  if (!process.hasInclusiveJoin || processing.inclusiveJoin !== 'correct') return;
  const scope = processing.state.elementInstances.get(value.flowScopeKey);
  if (scope?.state !== 'ACTIVATED' || scope.interruptedBy !== '') return;
  for (const { id } of settledJoins(scope.key, process, processing.state))
    if (!taken.some(({ target }) => target === id)) jumpTo(id, context);
}

/** What an element lives in: its scope, or of a called process instance the call activity. */
function enclosing({ processing: { state }, value }: ElementContext): ElementInstance | undefined {
  return state.elementInstances.get(value.flowScopeKey) ?? callerOf(value, state);
}

/** The scope is being ended, or was interrupted: it only waits for its children to be gone. */
function isEnding(scope: ElementInstance): boolean {
  return scope.state === 'TERMINATING' || scope.interruptedBy !== '';
}

/** A scope that is being ended, or was interrupted, goes on when its last child is gone. */
function childGone(scope: ElementInstance, { processing }: ElementContext): void {
  if (scope.children > 0) return;
  const context = contextOf(scope, processing);
  if (scope.state === 'TERMINATING') terminated(elementOf(context), context);
  if (scope.state !== 'ACTIVATED') return;
  const interruption = processing.state.eventTriggers.get(scope.key, scope.interruptedBy);
  if (!interruption) requestCompletion(context);
  else {
    const start = context.process.elements.get(scope.interruptedBy) as ElementOf<'START_EVENT'>;
    enterHandler(start, interruption, context);
  }
}

/** Ends everything that runs in the scope of an element. */
export function terminateSiblings({ processing, value }: ElementContext): void {
  const scope = processing.state.elementInstances.get(value.flowScopeKey);
  if (scope?.state === 'ACTIVATED') terminateChildren({ processing, key: scope.key });
}

export function terminateChildren({ processing, key }: Pick<ElementContext, 'processing' | 'key'>): void {
  for (const child of processing.state.elementInstances.children(key))
    processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', child.key, child.value);
}

/** Goes on at another element of the scope, without a sequence flow. */
export function jumpTo(elementId: string, { processing, process, value }: ElementContext): void {
  const target = process.elements.get(elementId)!;
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', -1, sibling(value, target.id, target.type));
}

/** From entered to left without waiting for anything. */
export function passThrough(context: ElementContext, flows: readonly ExecutableFlow[]): void {
  activated(context);
  completing(context);
  completed(context, flows);
}

/** For elements that have nothing open but, perhaps, an incident. */
export function terminateInstantly(element: ExecutableElement, context: ElementContext): void {
  dropIncident(context);
  terminated(element, context);
}

/** As `terminateInstantly`, for those whose incident goes after them (as observed). */
export function terminateBeforeIncident(element: ExecutableElement, context: ElementContext): void {
  terminated(element, context, () => dropIncident(context));
}

/** Ends the children first, one command after the other so that others get their turn, or the scope at once when it has none. */
export function terminateScope(element: ExecutableElement, context: ElementContext): void {
  if (context.process.hasCompensation) forgetDone(context);
  const scope = context.processing.state.elementInstances.get(context.key);
  if (scope && scope.children > 0)
    context.processing.command('PROCESS_INSTANCE_BATCH', 'TERMINATE', context.processing.nextKey(), {
      processInstanceKey: context.value.processInstanceKey,
      batchElementInstanceKey: context.key,
      index: -1,
    });
  else terminated(element, context);
}
