import type { ExecutableElement, ExecutableProcess } from '@baton/engine/model';
import {
  elementTypes,
  ok,
  type ProcessInstanceCreationValue,
  type ProcessInstanceValue,
  type Rejection,
  type Result,
} from '@baton/engine/protocol';
import type { Process } from '../../state/processes.ts';
import { openScope } from '../behaviors/scopes.ts';
import { newInstance } from '../behaviors/startEvents.ts';
import { setLocal } from '../behaviors/variables.ts';
import { sibling } from '../elementContext.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

export const createProcessInstance: CommandProcessor<'PROCESS_INSTANCE_CREATION'> = (
  { value: { tags: named = [], ...creation } },
  processing,
) => {
  const tags = [...new Set(named)];
  const asked: ProcessInstanceCreationValue = { ...creation, ...(tags.length > 0 && { tags }) };
  const definition = findDefinition(asked, processing);
  if (!definition.ok) return definition;
  const { key: processDefinitionKey } = definition.value;
  const process = processing.state.processes.executable(processDefinitionKey);
  const obstacle = obstacleTo(asked, process);
  if (obstacle) return obstacle;

  const { runtimeInstructions = [] } = asked;
  const instance: ProcessInstanceValue = {
    ...newInstance(definition.value, processing),
    ...(tags.length > 0 && { tags }),
    ...(runtimeInstructions.length > 0 && {
      endsAfter: runtimeInstructions.map(({ afterElementId }) => afterElementId),
    }),
  };
  const { processInstanceKey: key, bpmnProcessId, version } = instance;
  setLocal(asked.variables, key, instance, processing);
  if (asked.startInstructions.length === 0)
    processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', key, instance);
  else startAt(asked.startInstructions, instance, process, processing);
  const value = { ...asked, bpmnProcessId, version, processDefinitionKey, processInstanceKey: key };
  const creationKey = processing.nextKey();
  processing.event('PROCESS_INSTANCE_CREATION', 'CREATED', creationKey, value);
  processing.respond({ valueType: 'PROCESS_INSTANCE_CREATION', intent: 'CREATED', key: creationKey, value });
  return ok();
};

/** The id goes before the key; a version below 0 is the latest. */
function findDefinition(
  { bpmnProcessId, version, processDefinitionKey }: ProcessInstanceCreationValue,
  { state, tenantId }: ProcessingContext,
): Result<Process, Rejection> {
  if (bpmnProcessId === '') {
    if (processDefinitionKey < 0)
      return refuse(
        'INVALID_ARGUMENT',
        'Expected at least a bpmnProcessId or a key greater than -1, but none given',
      );
    const process = state.processes.get(processDefinitionKey);
    if (process?.tenantId === tenantId) return ok(process);
    return refuse(
      'NOT_FOUND',
      `Expected to find process definition with key '${processDefinitionKey}', but none found`,
    );
  }
  const process =
    version < 0
      ? state.processes.latest(tenantId, bpmnProcessId)
      : state.processes.version(tenantId, bpmnProcessId, version);
  if (process) return ok(process);
  const which = version < 0 ? '' : ` and version '${version}'`;
  return refuse(
    'NOT_FOUND',
    `Expected to find process definition with process ID '${bpmnProcessId}'${which}, but none found`,
  );
}

const MAX_TAGS = 10;
const TAG = /^[A-Za-z][\w\-:.]{0,99}$/;

const NOT_STARTABLE: ReadonlySet<string> = new Set(['START_EVENT', 'BOUNDARY_EVENT', 'SEQUENCE_FLOW']);
/** All that the real one names, in any order. */
const STARTABLE = [
  ...new Set([
    ...elementTypes,
    'EVENT_SUB_PROCESS',
    'AD_HOC_SUB_PROCESS',
    'AD_HOC_SUB_PROCESS_INNER_INSTANCE',
  ]),
].filter((type) => !NOT_STARTABLE.has(type));

function obstacleTo(
  { startInstructions, tags = [] }: ProcessInstanceCreationValue,
  { root, elements, flows }: ExecutableProcess,
) {
  if (tags.length > MAX_TAGS)
    return refuse(
      'INVALID_ARGUMENT',
      `Expected to create instance of process with tags, but the number of tags exceeds the limit of ${MAX_TAGS}.`,
    );
  const unfit = tags.filter((tag) => !TAG.test(tag)).map((tag) => `'${tag}'`);
  if (unfit.length > 0)
    return refuse(
      'INVALID_ARGUMENT',
      `Expected to create instance of process with tags, but the tags ${unfit.join(', ')} are invalid. Tags must start with a letter (a-z, A-Z), followed by alphanumerics, underscores, minuses, colons, or periods. It must not be blank and must be 100 characters or less.`,
    );
  if (startInstructions.length === 0 && root.noneStartEvent === undefined)
    return refuse(
      'INVALID_STATE',
      'Expected to create instance of process with none start event, but there is no such event',
    );
  for (const { elementId } of startInstructions) {
    const element = elements.get(elementId);
    const unsupported = flows.has(elementId)
      ? 'SEQUENCE_FLOW'
      : element === root || NOT_STARTABLE.has(element?.type ?? '')
        ? element?.type
        : undefined;
    if (unsupported)
      return refuse(
        'INVALID_ARGUMENT',
        `Expected to create instance of process with start instructions but the element with id '${elementId}' targets unsupported element type '${unsupported}'. Supported element types are: [${STARTABLE.join(', ')}]`,
      );
    if (!element)
      return refuse(
        'INVALID_ARGUMENT',
        `Expected to create instance of process with start instructions but no element found with id '${elementId}'.`,
      );
    for (let scope = elements.get(element.scopeId); scope; scope = elements.get(scope.scopeId))
      if (scope.type === 'MULTI_INSTANCE_BODY')
        return refuse(
          'INVALID_ARGUMENT',
          `Expected to create instance of process with start instructions but the element with id '${elementId}' is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.`,
        );
    if (element.type === 'INTERMEDIATE_CATCH_EVENT' && element.waitsAtGateway)
      return refuse(
        'INVALID_ARGUMENT',
        `Expected to create instance of process with start instructions but the element with id '${elementId}' belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not supported.`,
      );
  }
  return undefined;
}

/** Makes the scopes around each start element, without their input mappings (as observed), and enters the elements. */
function startAt(
  instructions: readonly { elementId: string }[],
  instance: ProcessInstanceValue,
  process: ExecutableProcess,
  processing: ProcessingContext,
): void {
  const scopes = new Map<string, number>();
  const scopeFor = (element: ExecutableElement): number => {
    const known = scopes.get(element.id);
    if (known !== undefined) return known;
    const isRoot = element === process.root;
    const flowScopeKey = isRoot ? -1 : scopeFor(process.elements.get(element.scopeId)!);
    const key = isRoot ? instance.processInstanceKey : processing.nextKey();
    scopes.set(element.id, key);
    openScope(element, { key, flowScopeKey }, instance, { processing, process });
    return key;
  };
  for (const { elementId } of instructions) {
    const element = process.elements.get(elementId)!;
    const flowScopeKey = scopeFor(process.elements.get(element.scopeId)!);
    processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', processing.nextKey(), {
      ...sibling(instance, element.id, element.type),
      flowScopeKey,
    });
  }
}
