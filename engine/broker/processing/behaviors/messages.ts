import type { MessageSubscriptionValue } from '@baton/engine/protocol';
import type { CorrelationLock, MessageStartEvent } from '../../state/messageStartEvents.ts';
import type { MessageSubscription } from '../../state/messageSubscriptions.ts';
import type { Message } from '../../state/messages.ts';
import { contextOf } from '../elementContext.ts';
import type { ProcessingContext } from '../types.ts';
import { isOpen, isWaiting } from './catchEvents.ts';
import { triggerEvent } from './eventTriggers.ts';
import { newInstance, startInstance } from './startEvents.ts';

/** What a subscription is given: its value with the message. */
type Delivery = Pick<MessageSubscription, 'key' | 'value'>;

/** Whom a message is for. */
export interface Recipients {
  /** The first instance that it began; undefined when it began none. */
  begun: number | undefined;
  /** The first instance in which something waited for it. */
  found: number | undefined;
  /** Processes that it would have begun, had they not an instance of its correlation key. */
  locked: string[];
  /** Brings it to those that waited: at once, or after the instances that it began have been entered. */
  deliver(afterFirst?: () => void): void;
}

/** The message is for an element that waits, unless something else has come first. The rest brings it there. */
function correlate(
  { key, value: waiting }: MessageSubscription,
  { key: messageKey, value: { variables } }: Pick<Message, 'key' | 'value'>,
  processing: ProcessingContext,
): Delivery | undefined {
  if (!takes(waiting, processing)) return undefined;
  const value: MessageSubscriptionValue = { ...waiting, messageKey, variables };
  processing.event('MESSAGE_SUBSCRIPTION', 'CORRELATING', key, value);
  return { key, value };
}

function takes({ elementInstanceKey }: MessageSubscriptionValue, processing: ProcessingContext): boolean {
  const instance = processing.state.elementInstances.get(elementInstanceKey);
  if (!instance || !isWaiting(instance.key, processing)) return false;
  return isOpen(contextOf(instance, processing));
}

/** The message comes to the element, unless that has ceased to wait since. */
export function deliver({ key, value }: Delivery, processing: ProcessingContext): void {
  if (!takes(value, processing)) return;
  const { elementInstanceKey, elementId, variables, interrupting } = value;
  const instance = processing.state.elementInstances.get(elementInstanceKey)!;
  processing.event('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATED', key, value);
  triggerEvent(elementId, variables, contextOf(instance, processing));
  processing.event('MESSAGE_SUBSCRIPTION', 'CORRELATED', key, value);
  // what waits on may have waited for by the next message
  if (!interrupting)
    processing.command('MESSAGE_SUBSCRIPTION', 'CORRELATE', key, { ...value, messageKey: -1, variables: {} });
}

/** The oldest message that waits for a subscription comes to its element. */
export function deliverBuffered(subscription: MessageSubscription, processing: ProcessingContext): void {
  const message = bufferedFor(subscription, processing);
  const delivery = message && correlate(subscription, message, processing);
  if (delivery) deliver(delivery, processing);
}

/** The oldest message that waits for a new subscription and has not reached its process yet. */
function bufferedFor(
  { tenantId, value: { messageName, correlationKey, bpmnProcessId } }: MessageSubscription,
  { state, now }: ProcessingContext,
): Message | undefined {
  for (const message of state.messages.buffered(tenantId, messageName, correlationKey)) {
    if (message.value.deadline <= now || state.messages.isCorrelated(message.key, bpmnProcessId)) continue;
    return message;
  }
  return undefined;
}

/** A message that waits for the subscription comes to its element by a command of its own, after what is already under way. */
export function offerBuffered(subscription: MessageSubscription, processing: ProcessingContext): void {
  const { key, value } = subscription;
  if (bufferedFor(subscription, processing))
    processing.command('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATE', key, value);
}

/** Gives the message to those who wait: one element of each process, then the start events of the others. */
export function distribute(
  message: Pick<Message, 'key' | 'value'>,
  processing: ProcessingContext,
): Recipients {
  let begun: number | undefined;
  const deliveries: Delivery[] = [];
  const locked: string[] = [];
  const { state, tenantId } = processing;
  const { name, correlationKey } = message.value;
  for (const subscription of state.messageSubscriptions.waiting(tenantId, name, correlationKey)) {
    if (state.messages.isCorrelated(message.key, subscription.value.bpmnProcessId)) continue;
    const delivery = correlate(subscription, message, processing);
    if (delivery) deliveries.push(delivery);
  }
  for (const start of state.messageStartEvents.waiting(tenantId, name)) {
    const { bpmnProcessId } = start.value;
    if (state.messages.isCorrelated(message.key, bpmnProcessId)) continue;
    if (state.messageStartEvents.isLocked({ tenantId, bpmnProcessId, correlationKey })) {
      locked.push(bpmnProcessId);
      continue;
    }
    const processInstanceKey = begin(start, message, processing);
    begun ??= processInstanceKey;
  }
  return {
    begun,
    found: deliveries[0]?.value.processInstanceKey,
    locked,
    deliver(afterFirst) {
      for (const [index, delivery] of deliveries.entries()) {
        if (begun === undefined) deliver(delivery, processing);
        else processing.command('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATE', delivery.key, delivery.value);
        if (index === 0) afterFirst?.();
      }
    },
  };
}

function begin(
  { key, value: waiting }: MessageStartEvent,
  { key: messageKey, value: { correlationKey, variables } }: Pick<Message, 'key' | 'value'>,
  processing: ProcessingContext,
): number | undefined {
  const process = processing.state.processes.get(waiting.processDefinitionKey);
  if (!process) return undefined;
  const instance = newInstance(process, processing);
  const { processInstanceKey } = instance;
  const value = { ...waiting, messageKey, processInstanceKey, correlationKey, variables };
  processing.event('MESSAGE_START_EVENT_SUBSCRIPTION', 'CORRELATED', key, value);
  startInstance(instance, waiting.startEventId, variables, processing);
  return processInstanceKey;
}

/** An instance has let go of its correlation key: the oldest message that waited for that begins the next. */
export function beginNext(lock: CorrelationLock, processing: ProcessingContext): void {
  const { state, now } = processing;
  const { tenantId, bpmnProcessId, correlationKey } = lock;
  const latest = state.processes.latest(tenantId, bpmnProcessId);
  if (!latest) return;
  let next: { start: MessageStartEvent; message: Message } | undefined;
  for (const start of state.messageStartEvents.ofDefinition(latest.key)) {
    for (const message of state.messages.buffered(tenantId, start.value.messageName, correlationKey)) {
      if (message.value.deadline <= now || state.messages.isCorrelated(message.key, bpmnProcessId)) continue;
      if (!next || message.key < next.message.key) next = { start, message };
      break;
    }
  }
  if (next) begin(next.start, next.message, processing);
}
