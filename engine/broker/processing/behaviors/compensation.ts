import type { CompensationSubscription } from '../../state/compensationSubscriptions.ts';
import { type ElementContext, elementOf, sibling } from '../elementContext.ts';

/** An element is done. What can undo it is remembered, and a sub-process in which something can be undone. */
export function rememberDone(context: ElementContext): void {
  const { processing, key, value } = context;
  const { compensationSubscriptions } = processing.state;
  if (value.flowScopeKey < 0) {
    forgetDone(context);
    return;
  }
  const { compensation } = elementOf(context);
  const holds = holders.has(value.bpmnElementType) && !isEmpty(compensationSubscriptions.ofScope(key));
  if (!compensation && !holds) return;
  processing.event('COMPENSATION_SUBSCRIPTION', 'CREATED', processing.nextKey(), {
    processInstanceKey: value.processInstanceKey,
    processDefinitionKey: value.processDefinitionKey,
    compensableActivityId: value.elementId,
    compensableActivityScopeKey: value.flowScopeKey,
    compensableActivityInstanceKey: key,
    compensationHandlerId: compensation?.handler ?? '',
    throwEventId: '',
    throwEventInstanceKey: -1,
    compensationHandlerInstanceKey: -1,
    variables: {},
  });
}

const holders: ReadonlySet<string> = new Set(['SUB_PROCESS', 'AD_HOC_SUB_PROCESS', 'MULTI_INSTANCE_BODY']);

/** The scope ends: nothing that was done in it can be undone any more; with the process, nothing at all. */
export function forgetDone({ processing, key, value }: ElementContext): void {
  const { compensationSubscriptions } = processing.state;
  const gone =
    value.flowScopeKey < 0
      ? compensationSubscriptions.ofInstance(key)
      : compensationSubscriptions.ofScope(key);
  for (const { key, value } of [...gone])
    processing.event('COMPENSATION_SUBSCRIPTION', 'DELETED', key, value);
}

/**
 * The throw event in `context` undoes what was done in its scope, in an event sub-process also what was done around that, or
 * one activity of these. Answers whether there was anything to undo.
 */
export function compensate(activity: string | undefined, context: ElementContext): boolean {
  const { elementInstances, compensationSubscriptions } = context.processing.state;
  const scope = elementInstances.get(context.value.flowScopeKey)!;
  const scopes = [scope.key];
  if (scope.value.bpmnElementType === 'EVENT_SUB_PROCESS') scopes.push(scope.value.flowScopeKey);
  const done = scopes
    .flatMap((key) => [...compensationSubscriptions.ofScope(key)])
    .filter(
      ({ value }) =>
        value.throwEventInstanceKey < 0 &&
        (activity === undefined || value.compensableActivityId === activity),
    )
    .sort((one, other) => one.key - other.key);
  for (const subscription of done) trigger(subscription, context);
  return done.length > 0;
}

/** Enters the handler in the scope of the throw event; then what was done inside, from top to bottom. */
function trigger({ key, value }: CompensationSubscription, context: ElementContext): void {
  const { processing, process } = context;
  const compensation =
    value.compensationHandlerId === ''
      ? undefined
      : process.elements.get(value.compensableActivityId)?.compensation;
  let compensationHandlerInstanceKey = -1;
  if (compensation) {
    const event = process.elements.get(compensation.event)!;
    const eventKey = processing.nextKey();
    const eventValue = sibling(context.value, event.id, event.type);
    processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', eventKey, eventValue);
    processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED', eventKey, eventValue);
    processing.event('PROCESS_INSTANCE', 'ELEMENT_COMPLETING', eventKey, eventValue);
    processing.event('PROCESS_INSTANCE', 'ELEMENT_COMPLETED', eventKey, eventValue);
    const handler = process.elements.get(compensation.handler)!;
    compensationHandlerInstanceKey = processing.nextKey();
    processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', compensationHandlerInstanceKey, {
      ...sibling(context.value, handler.id, handler.type),
    });
  }
  processing.event('COMPENSATION_SUBSCRIPTION', 'TRIGGERED', key, {
    ...value,
    throwEventId: context.value.elementId,
    throwEventInstanceKey: context.key,
    compensationHandlerInstanceKey,
  });
  for (const inner of [
    ...processing.state.compensationSubscriptions.ofScope(value.compensableActivityInstanceKey),
  ])
    if (inner.value.throwEventInstanceKey < 0) trigger(inner, context);
}

/** A handler is done; with the last one of a throw event that goes on. */
export function handlerDone({ processing, key }: ElementContext): void {
  const { compensationSubscriptions, elementInstances } = processing.state;
  const served = compensationSubscriptions.ofHandler(key);
  if (!served) return;
  const { throwEventInstanceKey } = served.value;
  for (let undone: CompensationSubscription | undefined = served; undone; ) {
    processing.event('COMPENSATION_SUBSCRIPTION', 'COMPLETED', undone.key, undone.value);
    undone = holderOf(undone, compensationSubscriptions.ofThrower(throwEventInstanceKey));
  }
  if (!isEmpty(compensationSubscriptions.ofThrower(throwEventInstanceKey))) return;
  const thrower = elementInstances.get(throwEventInstanceKey);
  if (thrower) processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', thrower.key, thrower.value);
}

/** The sub-process around what was undone, when that was the last in it and nothing undoes itself. */
function holderOf(
  { value: { compensableActivityScopeKey: scopeKey } }: CompensationSubscription,
  waiting: Iterable<CompensationSubscription>,
): CompensationSubscription | undefined {
  let holder: CompensationSubscription | undefined;
  for (const other of waiting) {
    if (other.value.compensableActivityScopeKey === scopeKey) return undefined;
    if (other.value.compensableActivityInstanceKey === scopeKey) holder = other;
  }
  return holder?.value.compensationHandlerId === '' ? holder : undefined;
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}
