import type { Expression } from '@baton/engine/feel';
import type { Binding, ElementOf } from '@baton/engine/model';
import { failed, ok, type Result, type UserTaskValue } from '@baton/engine/protocol';
import { DateTime } from 'luxon';
import type { UserTask } from '../../state/userTasks.ts';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { deploymentOf, findBound } from './bindings.ts';
import { evaluateInteger, evaluateString, evaluateStrings } from './expressions.ts';
import type { JobProperties } from './jobs.ts';

const DEFAULT_PRIORITY = 50;

export interface UserTaskProperties {
  assignee: string;
  candidateGroups: string[];
  candidateUsers: string[];
  dueDate: string;
  followUpDate: string;
  priority: number;
  externalFormReference: string;
  /** -1 when none. */
  formKey: number;
}

export function evaluateUserTask(
  task: ElementOf<'USER_TASK'>,
  context: ElementContext,
): Result<UserTaskProperties, Failure> {
  const { processing, key } = context;
  const text = (expression: Expression | undefined) =>
    expression ? evaluateString(expression, key, processing) : ok('');
  const list = (expression: Expression | undefined) =>
    expression ? evaluateStrings(expression, key, processing) : ok([]);

  const assignee = text(task.assignee);
  if (!assignee.ok) return assignee;
  const candidateGroups = list(task.candidateGroups);
  if (!candidateGroups.ok) return candidateGroups;
  const candidateUsers = list(task.candidateUsers);
  if (!candidateUsers.ok) return candidateUsers;
  const dueDate = evaluateDate(task.dueDate, context);
  if (!dueDate.ok) return dueDate;
  const followUpDate = evaluateDate(task.followUpDate, context);
  if (!followUpDate.ok) return followUpDate;
  const priority = evaluatePriority(task.priority, context);
  if (!priority.ok) return priority;
  const externalFormReference = text(task.externalFormReference);
  if (!externalFormReference.ok) return externalFormReference;
  const formKey = findForm(task, context);
  if (!formKey.ok) return formKey;
  return ok({
    assignee: assignee.value,
    candidateGroups: candidateGroups.value,
    candidateUsers: candidateUsers.value,
    dueDate: dueDate.value,
    followUpDate: followUpDate.value,
    priority: priority.value,
    externalFormReference: externalFormReference.value,
    formKey: formKey.value,
  });
}

/** The key of the form that the task names by its id. */
function findForm({ form }: ElementOf<'USER_TASK'>, context: ElementContext): Result<number, Failure> {
  if (!form) return ok(-1);
  const { processing, key } = context;
  const id = evaluateString(form.id, key, processing);
  if (!id.ok) return id;
  const found = findBound(processing.state.forms, id.value, form.binding, context);
  if (found) return ok(found.key);
  return failed({ errorType: 'FORM_NOT_FOUND', message: noForm(id.value, form.binding, context) });
}

function noForm(id: string, binding: Binding, context: ElementContext): string {
  switch (binding.kind) {
    case 'latest':
      return `Expected to find a form with id '${id}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`;
    case 'versionTag':
      return `Expected to use a form with id '${id}' and version tag '${binding.versionTag}', but no such form found. To resolve the incident, deploy a form with the given id and version tag.\n`;
    case 'deployment':
      return `Expected to use a form with id '${id}' with binding type 'deployment', but no such form found in the deployment with key ${deploymentOf(context)} which contained the current process. To resolve this incident, migrate the process instance to a process definition that is deployed together with the intended form to use.`;
  }
}

function evaluateDate(
  expression: Expression | undefined,
  { processing, key }: ElementContext,
): Result<string, Failure> {
  if (!expression) return ok('');
  const text = evaluateString(expression, key, processing);
  if (!text.ok || text.value === '') return text;
  if (DateTime.fromISO(text.value).isValid) return ok(withoutZeroSeconds(text.value));
  return failed({
    errorType: 'EXTRACT_VALUE_ERROR',
    message: `Invalid date-time format '${text.value}' for expression '${expression.text}'.`,
    variableScopeKey: key,
  });
}

/** As observed: a whole minute is written without its seconds. */
function withoutZeroSeconds(dateTime: string): string {
  return dateTime.replace(/(T\d\d:\d\d):00(?:\.0+)?(?=Z|[+-]|\[|$)/, '$1');
}

function evaluatePriority(
  expression: Expression | undefined,
  { processing, key }: ElementContext,
): Result<number, Failure> {
  if (!expression) return ok(DEFAULT_PRIORITY);
  const priority = evaluateInteger(expression, key, processing);
  if (!priority.ok || (priority.value >= 0 && priority.value <= 100)) return priority;
  return failed({
    errorType: 'EXTRACT_VALUE_ERROR',
    message: `Expected priority to be in the range [0,100] but was '${priority.value}'.`,
    variableScopeKey: key,
  });
}

/** The older form as a job: a task list finds the properties in its headers. */
export function userTaskJob(task: ElementOf<'USER_TASK'>, properties: UserTaskProperties): JobProperties {
  const headers: { [name: string]: string } = { ...task.headers };
  const header = (name: string, value: string) => {
    if (value !== '') headers[`io.camunda.zeebe:${name}`] = value;
  };
  header('assignee', properties.assignee);
  if (properties.candidateGroups.length > 0)
    header('candidateGroups', JSON.stringify(properties.candidateGroups));
  if (properties.candidateUsers.length > 0)
    header('candidateUsers', JSON.stringify(properties.candidateUsers));
  header('dueDate', properties.dueDate);
  header('followUpDate', properties.followUpDate);
  header('formKey', properties.formKey > 0 ? String(properties.formKey) : (task.formKey ?? ''));
  return { type: 'io.camunda.zeebe:userTask', retries: 1, headers };
}

/** The task begins to be; its listeners come before it is there. */
export function createUserTask(
  task: ElementOf<'USER_TASK'>,
  properties: UserTaskProperties,
  { processing, key: elementInstanceKey, value }: ElementContext,
): UserTask {
  const userTaskKey = processing.nextKey();
  const created: UserTaskValue = {
    userTaskKey,
    ...properties,
    customHeaders: { ...task.headers },
    variables: {},
    changedAttributes: [],
    action: '',
    creationTimestamp: processing.now,
    bpmnProcessId: value.bpmnProcessId,
    processDefinitionVersion: value.version,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
    elementId: value.elementId,
    elementInstanceKey,
  };
  processing.event('USER_TASK', 'CREATING', userTaskKey, created);
  return processing.state.userTasks.get(userTaskKey)!;
}
