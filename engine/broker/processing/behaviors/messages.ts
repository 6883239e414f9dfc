import type { MessageSubscriptionValue } from '@baton/engine/protocol';
import type { CorrelationLock, MessageStartEvent } from '../../state/messageStartEvents.ts';
import type { MessageSubscription } from '../../state/messageSubscriptions.ts';
import type { Message } from '../../state/messages.ts';
import { contextOf } from '../elementContext.ts';
import type { ProcessingContext } from '../types.ts';
import { isOpen, isWaiting } from './catchEvents.ts';
import { triggerEvent } from './eventTriggers.ts';
import { newInstance, startInstance } from './startEvents.ts';

const deliver = (delivery: Delivery): void => delivery();

/** What is still to be done when the message has been given to all it is for. */
type Delivery = () => void;

/** The message is for an element that waits, unless something else has come first. The rest brings it there. */
export function correlate(
  { key, value: waiting }: MessageSubscription,
  { key: messageKey, value: { variables } }: Pick<Message, 'key' | 'value'>,
  processing: ProcessingContext,
): Delivery | undefined {
  const instance = processing.state.elementInstances.get(waiting.elementInstanceKey);
  if (!instance || !isWaiting(instance.key, processing)) return undefined;
  if (!isOpen(contextOf(instance, processing))) return undefined;
  const value: MessageSubscriptionValue = { ...waiting, messageKey, variables };
  processing.event('MESSAGE_SUBSCRIPTION', 'CORRELATING', key, value);
  return () => {
    processing.event('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATED', key, value);
    triggerEvent(waiting.elementId, variables, contextOf(instance, processing));
    processing.event('MESSAGE_SUBSCRIPTION', 'CORRELATED', key, value);
    // what waits on may have waited for by the next message
    if (!waiting.interrupting) processing.command('MESSAGE_SUBSCRIPTION', 'CORRELATE', key, waiting);
  };
}

/** The oldest message that waits for a new subscription and has not reached its process yet. */
export function bufferedFor(
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

/**
 * Gives the message to those who wait: one element of each process, then the start events of the others. Answers with the
 * first process instance that has it, and how it gets to the elements.
 */
export function distribute(
  message: Pick<Message, 'key' | 'value'>,
  processing: ProcessingContext,
): { reached: number | undefined; deliver: Delivery } {
  let reached: number | undefined;
  const deliveries: Delivery[] = [];
  const { state, tenantId } = processing;
  const { name, correlationKey } = message.value;
  for (const subscription of state.messageSubscriptions.waiting(tenantId, name, correlationKey)) {
    if (state.messages.isCorrelated(message.key, subscription.value.bpmnProcessId)) continue;
    const delivery = correlate(subscription, message, processing);
    if (!delivery) continue;
    deliveries.push(delivery);
    reached ??= subscription.value.processInstanceKey;
  }
  for (const start of state.messageStartEvents.waiting(tenantId, name)) {
    const { bpmnProcessId } = start.value;
    if (state.messages.isCorrelated(message.key, bpmnProcessId)) continue;
    if (state.messageStartEvents.isLocked({ tenantId, bpmnProcessId, correlationKey })) continue;
    const begun = begin(start, message, processing);
    reached ??= begun;
  }
  return { reached, deliver: () => deliveries.forEach(deliver) };
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
