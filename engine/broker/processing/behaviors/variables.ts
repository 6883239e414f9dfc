import type { VariableChange } from '@baton/engine/model';
import type { JsonObject, JsonValue, ProcessInstanceValue } from '@baton/engine/protocol';
import type { ProcessingContext } from '../types.ts';
import { type ChangedVariable, lookAtConditions } from './conditions.ts';

/** What `VARIABLE` records say beside name and value. */
type Origin = Pick<ProcessInstanceValue, 'processInstanceKey' | 'processDefinitionKey' | 'bpmnProcessId'>;

/** Sets variables in one scope, whatever the scopes around it have. */
export function setLocal(
  variables: JsonObject,
  scopeKey: number,
  origin: Origin,
  context: ProcessingContext,
): void {
  setEach(variables, () => scopeKey, origin, context);
}

/**
 * Hands variables upward, starting at a scope: each goes to the nearest scope that has the name with another value, else
 * to the root. A scope that already has the equal value does not hold it up (observed of the real broker).
 */
export function propagate(
  variables: JsonObject,
  scopeKey: number,
  origin: Origin,
  context: ProcessingContext,
): void {
  setEach(variables, (name, value) => homeOf(name, value, scopeKey, context), origin, context);
}

/** Conditions are looked at once for all variables, when all are set. */
function setEach(
  variables: JsonObject,
  scopeOf: (name: string, value: JsonValue) => number,
  origin: Origin,
  context: ProcessingContext,
): void {
  const changed: ChangedVariable[] = [];
  for (const name in variables) {
    const value = variables[name]!;
    const scopeKey = scopeOf(name, value);
    const change = setVariable(name, value, scopeKey, origin, context);
    if (change) changed.push({ name, scopeKey, change });
  }
  const { processDefinitionKey, processInstanceKey } = origin;
  if (changed.length > 0 && context.state.processes.executable(processDefinitionKey).hasConditions)
    lookAtConditions(changed, processInstanceKey, context);
}

function homeOf(name: string, value: JsonValue, scopeKey: number, { state }: ProcessingContext): number {
  for (let scope = scopeKey; ; ) {
    const known = state.variables.getLocal(scope, name);
    if (known && !sameValue(known.value, value)) return scope;
    const parent = state.variables.parent(scope);
    if (parent === undefined) return scope;
    scope = parent;
  }
}

function setVariable(
  name: string,
  value: JsonValue,
  scopeKey: number,
  origin: Origin,
  context: ProcessingContext,
): VariableChange | undefined {
  const known = context.state.variables.getLocal(scopeKey, name);
  if (known && sameValue(known.value, value)) return undefined;
  context.event('VARIABLE', known ? 'UPDATED' : 'CREATED', known ? known.key : context.nextKey(), {
    name,
    value,
    scopeKey,
    processInstanceKey: origin.processInstanceKey,
    processDefinitionKey: origin.processDefinitionKey,
    bpmnProcessId: origin.bpmnProcessId,
  });
  return known ? 'update' : 'create';
}

function sameValue(one: JsonValue, other: JsonValue): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((entry, index) => sameValue(entry, other[index]!));
  }
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && sameValue(one[name]!, other[name]!));
}

export function isEmpty(variables: JsonObject): boolean {
  for (const _ in variables) return false;
  return true;
}
