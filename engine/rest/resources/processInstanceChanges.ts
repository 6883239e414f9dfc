import { commands, referred } from '@baton/engine/broker';
import {
  type ActivateInstruction,
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
} from '@baton/engine/protocol';
import { invalidArgument, type Problem, refused } from '../problem.ts';
import { readKey, readReference, readVariables } from '../requests.ts';
import type { Routes } from '../route.ts';

/** Changes of one process instance that runs. */
export const processInstanceChanges: Routes = {
  'POST /v2/process-instances/{key}/modification': async (request, { broker }) => {
    const key = readKey('processInstanceKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const activations = readObjects('activateInstructions', body.value.activateInstructions);
    if (!activations.ok) return activations;
    const activateInstructions: ActivateInstruction[] = [];
    for (const activation of activations.value) {
      const instruction = readActivation(activation);
      if (!instruction.ok) return instruction;
      activateInstructions.push(instruction.value);
    }
    const terminations = readObjects('terminateInstructions', body.value.terminateInstructions);
    if (!terminations.ok) return terminations;
    const terminateInstructions: { elementInstanceKey: number }[] = [];
    for (const termination of terminations.value) {
      const elementInstanceKey = readKey('elementInstanceKey', termination.elementInstanceKey);
      if (!elementInstanceKey.ok) return elementInstanceKey;
      terminateInstructions.push({ elementInstanceKey: elementInstanceKey.value });
    }
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const modified = await broker.execute(
      referred(
        commands.modifyInstance(key.value, { activateInstructions, terminateInstructions }),
        reference.value,
      ),
    );
    return modified.ok ? ok({ status: 204 }) : failed(refused('MODIFY', modified.failure));
  },

  'POST /v2/process-instances/{key}/migration': async (request, { broker }) => {
    const key = readKey('processInstanceKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const plan = readMigrationPlan(body.value);
    if (!plan.ok) return plan;
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const migrated = await broker.execute(
      referred(commands.migrateInstance(key.value, plan.value), reference.value),
    );
    return migrated.ok ? ok({ status: 204 }) : failed(refused('MIGRATE', migrated.failure));
  },
};

function readActivation({
  elementId,
  ancestorElementInstanceKey,
  variableInstructions,
}: JsonObject): Result<ActivateInstruction, Problem> {
  const ancestor =
    ancestorElementInstanceKey === undefined || ancestorElementInstanceKey === null
      ? ok(-1)
      : readKey('ancestorElementInstanceKey', ancestorElementInstanceKey);
  if (!ancestor.ok) return ancestor;
  const given = readObjects('variableInstructions', variableInstructions);
  if (!given.ok) return given;
  const instructions: ActivateInstruction['variableInstructions'] = [];
  for (const { variables: document, scopeId } of given.value) {
    const variables = readVariables(document);
    if (!variables.ok) return variables;
    instructions.push({ elementId: String(scopeId ?? ''), variables: variables.value });
  }
  return ok({
    elementId: String(elementId ?? ''),
    ancestorScopeKey: ancestor.value,
    variableInstructions: instructions,
    ancestorScopeKeys: [],
  });
}

export function readMigrationPlan({ targetProcessDefinitionKey, mappingInstructions }: JsonObject) {
  const target = readKey('targetProcessDefinitionKey', targetProcessDefinitionKey);
  if (!target.ok) return target;
  const mappings = readObjects('mappingInstructions', mappingInstructions);
  if (!mappings.ok) return mappings;
  return ok({
    targetProcessDefinitionKey: target.value,
    mappingInstructions: mappings.value.map(({ sourceElementId, targetElementId }) => ({
      sourceElementId: String(sourceElementId ?? ''),
      targetElementId: String(targetElementId ?? ''),
    })),
  });
}

/** A list of objects; absent = empty. */
export function readObjects(name: string, value: JsonValue | undefined): Result<JsonObject[], Problem> {
  if (value === undefined || value === null) return ok([]);
  const isObject = (one: JsonValue) => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (Array.isArray(value) && value.every(isObject)) return ok(value as JsonObject[]);
  return failed(invalidArgument(`Expected ${name} to be a list of objects, but it is not`));
}
