import type { ElementOf, ExecutableElement } from '@baton/engine/model';
import { failed, type JsonObject, ok, type Result, type TimerValue } from '@baton/engine/protocol';
import type { EventTrigger } from '../../state/eventTriggers.ts';
import { type ElementContext, elementOf, sibling } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { evaluateString } from './expressions.ts';
import { scheduleOf } from './schedules.ts';
import { isEmpty } from './variables.ts';

/** Opens what the boundary events of an element wait for. Nothing is opened when one of them fails. */
export function openBoundaryEvents(
  element: ExecutableElement,
  context: ElementContext,
): Result<void, Failure> {
  if (element.boundaryEvents.length === 0) return ok();
  const { processing, process, key, value } = context;
  const timers: TimerValue[] = [];
  for (const id of element.boundaryEvents) {
    const { trigger } = process.elements.get(id) as ElementOf<'BOUNDARY_EVENT'>;
    if (trigger.kind !== 'timer') continue;
    const { kind, expression } = trigger.timer;
    const text = evaluateString(expression, key, processing);
    if (!text.ok) return text;
    const schedule = scheduleOf(kind, text.value, expression.text, processing.now);
    if (!schedule.ok)
      return failed({
        errorType: 'EXTRACT_VALUE_ERROR',
        message: schedule.failure,
        variableScopeKey: key,
      });
    timers.push({
      elementInstanceKey: key,
      processInstanceKey: value.processInstanceKey,
      processDefinitionKey: value.processDefinitionKey,
      targetElementId: id,
      ...schedule.value,
    });
  }
  for (const timer of timers) processing.event('TIMER', 'CREATED', processing.nextKey(), timer);
  return ok();
}

export function closeBoundaryEvents(element: ExecutableElement, { processing, key }: ElementContext): void {
  if (element.boundaryEvents.length === 0) return;
  for (const timer of processing.state.timers.ofElement(key))
    processing.event('TIMER', 'CANCELED', timer.key, timer.value);
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
  if (event.interrupting && isInterrupted(context)) return;
  const trigger = { key: processing.nextKey(), variables };
  processing.event('PROCESS_EVENT', 'TRIGGERING', trigger.key, eventValue(event.id, key, variables, context));
  if (event.interrupting) processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', key, value);
  else activateBoundaryEvent(event.id, trigger, context);
}

/** One event has ended the element already, and only waits for it to be gone: others come too late. */
function isInterrupted(context: ElementContext): boolean {
  const { eventTriggers } = context.processing.state;
  return elementOf(context).boundaryEvents.some((id) => eventTriggers.get(context.key, id));
}

/** Enters the boundary event with what its trigger brought. `context` is the element it is attached to. */
export function activateBoundaryEvent(id: string, trigger: EventTrigger, context: ElementContext): void {
  const { processing, key, value } = context;
  processing.event('PROCESS_EVENT', 'TRIGGERED', trigger.key, eventValue(id, key, {}, context));
  const eventKey = processing.nextKey();
  if (!isEmpty(trigger.variables))
    processing.event(
      'PROCESS_EVENT',
      'TRIGGERING',
      processing.nextKey(),
      eventValue(id, eventKey, trigger.variables, context),
    );
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', eventKey, sibling(value, id, 'BOUNDARY_EVENT'));
}

function eventValue(
  targetElementId: string,
  scopeKey: number,
  variables: JsonObject,
  { value }: ElementContext,
) {
  return {
    scopeKey,
    targetElementId,
    variables,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
  };
}
