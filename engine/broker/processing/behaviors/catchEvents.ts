import type { CatchTrigger, ElementOf, ExecutableElement } from '@baton/engine/model';
import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import type { EventTrigger } from '../../state/eventTriggers.ts';
import type { MessageSubscription } from '../../state/messageSubscriptions.ts';
import { type ElementContext, ENTERED_WITHOUT_FLOW, elementOf, sibling } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { closeConditions, waitForCondition } from './conditions.ts';
import { evaluateCorrelationKey, evaluateString, evaluateTime } from './expressions.ts';
import { scheduleOf } from './schedules.ts';
import { isEmpty, setLocal } from './variables.ts';

/** Opens what one event waits for; it runs when all events of the element could be read. */
type Open = () => void;

type Subscriber<K extends CatchTrigger['kind']> = (
  trigger: Extract<CatchTrigger, { kind: K }>,
  targetElementId: string,
  context: ElementContext,
) => Result<Open, Failure>;

/** How each kind of event is waited for. They are opened in this order (as observed). */
const subscribers: { readonly [K in CatchTrigger['kind']]: Subscriber<K> } = {
  message({ name, correlationKey }, targetElementId, context) {
    const { processing, process, key, value } = context;
    const messageName = evaluateString(name, key, processing);
    if (!messageName.ok) return messageName;
    const target = process.elements.get(targetElementId)!;
    const scopeKey = target.type === 'BOUNDARY_EVENT' ? value.flowScopeKey : key;
    const correlation = evaluateCorrelationKey(correlationKey, scopeKey, processing);
    if (!correlation.ok) return correlation;
    return ok(() => {
      const subscriptionKey = processing.nextKey();
      const subscription = {
        bpmnProcessId: value.bpmnProcessId,
        processInstanceKey: value.processInstanceKey,
        elementInstanceKey: key,
        elementId: targetElementId,
        messageName: messageName.value,
        correlationKey: correlation.value,
        interrupting: !('interrupting' in target) || target.interrupting,
        messageKey: -1,
        variables: {},
      };
      processing.event('PROCESS_MESSAGE_SUBSCRIPTION', 'CREATING', subscriptionKey, subscription);
      // a message may wait for it, and finds the element when it is active
      processing.command('MESSAGE_SUBSCRIPTION', 'CREATE', subscriptionKey, subscription);
    });
  },
  timer({ timer }, targetElementId, { processing, key, value }) {
    const text = evaluateTime(timer, key, processing);
    if (!text.ok) return text;
    const schedule = scheduleOf(timer.kind, text.value, timer.expression.text, processing.now);
    if (!schedule.ok)
      return failed({
        errorType: 'EXTRACT_VALUE_ERROR',
        message: schedule.failure,
        variableScopeKey: key,
      });
    return ok(() =>
      processing.event('TIMER', 'CREATED', processing.nextKey(), {
        elementInstanceKey: key,
        processInstanceKey: value.processInstanceKey,
        processDefinitionKey: value.processDefinitionKey,
        targetElementId,
        ...schedule.value,
      }),
    );
  },
  signal({ name }, catchEventId, { processing, key, value }) {
    const signalName = evaluateString(name, key, processing);
    if (!signalName.ok) return signalName;
    return ok(() =>
      processing.event('SIGNAL_SUBSCRIPTION', 'CREATED', processing.nextKey(), {
        signalName: signalName.value,
        bpmnProcessId: value.bpmnProcessId,
        processDefinitionKey: value.processDefinitionKey,
        catchEventId,
        catchEventInstanceKey: key,
      }),
    );
  },
  conditional(trigger, catchEventId, context) {
    const event = context.process.elements.get(catchEventId)!;
    return ok(() => waitForCondition(trigger, event, context));
  },
};

/** Opens what the events wait for, for the element in `context`. Nothing is opened when one of them fails. */
export function openEvents(ids: readonly string[], context: ElementContext): Result<void, Failure> {
  if (ids.length === 0) return ok();
  const opens: { kind: string; open: Open }[] = [];
  for (const id of ids) {
    // of an instance in a multi-instance body the process knows the body only
    const element = id === context.value.elementId ? elementOf(context) : context.process.elements.get(id)!;
    const trigger = 'trigger' in element ? element.trigger : undefined;
    const subscribe = subscribers[trigger?.kind as CatchTrigger['kind']] as
      | Subscriber<CatchTrigger['kind']>
      | undefined;
    if (!subscribe) continue;
    const open = subscribe(trigger as CatchTrigger, id, context);
    if (!open.ok) return open;
    opens.push({ kind: trigger!.kind, open: open.value });
  }
  for (const kind in subscribers) for (const one of opens) if (one.kind === kind) one.open();
  return ok();
}

/** The element waits for nothing any more, or for nothing that `targets` would begin. */
export function closeEvents({ processing, key }: ElementContext, targets?: readonly string[]): void {
  const stays = (target: string) => targets !== undefined && !targets.includes(target);
  for (const timer of processing.state.timers.ofOwner(key))
    if (!stays(timer.value.targetElementId)) processing.event('TIMER', 'CANCELED', timer.key, timer.value);
  const subscriptions = [...processing.state.messageSubscriptions.ofElement(key)];
  if (subscriptions.length > 1) subscriptions.sort(byMessageName);
  for (const { key: subscription, value } of subscriptions) {
    if (stays(value.elementId)) continue;
    processing.event('PROCESS_MESSAGE_SUBSCRIPTION', 'DELETING', subscription, value);
    processing.event('MESSAGE_SUBSCRIPTION', 'DELETED', subscription, value);
    processing.event('PROCESS_MESSAGE_SUBSCRIPTION', 'DELETED', subscription, value);
  }
  for (const { key: subscription, value } of processing.state.signalSubscriptions.ofOwner(key))
    if (!stays(value.catchEventId)) processing.event('SIGNAL_SUBSCRIPTION', 'DELETED', subscription, value);
  closeConditions({ processing, key }, stays);
}

const byMessageName = (one: MessageSubscription, other: MessageSubscription) =>
  one.value.messageName < other.value.messageName ? -1 : 1;

/** Whatever may happen beside the element, to its boundary events or to the event sub-processes in it, comes too late. */
export function closeEventsOf(element: ExecutableElement, context: ElementContext): void {
  const handles = 'handlers' in element && element.handlers.length > 0;
  if (handles || element.boundaryEvents.length > 0) closeEvents(context);
}

/** The element is active, and nothing that ends its waiting has happened yet: whatever comes later comes too late. */
export function isWaiting(key: number, { state }: ElementContext['processing']): boolean {
  if (state.elementInstances.get(key)?.state !== 'ACTIVATED') return false;
  for (const _ of state.eventTriggers.ofScope(key)) return false;
  return true;
}

/** Whether an event beside the element in `context` can begin anything: the element is active, and so is what it lives in. */
export function isOpen({ processing: { state }, key, value }: ElementContext): boolean {
  if (state.elementInstances.get(key)?.state !== 'ACTIVATED') return false;
  // also in an event sub-process that interrupted the scope around it (observed of the real broker)
  return (state.elementInstances.get(value.flowScopeKey)?.interruptedBy ?? '') === '';
}

/** What an element waited for itself has happened: it goes on, with what that brought. */
export function triggerElement(
  targetElementId: string,
  variables: JsonObject,
  context: ElementContext,
): void {
  const { processing, key, value } = context;
  if (!isWaiting(key, processing)) return;
  const triggerKey = processing.nextKey();
  const happened = eventValue(targetElementId, key, variables, context);
  processing.event('PROCESS_EVENT', 'TRIGGERING', triggerKey, happened);
  processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', key, value);
}

/**
 * Enters the event that was triggered at the element in `context`, with what the trigger brought; or what it begins, which
 * enters it in turn.
 */
export function enterEvent(
  event: ExecutableElement,
  trigger: EventTrigger,
  flowScopeKey: number,
  context: ElementContext,
  entering: ExecutableElement = event,
): void {
  const { processing, value } = context;
  const eventKey = handOver(event, trigger, context);
  const entered = { ...sibling(value, entering.id, entering.type), flowScopeKey };
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', eventKey, entered);
}

/**
 * A boundary or start event that was triggered, or one behind an event-based gateway, is active at once, and what the trigger
 * brought is local to it. That leaves it when it ends, but for what a thrown error brings (quirk 9).
 */
export function enterTriggeredEvent(
  event: ElementOf<'BOUNDARY_EVENT' | 'START_EVENT' | 'INTERMEDIATE_CATCH_EVENT'>,
  trigger: EventTrigger,
  flowScopeKey: number,
  context: ElementContext,
): void {
  const { processing, value } = context;
  const staysLocal = event.type === 'BOUNDARY_EVENT' && event.trigger.kind === 'error';
  const key = handOver(event, staysLocal ? { ...trigger, variables: {} } : trigger, context);
  const entered = { ...sibling(value, event.id, event.type), flowScopeKey };
  // no flow leads from the gateway to the event
  const version = event.type === 'INTERMEDIATE_CATCH_EVENT' ? ENTERED_WITHOUT_FLOW : undefined;
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', key, entered, version);
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED', key, entered);
  setLocal(trigger.variables, key, entered, processing);
  processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', key, entered);
}

/** The trigger of the element in `context` becomes that of the event about to be entered, whose key is the result. */
function handOver(event: ExecutableElement, trigger: EventTrigger, context: ElementContext): number {
  const { processing, key } = context;
  processing.event('PROCESS_EVENT', 'TRIGGERED', trigger.key, eventValue(event.id, key, {}, context));
  const eventKey = processing.nextKey();
  if (!isEmpty(trigger.variables))
    processing.event(
      'PROCESS_EVENT',
      'TRIGGERING',
      processing.nextKey(),
      eventValue(event.id, eventKey, trigger.variables, context),
    );
  return eventKey;
}

/** Begins the event sub-process of `start` in the scope in `context`. */
export function enterHandler(
  start: ElementOf<'START_EVENT'>,
  trigger: EventTrigger,
  context: ElementContext,
): void {
  enterEvent(start, trigger, context.key, context, context.process.elements.get(start.scopeId)!);
}

export function eventValue(
  targetElementId: string,
  scopeKey: number,
  variables: JsonObject,
  { value }: Pick<ElementContext, 'value'>,
) {
  return {
    scopeKey,
    targetElementId,
    variables,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
  };
}
