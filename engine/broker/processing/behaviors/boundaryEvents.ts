import type { ElementOf, ExecutableElement } from '@baton/engine/model';
import type { JsonObject, Result } from '@baton/engine/protocol';
import { type ElementContext, elementOf } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { closeEvents, enterTriggeredEvent, eventValue, isOpen, openEvents } from './catchEvents.ts';

/** Opens what the boundary events of an activity wait for. Nothing is opened when one of them fails. */
export function openBoundaryEvents(
  element: ExecutableElement,
  context: ElementContext,
): Result<void, Failure> {
  return openEvents(element.boundaryEvents, context);
}

/** Ended from outside, the element waits for nothing any more. Of one that completes the events are closed before. */
export function closeBoundaryEvents(element: ExecutableElement, context: ElementContext): void {
  if (element.boundaryEvents.length > 0) closeEvents(context);
}

/**
 * A boundary event of the element in `context` fires. An interrupting one ends the element first and goes on when it is
 * gone; the other goes on beside it at once.
 */
export function triggerBoundaryEvent(
  event: ElementOf<'BOUNDARY_EVENT'>,
  variables: JsonObject,
  context: ElementContext,
): void {
  const { processing, key, value } = context;
  if (!isOpen(context) || (event.interrupting && isInterrupted(context))) return;
  const trigger = { key: processing.nextKey(), variables };
  processing.event('PROCESS_EVENT', 'TRIGGERING', trigger.key, eventValue(event.id, key, variables, context));
  if (event.interrupting) processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', key, value);
  else enterTriggeredEvent(event, trigger, value.flowScopeKey, context);
}

/** One event has ended the element already, and only waits for it to be gone: others come too late. */
function isInterrupted(context: ElementContext): boolean {
  const { eventTriggers } = context.processing.state;
  return elementOf(context).boundaryEvents.some((id) => eventTriggers.get(context.key, id));
}
