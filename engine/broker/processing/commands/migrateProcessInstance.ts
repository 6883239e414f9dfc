import { type ExecutableElement, elementAt } from '@baton/engine/model';
import {
  type BpmnElementType,
  ok,
  type ProcessInstanceValue,
  type Rejection,
  type Result,
} from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { migrateElement, tellDescendants } from '../behaviors/migration.ts';
import { eventKind, eventsOf, joinsOf, type Plan, typeOfId } from '../behaviors/migrationPlan.ts';
import { contextOf } from '../elementContext.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

/** A running instance goes on in another process definition: each active element as the one it is mapped to; all or nothing. */
export const migrateProcessInstance: CommandProcessor<'PROCESS_INSTANCE_MIGRATION'> = (
  { key, value },
  processing,
) => {
  const { state } = processing;
  const instance = reach(state.elementInstances.get(key), processing);
  if (instance?.value.bpmnElementType !== 'PROCESS')
    return refuse(
      'NOT_FOUND',
      `Expected to migrate process instance but no process instance found with key '${key}'`,
    );
  const definition = state.processes.get(value.targetProcessDefinitionKey);
  if (definition?.tenantId !== instance.tenantId)
    return refuse(
      'NOT_FOUND',
      `Expected to migrate process instance to process definition but no process definition found with key '${value.targetProcessDefinitionKey}'`,
    );
  const plan: Plan = {
    key,
    definition,
    source: contextOf(instance, processing).process,
    target: state.processes.executable(definition.key),
    mapped: new Map(value.mappingInstructions.map((each) => [each.sourceElementId, each.targetElementId])),
  };
  const obstacle =
    obstacleToPlan(value.mappingInstructions, plan) ?? obstacleToJoins(instance, plan, processing);
  if (obstacle) return obstacle;

  const active = [...withDescendants(instance, processing)];
  for (const element of active) {
    const migrated = migrate(element, plan, processing);
    if (!migrated.ok) return migrated;
  }
  processing.event('PROCESS_INSTANCE_MIGRATION', 'MIGRATED', key, value);
  processing.respond({ valueType: 'PROCESS_INSTANCE_MIGRATION', intent: 'MIGRATED', key, value });
  return ok();
};

/** A scope before what is in it. */
function* withDescendants(
  instance: ElementInstance,
  processing: ProcessingContext,
): Generator<ElementInstance> {
  yield instance;
  if (instance.children === 0) return;
  for (const child of processing.state.elementInstances.children(instance.key))
    yield* withDescendants(child, processing);
}

function migrate(
  instance: ElementInstance,
  plan: Plan,
  processing: ProcessingContext,
): Result<void, Rejection> {
  const value = valueIn(plan, instance);
  const obstacle = obstacleToElement(instance, value, plan, processing);
  if (obstacle) return obstacle;
  const migrated = migrateElement(instance, value!, plan, processing);
  if (!migrated.ok)
    return refuse(
      'INVALID_STATE',
      `Expected to migrate process instance '${plan.key}' but active element with id '${instance.value.elementId}' is mapped to element with id '${value!.elementId}' that must be subscribed to a catch event. ${migrated.failure.message}`,
    );
  tellDescendants(instance, processing);
  return ok();
}

/** What the instance is in the target definition; undefined when nothing is told of it. */
function valueIn(
  { definition, target, mapped }: Plan,
  { value }: ElementInstance,
): ProcessInstanceValue | undefined {
  const elementId = value.bpmnElementType === 'PROCESS' ? target.root.id : mapped.get(value.elementId);
  if (elementId === undefined) return undefined;
  return {
    ...value,
    bpmnProcessId: definition.value.bpmnProcessId,
    version: definition.value.version,
    processDefinitionKey: definition.key,
    elementId,
  };
}

function obstacleToPlan(
  instructions: readonly { sourceElementId: string; targetElementId: string }[],
  { key, source, target }: Plan,
) {
  const invalid = (what: string) =>
    refuse('INVALID_ARGUMENT', `Expected to migrate process instance '${key}' but ${what}`);
  const sources = instructions.map(({ sourceElementId }) => sourceElementId);
  const twice = [...new Set(sources.filter((id, index) => sources.indexOf(id) !== index))];
  if (twice.length > 0)
    return invalid(`the mapping instructions contain duplicate source element ids '[${twice.join(', ')}]'.`);
  for (const { sourceElementId, targetElementId } of instructions) {
    if (typeOfId(sourceElementId, source) === undefined)
      return invalid(
        `mapping instructions contain a non-existing source element id '${sourceElementId}'. Elements provided in mapping instructions must exist in the source process definition.`,
      );
    if (typeOfId(targetElementId, target) === undefined)
      return invalid(
        `mapping instructions contain a non-existing target element id '${targetElementId}'. Elements provided in mapping instructions must exist in the target process definition.`,
      );
  }
  return undefined;
}

/** A gateway that some paths have reached waits for the others in the target too. */
function obstacleToJoins(instance: ElementInstance, plan: Plan, processing: ProcessingContext) {
  const invalid = (what: string) =>
    refuse('INVALID_ARGUMENT', `Expected to migrate process instance '${plan.key}' but ${what}`);
  const { source, target, mapped } = plan;
  for (const scope of withDescendants(instance, processing)) {
    for (const { gateway, flows } of joinsOf(scope, source, processing.state)) {
      const targetId = mapped.get(gateway.id);
      if (targetId === undefined)
        return invalid(
          `gateway '${gateway.id}' has at least one incoming sequence flow taken. Joining gateways with at least one incoming sequence flow taken must be mapped to a gateway of the same type in the target process definition.`,
        );
      const type = typeOfId(targetId, target);
      if (type !== gateway.type)
        return invalid(
          `active element with id '${gateway.id}' and type '${gateway.type}' is mapped to an element with id '${targetId}' and different type '${type}'. Elements must be mapped to elements of the same type.`,
        );
      if (target.elements.get(targetId)!.incoming.length < gateway.incoming.length)
        return invalid(
          `target gateway with id '${targetId}' has less incoming sequence flows than the source gateway with id '${gateway.id}'. Target gateway must have at least the same number of incoming sequence flows as the source gateway.`,
        );
      for (const flow of flows) {
        const targetFlow = mapped.get(flow);
        if (targetFlow === undefined)
          return invalid(
            `joining gateway with id '${gateway.id}' has a taken sequence flow with id '${flow}'. Taken sequence flows must be mapped to a sequence flow in the target process definition.`,
          );
        if (target.flows.get(targetFlow)?.target !== targetId)
          return invalid(
            `taken sequence flow with id '${flow}' is mapped to '${targetFlow}', which does not lead to gateway '${targetId}'. Taken sequence flows must lead to the gateway that their gateway is mapped to.`,
          );
      }
    }
  }
  return undefined;
}

/** Elements that are active only for a moment, unless an incident stops them, and ad-hoc sub-processes. */
const notMigrated: ReadonlySet<BpmnElementType> = new Set([
  'START_EVENT',
  'END_EVENT',
  'INTERMEDIATE_THROW_EVENT',
  'BOUNDARY_EVENT',
  'AD_HOC_SUB_PROCESS',
]);

function obstacleToElement(
  instance: ElementInstance,
  value: ProcessInstanceValue | undefined,
  plan: Plan,
  { state }: ProcessingContext,
): Result<never, Rejection> | undefined {
  const { source, target, key } = plan;
  const { elementId, bpmnElementType, flowScopeKey } = instance.value;
  const refused = (what: string) =>
    refuse('INVALID_STATE', `Expected to migrate process instance '${key}' but ${what}`);
  if (notMigrated.has(bpmnElementType))
    return refused(
      `active element with id '${elementId}' has an unsupported type. The migration of a ${bpmnElementType} is not supported.`,
    );
  if (!value)
    return refused(
      `no mapping instruction defined for active element with id '${elementId}'. Elements cannot be migrated without a mapping.`,
    );
  if (bpmnElementType === 'PROCESS') {
    const what = obstacleToEvents(source.root, target.root, plan);
    return what === undefined ? undefined : refused(what);
  }
  const found = target.elements.get(value.elementId);
  const type = typeOfId(value.elementId, target);
  const scope = state.elementInstances.get(flowScopeKey)!;
  const isInstanceOfMany = scope.value.bpmnElementType === 'MULTI_INSTANCE_BODY';
  const isOfType =
    found !== undefined &&
    (isInstanceOfMany
      ? found.type === 'MULTI_INSTANCE_BODY' && found.inner.type === bpmnElementType
      : found.type === bpmnElementType);
  if (!isOfType) {
    const shown = isInstanceOfMany && found?.type === 'MULTI_INSTANCE_BODY' ? found.inner.type : type;
    return refused(
      `active element with id '${elementId}' and type '${bpmnElementType}' is mapped to an element with id '${value.elementId}' and different type '${shown}'. Elements must be mapped to elements of the same type.`,
    );
  }
  const from = elementAt(source, instance.value);
  const to = elementAt(target, value);
  if (
    from.type === 'USER_TASK' &&
    to.type === 'USER_TASK' &&
    from.implementation === 'zeebe' &&
    to.implementation === 'job'
  )
    return refused(
      `active user task with id '${elementId}' and implementation 'zeebe user task' is mapped to a user task with id '${value.elementId}' and deprecated implementation 'job worker'.`,
    );
  if (!isInstanceOfMany && to.scopeId !== scope.value.elementId)
    return refused(
      `the flow scope of active element with id '${elementId}' is changed. The flow scope of the active element is expected to be '${scope.value.elementId}' but was '${to.scopeId}'. The flow scope of an element cannot be changed during migration yet.`,
    );
  if (
    from.type === 'MULTI_INSTANCE_BODY' &&
    to.type === 'MULTI_INSTANCE_BODY' &&
    from.sequential !== to.sequential
  )
    return refused(
      `active element with id '${elementId}' has a different loop characteristics than the target element with id '${value.elementId}'. Both elements must have either sequential or parallel loop characteristics.`,
    );
  const what = obstacleToEvents(from, to, plan);
  return what === undefined ? undefined : refused(what);
}

/** What an element waits for stays of its kind, stays at the element, and stays apart. */
function obstacleToEvents(
  from: ExecutableElement,
  to: ExecutableElement,
  { source, target, mapped }: Plan,
): string | undefined {
  const events = eventsOf(from, source);
  for (const { id, element } of events) {
    const targetId = mapped.get(id);
    if (targetId === undefined) continue;
    const others = [...mapped].filter(([, one]) => one === targetId).map(([one]) => one);
    if (others.length > 1 && id !== from.id)
      return `active element with id '${from.id}' has a catch event attached that is mapped to a catch event with id '${targetId}'. There are multiple mapping instructions that target this catch event: ${others.map((one) => `'${one}'`).join(', ')}. Catch events cannot be merged by process instance migration. Please ensure the mapping instructions target a catch event only once.`;
    const there = eventsOf(to, target).find((one) => one.id === targetId);
    if (!there)
      return `active element with id '${from.id}' is mapped to an element with id '${to.id}' and has a catch event with id '${id}' that is mapped to a catch event with id '${targetId}'. These mappings detach the catch event from the element in the target process. Catch events must stay attached to the same element instance.`;
    const [before, after] = [eventKind(element), eventKind(there.element)];
    if (before !== after)
      return `active element with id '${from.id}' has a catch event with id '${id}' that is mapped to a catch event with id '${targetId}'. These catch events have different event types: '${before}' and '${after}'. The event type of a catch event cannot be changed by process instance migration. Please ensure the event type of the catch event remains the same or remove the mapping instruction for these catch events.`;
  }
  return undefined;
}
