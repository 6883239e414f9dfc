import type { ElementOf, ExecutableElement } from '@baton/engine/model';
import { ok, type ProcessInstanceValue, type Result } from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import type { Failure, ProcessingContext } from '../types.ts';
import { closeEvents, openEvents } from './catchEvents.ts';
import { conditionOf } from './conditions.ts';
import { cancelJob } from './jobs.ts';
import { eventKind, eventsOf, joinsOf, type Plan } from './migrationPlan.ts';
import { createUserTask, evaluateUserTask } from './userTasks.ts';
import { assignAtCreation } from './userTaskTransitions.ts';

/** One active element goes on as `value` in the target definition, with all that belongs to it. */
export function migrateElement(
  instance: ElementInstance,
  value: ProcessInstanceValue,
  plan: Plan,
  processing: ProcessingContext,
): Result<void, Failure> {
  const { key } = instance;
  const before = contextOf(instance, processing);
  processing.event('PROCESS_INSTANCE', 'ELEMENT_MIGRATED', key, value);
  const context = contextOf({ key, value }, processing);
  migrateFlows(instance, plan, context);
  const worked = migrateWork(elementOf(before), context);
  if (!worked.ok) return worked;
  migrateIncident(context);
  migrateVariables(context);
  return migrateEvents(elementOf(before), plan, context);
}

/** The ids by which what belongs to an element names it and its process. */
const owner = ({ value }: ElementContext) => ({
  bpmnProcessId: value.bpmnProcessId,
  processDefinitionKey: value.processDefinitionKey,
  elementId: value.elementId,
});

/** Paths that wait at joins wait there by the flows that theirs are mapped to. */
function migrateFlows(
  scope: ElementInstance,
  { source, mapped }: Plan,
  { processing, key, value }: ElementContext,
): void {
  const { elementInstances } = processing.state;
  const inScope = (of: ProcessInstanceValue, elementId: string): ProcessInstanceValue => ({
    ...of,
    elementId,
    bpmnElementType: 'SEQUENCE_FLOW',
    flowScopeKey: key,
  });
  for (const { flows } of [...joinsOf(scope, source, processing.state)])
    for (const flow of flows)
      for (let waiting = elementInstances.tokens(key, flow); waiting > 0; waiting--) {
        const deleted = inScope(scope.value, flow);
        processing.event('PROCESS_INSTANCE', 'SEQUENCE_FLOW_DELETED', processing.nextKey(), deleted);
        const taken = inScope(value, mapped.get(flow)!);
        processing.event('PROCESS_INSTANCE', 'SEQUENCE_FLOW_TAKEN', processing.nextKey(), taken);
      }
}

/** A job goes on as it was made. A user task of jobs becomes one of the broker when the target says so. */
function migrateWork(from: ExecutableElement, context: ElementContext): Result<void, Failure> {
  const { processing, key, value } = context;
  const { state } = processing;
  const { jobKey, userTaskKey } = state.elementInstances.get(key)!;
  const to = elementOf(context);
  const job = state.jobs.get(jobKey);
  if (
    from.type === 'USER_TASK' &&
    to.type === 'USER_TASK' &&
    from.implementation === 'job' &&
    to.implementation === 'zeebe' &&
    job?.value.kind === 'BPMN_ELEMENT'
  )
    return becomeUserTask(to, job.value.customHeaders, context);
  if (job)
    processing.event('JOB', 'MIGRATED', jobKey, {
      ...job.value,
      ...owner(context),
      processDefinitionVersion: value.version,
    });
  const task = state.userTasks.get(userTaskKey);
  if (task)
    processing.event('USER_TASK', 'MIGRATED', userTaskKey, {
      ...task.value,
      ...owner(context),
      processDefinitionVersion: value.version,
    });
  return ok();
}

/** Who does it, and when, stays as the job said; the assignee is the target's (as observed). */
function becomeUserTask(
  task: ElementOf<'USER_TASK'>,
  headers: { readonly [name: string]: string },
  context: ElementContext,
): Result<void, Failure> {
  const { processing } = context;
  const properties = evaluateUserTask(task, context);
  if (!properties.ok) return properties;
  const text = (name: string) => headers[`io.camunda.zeebe:${name}`] ?? '';
  const list = (name: string): string[] => (text(name) === '' ? [] : JSON.parse(text(name)));
  const { key: userTaskKey, value: created } = createUserTask(
    task,
    {
      ...properties.value,
      assignee: '',
      candidateGroups: list('candidateGroups'),
      candidateUsers: list('candidateUsers'),
      dueDate: text('dueDate'),
      followUpDate: text('followUpDate'),
    },
    context,
  );
  processing.event('USER_TASK', 'CREATED', userTaskKey, created);
  assignAtCreation(userTaskKey, properties.value.assignee, processing);
  cancelJob(context);
  const { value } = processing.state.userTasks.get(userTaskKey)!;
  processing.event('USER_TASK', 'MIGRATED', userTaskKey, value);
  return ok();
}

function migrateIncident(context: ElementContext): void {
  const { processing, key } = context;
  const incident = processing.state.incidents.ofElement(key);
  if (incident)
    processing.event('INCIDENT', 'MIGRATED', incident.key, { ...incident.value, ...owner(context) });
}

/** Their values stay where they are. */
function migrateVariables({ processing, key, value }: ElementContext): void {
  for (const { name, variable } of processing.state.variables.ofScope(key))
    processing.event('VARIABLE', 'MIGRATED', variable.key, {
      name,
      value: null,
      scopeKey: key,
      processInstanceKey: value.processInstanceKey,
      processDefinitionKey: value.processDefinitionKey,
      bpmnProcessId: value.bpmnProcessId,
    });
}

/** What is waited for, in the order in which the real broker goes through it. */
const kinds = ['MESSAGE', 'TIMER', 'SIGNAL', 'CONDITIONAL'];

/** What is mapped is waited for as before, what is not no more, and what is new in the target from now on. */
function migrateEvents(
  from: ExecutableElement,
  { source, target, mapped }: Plan,
  context: ElementContext,
): Result<void, Failure> {
  const { processing, key, value } = context;
  const { state } = processing;
  const { bpmnProcessId, processDefinitionKey } = value;
  const messages = [...state.messageSubscriptions.ofElement(key)];
  const timers = [...state.timers.ofOwner(key)];
  const signals = [...state.signalSubscriptions.ofOwner(key)];
  const conditionals = [...state.conditionalSubscriptions.ofOwner(key)];

  const dropped = eventsOf(from, source).filter(({ id }) => !mapped.has(id));
  for (const kind of kinds)
    for (const { id, element } of dropped) if (eventKind(element) === kind) closeEvents(context, [id]);

  if (state.elementInstances.get(key)!.state === 'ACTIVATED') {
    const kept = new Set(mapped.values());
    const added = eventsOf(elementOf(context), target).map(({ id }) => id);
    const opened = openEvents(
      added.filter((id) => !kept.has(id)),
      context,
    );
    if (!opened.ok) return opened;
  }

  for (const subscription of messages) {
    const elementId = mapped.get(subscription.value.elementId);
    if (elementId === undefined) continue;
    const migrated = { ...subscription.value, bpmnProcessId, elementId };
    processing.event('PROCESS_MESSAGE_SUBSCRIPTION', 'MIGRATED', subscription.key, migrated);
    processing.command('MESSAGE_SUBSCRIPTION', 'MIGRATE', subscription.key, migrated);
  }
  for (const timer of timers) {
    const targetElementId = mapped.get(timer.value.targetElementId);
    if (targetElementId === undefined) continue;
    const migrated = { ...timer.value, processDefinitionKey, targetElementId };
    processing.event('TIMER', 'MIGRATED', timer.key, migrated);
  }
  for (const signal of signals) {
    const catchEventId = mapped.get(signal.value.catchEventId);
    if (catchEventId === undefined) continue;
    const migrated = { ...signal.value, bpmnProcessId, processDefinitionKey, catchEventId };
    processing.event('SIGNAL_SUBSCRIPTION', 'MIGRATED', signal.key, migrated);
  }
  for (const conditional of conditionals) {
    const catchEventId = mapped.get(conditional.value.catchEventId);
    if (catchEventId === undefined) continue;
    const event = target.elements.get(catchEventId)!;
    if (!('trigger' in event) || event.trigger.kind !== 'conditional') continue;
    // the target says which condition counts from now on
    const migrated = {
      ...conditional.value,
      bpmnProcessId,
      processDefinitionKey,
      ...conditionOf(event.trigger, event),
    };
    processing.event('CONDITIONAL_SUBSCRIPTION', 'MIGRATED', conditional.key, migrated);
  }
  return ok();
}

/** What a called process instance and its elements have above them is another definition now. */
export function tellDescendants(caller: ElementInstance, processing: ProcessingContext): void {
  const { elementInstances } = processing.state;
  const called = elementInstances.get(caller.calledInstanceKey);
  if (called) tell(called, processing);
}

function tell(instance: ElementInstance, processing: ProcessingContext): void {
  processing.event('PROCESS_INSTANCE', 'ANCESTOR_MIGRATED', instance.key, instance.value);
  for (const child of processing.state.elementInstances.children(instance.key)) tell(child, processing);
  tellDescendants(instance, processing);
}
