import type { ElementOf, TaskListenerEvent } from '@baton/engine/model';
import {
  type EventIntent,
  type JobResult,
  type ListenerEventType,
  ok,
  type Result,
  type UserTaskValue,
} from '@baton/engine/protocol';
import type { UserTask, UserTaskState } from '../../state/userTasks.ts';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import type { Failure, ProcessingContext } from '../types.ts';
import { raiseIncident } from './incidents.ts';
import { createJob, evaluateJob } from './jobs.ts';
import { completeTask } from './tasks.ts';
import { terminated } from './transitions.ts';
import { propagate, setLocal } from './variables.ts';

type UnderWay = Exclude<UserTaskState, 'CREATED'>;

interface Transition {
  /** Its listeners. */
  readonly event: TaskListenerEvent;
  /** Set where a listener may deny it. */
  readonly denied?: EventIntent<'USER_TASK'>;
  /** It is through: no listener is left. */
  settle(value: UserTaskValue, task: UserTask, context: ElementContext): void;
}

const assigning: Transition = {
  event: 'assigning',
  denied: 'ASSIGNMENT_DENIED',
  settle: (value, { key }, { processing }) => processing.event('USER_TASK', 'ASSIGNED', key, value),
};

const transitions: { readonly [S in UnderWay]: Transition } = {
  CREATING: {
    event: 'creating',
    settle(value, task, context) {
      const { processing } = context;
      // one that a listener chose is there from the beginning, the one of the model comes by an assignment
      if (!(elementOf(context) as ElementOf<'USER_TASK'>).assignee) {
        processing.event('USER_TASK', 'CREATED', task.key, value);
        return;
      }
      const changedAttributes = value.changedAttributes.filter((name) => name !== 'assignee');
      const created = { ...value, assignee: '', changedAttributes };
      processing.event('USER_TASK', 'CREATED', task.key, created);
      assignAtCreation(task.key, value.assignee, processing);
    },
  },
  ASSIGNING: assigning,
  CLAIMING: assigning,
  UPDATING: {
    event: 'updating',
    denied: 'UPDATE_DENIED',
    settle(value, { key, document }, { processing, value: origin }) {
      if (document) {
        const { scopeKey, updateSemantics, variables } = document.value;
        const update = updateSemantics === 'LOCAL' ? setLocal : propagate;
        update(variables, scopeKey, origin, processing);
      }
      processing.event('USER_TASK', 'UPDATED', key, value);
      if (document)
        processing.referring(document.operationReference, () =>
          processing.event('VARIABLE_DOCUMENT', 'UPDATED', document.key, document.value),
        );
    },
  },
  COMPLETING: {
    event: 'completing',
    denied: 'COMPLETION_DENIED',
    settle(value, { key }, { processing }) {
      processing.event('USER_TASK', 'COMPLETED', key, value);
      completeTask(value.elementInstanceKey, value.variables, processing);
    },
  },
  CANCELING: {
    event: 'canceling',
    settle(value, { key }, context) {
      context.processing.event('USER_TASK', 'CANCELED', key, value);
      terminated(elementOf(context), context);
    },
  },
};

/** Events of listeners that may deny. */
export const deniable = ['ASSIGNING', 'COMPLETING', 'UPDATING'] as const;

/** A transition begins: its listeners first, if there are any. Answers whether it is through already. */
export function beginTransition(
  state: Exclude<UnderWay, 'CREATING'>,
  value: UserTaskValue,
  processing: ProcessingContext,
): boolean {
  processing.event('USER_TASK', state, value.userTaskKey, value);
  continueTransition(value.userTaskKey, processing);
  return processing.state.userTasks.get(value.userTaskKey)?.pending === undefined;
}

/** A modelled assignee gets the task as by an assignment of its own. */
export function assignAtCreation(key: number, assignee: string, processing: ProcessingContext): void {
  if (assignee === '') return;
  const { value } = processing.state.userTasks.get(key)!;
  beginTransition('ASSIGNING', { ...value, assignee, changedAttributes: ['assignee'] }, processing);
}

/** The next listener, or, without another, the end of the transition. What cannot be read becomes an incident. */
export function continueTransition(key: number, processing: ProcessingContext): void {
  const task = processing.state.userTasks.get(key)!;
  const instance = processing.state.elementInstances.get(task.value.elementInstanceKey)!;
  const context = contextOf(instance, processing);
  const called = processing.skipsTaskListeners ? ok(false) : callListener(task, context);
  if (!called.ok) {
    raiseIncident(called.failure, context);
    return;
  }
  if (called.value) return;
  const { settle } = transitions[task.state as UnderWay];
  settle(outcomeOf(task), task, context);
}

/** Whether a listener of the transition under way has got a job. */
export function callListener(task: UserTask, context: ElementContext): Result<boolean, Failure> {
  const { event } = transitions[task.state as UnderWay];
  const element = elementOf(context) as ElementOf<'USER_TASK'>;
  const listener = element.taskListeners[event]?.[task.listenersDone];
  if (!listener) return ok(false);
  const job = evaluateJob(listener, context);
  if (!job.ok) return job;
  const headers = listenerHeaders(outcomeOf(task));
  const eventType = event.toUpperCase() as ListenerEventType;
  createJob({ ...job.value, headers }, context, 'TASK_LISTENER', eventType);
  return ok(true);
}

/** A listener has done its work: it may have corrected the task, or denied the transition. */
export function listenerDone(
  key: number,
  result: JobResult | undefined,
  processing: ProcessingContext,
): void {
  const task = processing.state.userTasks.get(key);
  if (!task?.pending) return;
  const { denied } = transitions[task.state as UnderWay];
  if (result?.denied && denied) {
    processing.event('USER_TASK', denied, key, { ...task.value, deniedReason: result.deniedReason });
    if (task.document)
      processing.event('VARIABLE_DOCUMENT', 'UPDATE_DENIED', task.document.key, task.document.value);
    return;
  }
  if (result && result.correctedAttributes.length > 0) {
    const corrected = correct(task.pending, result);
    const { pending } = task;
    const changedAttributes = result.correctedAttributes.filter((name) => differ(name, corrected, pending));
    if (changedAttributes.length > 0)
      processing.event('USER_TASK', 'CORRECTED', key, { ...corrected, changedAttributes });
  }
  continueTransition(key, processing);
}

/** Attributes by the names that commands, listeners and records give them, in their order. */
const attributes: { readonly [name: string]: keyof UserTaskValue } = {
  assignee: 'assignee',
  candidateGroupsList: 'candidateGroups',
  candidateUsersList: 'candidateUsers',
  dueDate: 'dueDate',
  followUpDate: 'followUpDate',
  priority: 'priority',
  variables: 'variables',
};

/** Names of attributes that a command may change, and a listener correct. */
export const attributeNames = Object.keys(attributes).filter((name) => name !== 'variables');

function correct(value: UserTaskValue, { correctedAttributes, corrections }: JobResult): UserTaskValue {
  const corrected: Partial<{ [name: string]: unknown }> = {};
  for (const name of correctedAttributes) {
    const attribute = attributes[name];
    if (attribute) corrected[attribute] = corrections[name as keyof typeof corrections];
  }
  return { ...value, ...corrected };
}

/** The task with the named attributes of another. */
export function applyAttributes(
  value: UserTaskValue,
  from: UserTaskValue,
  names: readonly string[],
): UserTaskValue {
  const applied: { [name: string]: unknown } = {};
  for (const name of names) {
    const attribute = attributeNames.includes(name) ? attributes[name] : undefined;
    if (attribute) applied[attribute] = from[attribute];
  }
  return { ...value, ...applied };
}

export function differ(name: string, one: UserTaskValue, other: UserTaskValue): boolean {
  const attribute = attributes[name];
  return attribute !== undefined && JSON.stringify(one[attribute]) !== JSON.stringify(other[attribute]);
}

/** What the transition comes to; after listeners it tells what they and the command together have changed. */
function outcomeOf({ value, pending, listenersDone }: UserTask): UserTaskValue {
  const outcome = pending ?? value;
  if (listenersDone === 0) return outcome;
  return {
    ...outcome,
    changedAttributes: Object.keys(attributes).filter((name) => differ(name, outcome, value)),
  };
}

/** A listener finds the task in the headers of its job. */
function listenerHeaders(task: UserTaskValue): { [name: string]: string } {
  const headers: { [name: string]: string } = { ...task.customHeaders };
  const header = (name: string, value: string) => {
    if (value !== '') headers[`io.camunda.zeebe:${name}`] = value;
  };
  const list = (name: string, values: readonly string[]) =>
    header(name, values.length === 0 ? '' : JSON.stringify(values));
  header('action', task.action);
  header('assignee', task.assignee);
  list('candidateGroups', task.candidateGroups);
  list('candidateUsers', task.candidateUsers);
  list('changedAttributes', [...task.changedAttributes].sort());
  header('dueDate', task.dueDate);
  header('followUpDate', task.followUpDate);
  header('formKey', task.formKey > 0 ? `${task.formKey}` : '');
  header('priority', `${task.priority}`);
  header('userTaskKey', `${task.userTaskKey}`);
  return headers;
}
