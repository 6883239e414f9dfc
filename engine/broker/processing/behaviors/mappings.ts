import type { ExecutableElement, Mapping } from '@baton/engine/model';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { bodyOf } from './multiInstances.ts';
import { isEmpty, propagate, setLocal } from './variables.ts';

/** Makes the targets of the input mappings local variables of the element. */
export function applyInputMappings(
  element: ExecutableElement,
  context: ElementContext,
): Result<void, Failure> {
  if (element.inputMappings.length === 0) return ok();
  const inputs = evaluateMappings(element.inputMappings, context, () => undefined);
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
  if (element.outputMappings.length > 0) {
    setLocal(given, key, value, processing);
    const outputs = evaluateMappings(element.outputMappings, context, (name) =>
      state.variables.get(key, name),
    );
    if (!outputs.ok) return outputs;
    // of an instance of many only what is gathered leaves
    if (bodyOf(context)) setLocal(outputs.value, key, value, processing);
    else propagate(outputs.value, value.flowScopeKey, value, processing);
  } else if (!isEmpty(given)) propagate(given, key, value, processing);
  return ok();
}

/** The mappings as one context: later sources see earlier targets, nested targets build objects. */
function evaluateMappings(
  mappings: readonly Mapping[],
  { processing, key }: ElementContext,
  existing: (name: string) => JsonValue | undefined,
): Result<JsonObject, Failure> {
  const { feel, state, now } = processing;
  // without a prototype a target may have any name
  const targets: JsonObject = Object.create(null);
  const scope = {
    get: (name: string) => (Object.hasOwn(targets, name) ? targets[name] : state.variables.get(key, name)),
  };
  for (const { source, target } of mappings) {
    const result = feel.evaluate(source, scope, now);
    if (!result.ok)
      return failed({
        errorType: 'IO_MAPPING_ERROR',
        message: result.failure.message,
        variableScopeKey: key,
      });
    const [name, ...path] = target as [string, ...string[]];
    const base = Object.hasOwn(targets, name) ? targets[name] : path.length > 0 ? existing(name) : undefined;
    targets[name] = placed(base, path, result.value.value);
  }
  return ok(targets);
}

/** A copy of `base` with `value` at `path`; what is not an object on the way is replaced by one. */
function placed(base: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const object = typeof base === 'object' && base !== null && !Array.isArray(base) ? base : {};
  return { ...object, [name]: placed(object[name], rest, value) };
}
