import type { Expression } from '@baton/engine/feel';
import type { ExecutableElement } from '@baton/engine/model';
import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { evaluate } from './expressions.ts';
import { bodyOf } from './multiInstances.ts';
import { isEmpty, propagate, setLocal } from './variables.ts';

/** Makes the targets of the input mappings local variables of the element. */
export function applyInputMappings(
  element: ExecutableElement,
  context: ElementContext,
): Result<void, Failure> {
  if (!element.inputMappings) return ok();
  const inputs = evaluateMappings(element.inputMappings, context);
  if (!inputs.ok) return inputs;
  setLocal(inputs.value, context.key, context.value, context.processing);
  return ok();
}

/**
 * Brings out what the element leaves behind. With output mappings the variables it got become local and only the targets
 * leave; without, all of them do.
 */
export function applyOutputMappings(
  element: ExecutableElement,
  context: ElementContext,
): Result<void, Failure> {
  const { processing, key, value } = context;
  const { state } = processing;
  const trigger = state.eventTriggers.get(key, element.id);
  const given = trigger?.variables ?? {};
  // taken once: what a failed mapping leaves behind can be set right before it is tried again
  if (trigger)
    processing.event('PROCESS_EVENT', 'TRIGGERED', trigger.key, {
      scopeKey: key,
      targetElementId: element.id,
      variables: {},
      processDefinitionKey: value.processDefinitionKey,
      processInstanceKey: value.processInstanceKey,
    });
  if (element.outputMappings) {
    setLocal(given, key, value, processing);
    const outputs = evaluateMappings(element.outputMappings, context);
    if (!outputs.ok) return outputs;
    // of an instance of many only what is gathered leaves
    if (bodyOf(context)) setLocal(outputs.value, key, value, processing);
    else propagate(outputs.value, value.flowScopeKey, value, processing);
  } else if (!isEmpty(given)) propagate(given, key, value, processing);
  return ok();
}

function evaluateMappings(
  mappings: Expression,
  { processing, key }: ElementContext,
): Result<JsonObject, Failure> {
  const result = evaluate(mappings, key, processing);
  if (result.ok) return ok(result.value.value as JsonObject);
  return failed({ ...result.failure, errorType: 'IO_MAPPING_ERROR' });
}
