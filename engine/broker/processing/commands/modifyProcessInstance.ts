import type { ExecutableElement, ExecutableProcess } from '@baton/engine/model';
import {
  type ActivateInstruction,
  type JsonObject,
  ok,
  type ProcessInstanceModificationValue,
  type Rejection,
  type Result,
} from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { activeInstances, containersOf, openScope } from '../behaviors/scopes.ts';
import { terminateAtOnce, terminateEmptied } from '../behaviors/terminations.ts';
import { setLocal } from '../behaviors/variables.ts';
import { contextOf, type ElementContext, sibling } from '../elementContext.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/**
 * Activates elements of a running instance, in scopes that are made where they are missing, and terminates others; all of it
 * or nothing.
 */
export const modifyProcessInstance: CommandProcessor<'PROCESS_INSTANCE_MODIFICATION'> = (
  { key, value: asked },
  processing,
) => {
  const { elementInstances } = processing.state;
  // any element of the instance stands for it (as observed)
  const named = reach(elementInstances.get(key), processing);
  const instance = named && elementInstances.get(named.value.processInstanceKey);
  if (!instance)
    return refuse(
      'NOT_FOUND',
      `Expected to modify process instance but no process instance found with key '${key}'`,
    );
  const root = contextOf(instance, processing);
  const obstacle = obstacleTo(asked, root);
  if (obstacle) return obstacle;

  const activateInstructions: ActivateInstruction[] = [];
  const needed = new Set<number>();
  for (const instruction of asked.activateInstructions) {
    const scopes = activate(instruction, root);
    if (!scopes.ok) return scopes;
    for (const scope of scopes.value) needed.add(scope);
    activateInstructions.push({ ...instruction, ancestorScopeKeys: scopes.value });
  }
  for (const { elementInstanceKey } of asked.terminateInstructions) {
    const terminated = terminate(elementInstanceKey, needed, root);
    if (!terminated.ok) return terminated;
  }
  const value = { ...asked, activateInstructions, ancestorScopeKeys: [...needed] };
  processing.event('PROCESS_INSTANCE_MODIFICATION', 'MODIFIED', key, value);
  processing.respond({ valueType: 'PROCESS_INSTANCE_MODIFICATION', intent: 'MODIFIED', key, value });
  return ok();
};

/** Entered by what comes before them only. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'PROCESS',
  'START_EVENT',
  'BOUNDARY_EVENT',
  'SEQUENCE_FLOW',
]);

/** The kinds that can be activated, in the order of the real broker's text. */
const SUPPORTED =
  'PROCESS, SUB_PROCESS, EVENT_SUB_PROCESS, AD_HOC_SUB_PROCESS, AD_HOC_SUB_PROCESS_INNER_INSTANCE, ' +
  'INTERMEDIATE_CATCH_EVENT, INTERMEDIATE_THROW_EVENT, END_EVENT, SERVICE_TASK, RECEIVE_TASK, USER_TASK, MANUAL_TASK, TASK, ' +
  'EXCLUSIVE_GATEWAY, PARALLEL_GATEWAY, EVENT_BASED_GATEWAY, INCLUSIVE_GATEWAY, MULTI_INSTANCE_BODY, CALL_ACTIVITY, ' +
  'BUSINESS_RULE_TASK, SCRIPT_TASK, SEND_TASK';

function typeOf(id: string, { elements, flows }: ExecutableProcess): string | undefined {
  return elements.get(id)?.type ?? (flows.has(id) ? 'SEQUENCE_FLOW' : undefined);
}

const listed = (texts: readonly string[]) =>
  [...new Set(texts)]
    .sort()
    .map((text) => `'${text}'`)
    .join(', ');

function invalid({ value }: ElementContext, what: string) {
  return refuse(
    'INVALID_ARGUMENT',
    `Expected to modify instance of process '${value.bpmnProcessId}' but it contains one or more ${what}`,
  );
}

/** What is wrong with the instructions, before anything is done. */
function obstacleTo(
  { activateInstructions, terminateInstructions }: ProcessInstanceModificationValue,
  root: ElementContext,
): Result<never, Rejection> | undefined {
  const { process } = root;
  const { elementInstances } = root.processing.state;
  const activated = activateInstructions.map(({ elementId }) => elementId);

  const unknown = activated.filter((id) => typeOf(id, process) === undefined);
  if (unknown.length > 0)
    return invalid(root, `activate instructions with an element that could not be found: ${listed(unknown)}`);

  const unsupported = activated.filter((id) => UNSUPPORTED.has(typeOf(id, process)!));
  if (unsupported.length > 0)
    return invalid(
      root,
      `activate instructions for elements that are unsupported: ${listed(unsupported)}. The activation of elements with type ${listed(unsupported.map((id) => typeOf(id, process)!))} is not supported. Supported element types are: [${SUPPORTED}].`,
    );

  const behindGateway = activated.filter((id) => waitsAtGateway(process.elements.get(id)!));
  if (behindGateway.length > 0)
    return invalid(
      root,
      `activate instructions for elements that are unsupported: ${listed(behindGateway)}. The activation of events belonging to an event-based gateway is not supported.`,
    );

  for (const instruction of activateInstructions) {
    const element = process.elements.get(instruction.elementId)!;
    const containers = containersOf(element, root);
    if (instruction.ancestorScopeKey <= 0) continue;
    const ancestor = elementInstances.get(instruction.ancestorScopeKey);
    if (ancestor?.state !== 'ACTIVATED')
      return invalid(
        root,
        `activate instructions with an ancestor scope key that does not exist, or is not in an active state: '${instruction.ancestorScopeKey}'`,
      );
    const { value } = ancestor;
    if (value.processInstanceKey !== root.key)
      return invalid(
        root,
        `activate instructions with an ancestor scope key that does not belong to the modified process instance: '${instruction.ancestorScopeKey}'`,
      );
    if (!containers.some(({ id }) => id === value.elementId))
      return invalid(
        root,
        `activate instructions with an ancestor scope key that is not an ancestor of the element to activate:\n- instance '${ancestor.key}' of element '${value.elementId}' is not an ancestor of element '${instruction.elementId}'`,
      );
  }

  const scopesOfVariables = activateInstructions.flatMap(({ variableInstructions }) =>
    variableInstructions.map(({ elementId }) => elementId).filter((id) => id !== ''),
  );
  const unknownScopes = scopesOfVariables.filter((id) => typeOf(id, process) === undefined);
  if (unknownScopes.length > 0)
    return invalid(
      root,
      `variable instructions with a scope element id that could not be found: ${listed(unknownScopes)}`,
    );
  for (const { elementId, variableInstructions } of activateInstructions) {
    const around = containersOf(process.elements.get(elementId)!, root).map(({ id }) => id);
    if (
      variableInstructions.some(({ elementId: id }) => id !== '' && id !== elementId && !around.includes(id))
    )
      return invalid(
        root,
        `variable instructions with a scope element that doesn't belong to the activating element's flow scope. These variables should be set before or after the modification.`,
      );
  }

  const missing = terminateInstructions.filter(
    ({ elementInstanceKey }) =>
      elementInstances.get(elementInstanceKey)?.value.processInstanceKey !== root.key,
  );
  if (missing.length > 0)
    return invalid(
      root,
      `terminate instructions with an element instance that could not be found: ${listed(missing.map(({ elementInstanceKey }) => `${elementInstanceKey}`))}`,
    );

  const ended = new Set(terminateInstructions.map(({ elementInstanceKey }) => elementInstanceKey));
  if (ended.size === 0) return undefined;
  for (const instruction of activateInstructions) {
    const scope = nearestScope(instruction, root);
    if (!scope.ok) return scope;
    for (let at: ElementInstance | undefined = scope.value.instance; at; ) {
      if (ended.has(at.key))
        return invalid(
          root,
          `activate instructions for elements whose required flow scope instance is also being terminated: element '${instruction.elementId}' requires flow scope instance '${at.key}' which is being terminated. Please provide a valid ancestor scope key for the activation or avoid terminating the required flow scope.`,
        );
      at = elementInstances.get(at.value.flowScopeKey);
    }
  }
  return undefined;
}

function waitsAtGateway(element: ExecutableElement): boolean {
  return element.type === 'INTERMEDIATE_CATCH_EVENT' && element.waitsAtGateway;
}

/** The scope that is there already, as near to the element as there is one, and the containers to be made in it. */
function nearestScope(
  { elementId, ancestorScopeKey }: ActivateInstruction,
  root: ElementContext,
): Result<{ instance: ElementInstance; missing: ExecutableElement[] }, Rejection> {
  const { state } = root.processing;
  const containers = containersOf(root.process.elements.get(elementId)!, root);
  const missing: ExecutableElement[] = [];
  let instance = ancestorScopeKey > 0 ? state.elementInstances.get(ancestorScopeKey) : undefined;
  if (instance) {
    const { value } = instance;
    missing.push(...containers.slice(containers.findIndex(({ id }) => id === value.elementId) + 1));
  } else {
    instance = state.elementInstances.get(root.key)!;
    for (const container of containers.slice(1)) {
      const there = activeInstances(container.id, root.key, state);
      if (there.length > 1)
        return invalid(
          root,
          `activate instructions for an element that has a flow scope with more than one active instance: '${container.id}'. Can't decide in which instance of the flow scope the element should be activated. Please specify an ancestor element instance key for this activate instruction.`,
        );
      if (there[0]) instance = there[0];
      else missing.push(container);
    }
  }
  const body =
    missing.find(({ type }) => type === 'MULTI_INSTANCE_BODY')?.id ??
    (instance.value.bpmnElementType === 'MULTI_INSTANCE_BODY' ? instance.value.elementId : undefined);
  if (body !== undefined)
    return invalid(
      root,
      `activate instructions that would result in the activation of multi-instance element '${body}', which is currently unsupported.`,
    );
  return ok({ instance, missing });
}

/** Makes the scopes that are missing and asks for the element; gives the keys of the scopes around it, the nearest first. */
function activate(instruction: ActivateInstruction, root: ElementContext): Result<number[], Rejection> {
  const { processing, process, value: instanceValue } = root;
  const { elementInstances } = processing.state;
  const nearest = nearestScope(instruction, root);
  if (!nearest.ok) return nearest;
  const { instance, missing } = nearest.value;

  const around: ElementInstance[] = [];
  for (let at: ElementInstance | undefined = instance; at; at = elementInstances.get(at.value.flowScopeKey))
    around.unshift(at);
  for (const { key, value } of around)
    for (const variables of variablesOf(value.elementId, instruction, root))
      setLocal(variables, key, value, processing);

  const keys = around.map(({ key }) => key).reverse();
  for (const container of missing) {
    const key = processing.nextKey();
    const variables = variablesOf(container.id, instruction, root);
    const opened = openScope(container, { key, flowScopeKey: keys[0]!, variables }, instanceValue, root);
    if (!opened.ok)
      return refuse(
        'INVALID_ARGUMENT',
        `Expected to subscribe to catch event(s) of '${container.id}' but ${opened.failure.message}`,
      );
    keys.unshift(key);
  }

  const element = process.elements.get(instruction.elementId)!;
  const key = processing.nextKey();
  const value = { ...sibling(instanceValue, element.id, element.type), flowScopeKey: keys[0]! };
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', key, value);
  for (const variables of variablesOf(element.id, instruction, root))
    setLocal(variables, key, value, processing);
  return ok(keys);
}

/** What is given to one scope; what names none is for the process instance. */
function variablesOf(
  elementId: string,
  { variableInstructions }: ActivateInstruction,
  { value }: ElementContext,
): JsonObject[] {
  return variableInstructions
    .filter(({ elementId: id }) => (id === '' ? value.elementId : id) === elementId)
    .map(({ variables }) => variables);
}

function terminate(
  elementInstanceKey: number,
  needed: ReadonlySet<number>,
  root: ElementContext,
): Result<void, Rejection> {
  const { processing } = root;
  const instance = processing.state.elementInstances.get(elementInstanceKey);
  // it went with another one
  if (!instance) return ok();
  terminateAtOnce(instance, processing);
  const { value } = root;
  const isCalled = value.parentProcessInstanceKey > 0;
  const emptied = terminateEmptied(
    instance.value.flowScopeKey,
    needed,
    processing,
    ({ key }) => !(isCalled && key === root.key),
  );
  if (emptied) return ok();
  return refuse(
    'INVALID_ARGUMENT',
    `Expected to modify instance of process '${value.bpmnProcessId}' but the given instructions would terminate the instance. The instance was created by a call activity in the parent process. To terminate this instance please modify the parent process instead.`,
  );
}
