import type { ElementOf, ExecutableProcess } from '@baton/engine/model';
import { failed, ok, type ProcessInstanceValue, type Result } from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import type { Process } from '../../state/processes.ts';
import type { State } from '../../state/state.ts';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { evaluateString } from './expressions.ts';
import { completeTask } from './tasks.ts';
import { setLocal } from './variables.ts';

/** Calls within calls; beyond, they are taken for a recursion without end. */
const MAX_DEPTH = 1_000;

export interface CalledProcess {
  definition: Process;
  process: ExecutableProcess;
}

/** The process that a call activity calls as things stand now. */
export function findCalledProcess(
  activity: ElementOf<'CALL_ACTIVITY'>,
  context: ElementContext,
): Result<CalledProcess, Failure> {
  const { processing, key, value } = context;
  const { state } = processing;
  const id = evaluateString(activity.processId, key, processing);
  if (!id.ok) return id;
  const error = (message: string) => failed<Failure>({ errorType: 'CALLED_ELEMENT_ERROR', message });
  const definition = boundProcess(activity, id.value, context);
  if (typeof definition === 'string') return error(definition);
  const process = state.processes.executable(definition.key);
  if (process.root.noneStartEvent === undefined)
    return error(
      `Expected process with BPMN process id '${id.value}' to have a none start event, but not found.`,
    );
  if (depthOf(value, state) >= MAX_DEPTH)
    return error(
      `The call activity has reached the maximum depth of ${MAX_DEPTH}. This is likely due to a recursive call. Cancel the root process instance if this was unintentional. Otherwise, consider increasing the maximum depth, or use process instance modification to adjust the process instance.`,
    );
  return ok({ definition, process });
}

/** The definition, or why there is none. */
function boundProcess(
  { binding }: ElementOf<'CALL_ACTIVITY'>,
  id: string,
  { processing: { state, tenantId }, value }: ElementContext,
): Process | string {
  const { processes } = state;
  switch (binding.kind) {
    case 'latest':
      return (
        processes.latest(tenantId, id) ??
        `Expected process with BPMN process id '${id}' to be deployed, but not found.`
      );
    case 'deployment': {
      const { deploymentKey } = processes.get(value.processDefinitionKey)!.value;
      return (
        processes.deployedWith(tenantId, id, deploymentKey) ??
        `Expected to call process with BPMN process id '${id}' with binding type 'deployment', but no such process found in the deployment with key ${deploymentKey} which contained the current process. To resolve this incident, migrate the process instance to a process definition that is deployed together with the intended process to call.`
      );
    }
    case 'versionTag':
      return (
        processes.tagged(tenantId, id, binding.versionTag) ??
        `Expected to call process with BPMN process id '${id}' and version tag '${binding.versionTag}', but no such process found. To resolve this incident, deploy a process with the given process id and version tag.`
      );
  }
}

/** Starts an instance of the process that belongs to the call activity. */
export function createCalledInstance(
  activity: ElementOf<'CALL_ACTIVITY'>,
  { definition, process }: CalledProcess,
  { processing, key: parentElementInstanceKey, value }: ElementContext,
): void {
  const { variables } = processing.state;
  const key = processing.nextKey();
  const instance: ProcessInstanceValue = {
    bpmnProcessId: definition.value.bpmnProcessId,
    version: definition.value.version,
    processDefinitionKey: definition.key,
    processInstanceKey: key,
    elementId: process.root.id,
    bpmnElementType: 'PROCESS',
    flowScopeKey: -1,
    parentProcessInstanceKey: value.processInstanceKey,
    parentElementInstanceKey,
  };
  const given = activity.propagateAllParentVariables
    ? variables.visible(parentElementInstanceKey)
    : variables.local(parentElementInstanceKey);
  setLocal(given, key, instance, processing);
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', key, instance);
}

/** The instance in `context` is about to end: gives what it leaves behind to the call activity that waits for it. */
export function returnToCaller(context: ElementContext): () => void {
  const { processing, key, value } = context;
  const caller = callerOf(value, processing.state);
  if (caller?.state !== 'ACTIVATED') return () => {};
  const activity = elementOf(contextOf(caller, processing)) as ElementOf<'CALL_ACTIVITY'>;
  const returns = activity.propagateAllChildVariables || activity.outputMappings !== undefined;
  const variables = returns ? processing.state.variables.local(key) : {};
  return () => completeTask(caller.key, variables, processing);
}

/** The call activity that created the process instance, as long as it is there. */
export function callerOf(
  { flowScopeKey, parentElementInstanceKey }: ProcessInstanceValue,
  { elementInstances }: State,
): ElementInstance | undefined {
  return flowScopeKey < 0 ? elementInstances.get(parentElementInstanceKey) : undefined;
}

/** Keys of the process instances around an instance, the nearest first. */
function* callers({ parentElementInstanceKey }: ProcessInstanceValue, { elementInstances }: State) {
  for (let caller = elementInstances.get(parentElementInstanceKey); caller; ) {
    yield caller.value.processInstanceKey;
    caller = elementInstances.get(caller.value.parentElementInstanceKey);
  }
}

function depthOf(value: ProcessInstanceValue, state: State): number {
  let depth = 1;
  for (const _ of callers(value, state)) depth++;
  return depth;
}

export function rootInstanceOf(value: ProcessInstanceValue, state: State): number {
  let root = value.processInstanceKey;
  for (const key of callers(value, state)) root = key;
  return root;
}
