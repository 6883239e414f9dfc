import type { ElementOf } from '@baton/engine/model';
import { type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { contextOf, type ElementContext, elementOf, sibling } from '../elementContext.ts';
import type { Failure, ProcessingContext } from '../types.ts';
import { evaluate, evaluateBoolean } from './expressions.ts';
import { setLocal } from './variables.ts';

const nothingMore = ok(() => {});

type Body = ElementOf<'MULTI_INSTANCE_BODY'>;

/** The body that an instance of its activity lives in; undefined for every other element. */
export function bodyOf({ value, process, processing }: ElementContext): ElementInstance | undefined {
  if (!process.hasMultiInstance) return undefined;
  const scope = processing.state.elementInstances.get(value.flowScopeKey);
  return scope?.value.bpmnElementType === 'MULTI_INSTANCE_BODY' ? scope : undefined;
}

function elementOfBody(instance: ElementInstance, processing: ProcessingContext): Body {
  return elementOf(contextOf(instance, processing)) as Body;
}

/** Asks for one more instance of the activity. */
export function createNext(body: ElementInstance, processing: ProcessingContext): void {
  const { inner } = elementOfBody(body, processing);
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', -1, {
    ...sibling(body.value, inner.id, inner.type),
    flowScopeKey: body.key,
  });
}

/** The variables that every instance has for itself, as soon as it is there. */
export function setLoopVariables(instance: ElementContext): void {
  const body = bodyOf(instance);
  if (!body) return;
  const { processing, key, value } = instance;
  const { state } = processing;
  const { inputElement, output } = elementOfBody(body, processing);
  const { loopCounter } = state.elementInstances.get(key)!;
  const variables: JsonObject = Object.create(null);
  if (inputElement !== undefined)
    variables[inputElement] = state.multiInstances.get(body.key)!.items[loopCounter - 1]!;
  // what the activity sets must not leave it before it is gathered
  if (output && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(output.element.text.trim()))
    variables[output.element.text.trim()] = null;
  variables.loopCounter = loopCounter;
  setLocal(variables, key, value, processing);
}

/**
 * An instance is about to end: its output goes to its place in the collection, and the condition is asked whether the body has
 * enough. The result is what is still to be done when the instance has ended.
 */
export function gather(instance: ElementContext): Result<() => void, Failure> {
  const bodyInstance = bodyOf(instance);
  if (bodyInstance?.state !== 'ACTIVATED') return nothingMore;
  const { processing, key, value } = instance;
  const { state } = processing;
  const body = elementOfBody(bodyInstance, processing);
  if (body.output) {
    const result = evaluate(body.output.element, key, processing);
    if (!result.ok) return result;
    const { collection } = body.output;
    const place = state.elementInstances.get(key)!.loopCounter - 1;
    const outputs = [...(state.variables.getLocal(bodyInstance.key, collection)!.value as JsonValue[])];
    outputs[place] = result.value.value;
    setLocal({ [collection]: outputs }, bodyInstance.key, value, processing);
  }
  if (!body.completionCondition || isFulfilled(bodyInstance, processing)) return nothingMore;
  const { items, created, completed, terminated } = state.multiInstances.get(bodyInstance.key)!;
  const enough = evaluateBoolean(body.completionCondition, key, processing, {
    numberOfInstances: items.length,
    numberOfActiveInstances: created - completed - terminated - 1,
    numberOfCompletedInstances: completed + 1,
    numberOfTerminatedInstances: terminated,
  });
  if (!enough.ok) return enough;
  if (!enough.value) return nothingMore;
  processing.event('PROCESS_EVENT', 'TRIGGERING', processing.nextKey(), {
    scopeKey: bodyInstance.key,
    targetElementId: body.id,
    variables: {},
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
  });
  return ok(() => {
    for (const child of state.elementInstances.children(bodyInstance.key))
      processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', child.key, child.value);
  });
}

/** The completion condition holds: no more instances are made. */
export function isFulfilled({ key, value }: ElementInstance, { state }: ProcessingContext): boolean {
  return state.eventTriggers.get(key, value.elementId) !== undefined;
}

/** An instance has ended: the body ends with the last one, or makes the next. */
export function instanceEnded(body: ElementInstance, processing: ProcessingContext): void {
  if (body.state !== 'ACTIVATED' || body.children > 0) return;
  const { items, created } = processing.state.multiInstances.get(body.key)!;
  if (created === items.length || isFulfilled(body, processing))
    processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', body.key, body.value);
  else if (elementOfBody(body, processing).sequential) createNext(body, processing);
}
