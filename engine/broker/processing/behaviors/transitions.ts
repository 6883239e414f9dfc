import type { ExecutableElement, ExecutableFlow } from '@baton/engine/model';
import { type ElementContext, sibling } from '../elementContext.ts';
import { activateBoundaryEvent } from './boundaryEvents.ts';
import { dropIncident } from './incidents.ts';

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

/** Ends the element and takes `flows`; without any the path ends here, and with the last path its scope. */
export function completed(context: ElementContext, flows: readonly ExecutableFlow[]): void {
  const { processing, key, value } = context;
  processing.event('PROCESS_INSTANCE', 'ELEMENT_COMPLETED', key, value);
  for (const flow of flows) takeFlow(context, flow);
  if (flows.length === 0) pathEnded(context);
}

function takeFlow(context: ElementContext, flow: ExecutableFlow): void {
  const { processing, process, value } = context;
  const taken = sibling(value, flow.id, 'SEQUENCE_FLOW');
  processing.event('PROCESS_INSTANCE', 'SEQUENCE_FLOW_TAKEN', processing.nextKey(), taken);
  const target = process.elements.get(flow.target)!;
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', -1, sibling(value, target.id, target.type));
}

function pathEnded({ processing, value }: ElementContext): void {
  const scope = processing.state.elementInstances.get(value.flowScopeKey);
  if (scope?.state !== 'ACTIVATED' || scope.children > 0 || scope.activeFlows > 0) return;
  processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', scope.key, scope.value);
}

/** Starts an element inside the scope. */
export function activateChild({ processing, key, value }: ElementContext, child: ExecutableElement): void {
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', -1, {
    ...sibling(value, child.id, child.type),
    flowScopeKey: key,
  });
}

/** Ends the element after all it had is gone. A boundary event that interrupted it goes on in its place. */
export function terminated(element: ExecutableElement, context: ElementContext): void {
  const { processing, process, key, value } = context;
  const { state } = processing;
  for (const id of element.boundaryEvents) {
    const trigger = state.eventTriggers.get(key, id);
    if (!trigger) continue;
    processing.event('PROCESS_INSTANCE', 'ELEMENT_TERMINATED', key, value);
    activateBoundaryEvent(id, trigger, context);
    return;
  }
  processing.event('PROCESS_INSTANCE', 'ELEMENT_TERMINATED', key, value);
  const scope = state.elementInstances.get(value.flowScopeKey);
  if (scope?.state === 'TERMINATING' && scope.children === 0)
    terminated(process.elements.get(scope.value.elementId)!, {
      processing,
      process,
      key: scope.key,
      value: scope.value,
    });
}

function terminateChildren({ processing, key }: ElementContext): void {
  for (const child of processing.state.elementInstances.children(key))
    processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', child.key, child.value);
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

/** From the leaves up: the scope ends with its last child. */
export function terminateScope(element: ExecutableElement, context: ElementContext): void {
  const scope = context.processing.state.elementInstances.get(context.key);
  if (scope && scope.children > 0) terminateChildren(context);
  else terminated(element, context);
}
