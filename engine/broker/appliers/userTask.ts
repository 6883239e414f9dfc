import type { UserTaskValue } from '@baton/engine/protocol';
import type { Applier } from '../processing/types.ts';
import type { UserTaskState } from '../state/userTasks.ts';

/** Variables, action and reason belong to the one transition. */
const kept = ({ deniedReason: _, ...value }: UserTaskValue): UserTaskValue => ({
  ...value,
  variables: {},
  action: '',
  changedAttributes: [],
});

/** Who it is for comes by an assignment. */
export const userTaskCreating: Applier<'USER_TASK'> = ({ userTasks, elementInstances }, event) => {
  const { key, tenantId, value } = event;
  const settled = { ...kept(value), assignee: '' };
  userTasks.put({ key, tenantId, value: settled, state: 'CREATING', pending: value, listenersDone: 0 });
  elementInstances.put({ ...elementInstances.get(value.elementInstanceKey)!, userTaskKey: key });
};

/** A transition begins; until it is through the task stays what it was. */
export const userTaskBegins =
  (state: UserTaskState): Applier<'USER_TASK'> =>
  ({ userTasks }, { key, value }) => {
    userTasks.put({ ...userTasks.get(key)!, state, pending: value, listenersDone: 0 });
  };

/** A transition is through, or has been denied: what the event says is the task. */
export const userTaskSettled: Applier<'USER_TASK'> = ({ userTasks }, { key, tenantId, value }) => {
  userTasks.put({ key, tenantId, state: 'CREATED', value: kept(value), listenersDone: 0 });
};

export const userTaskCorrected: Applier<'USER_TASK'> = ({ userTasks }, { key, value }) => {
  userTasks.put({ ...userTasks.get(key)!, pending: value });
};

export const userTaskGone: Applier<'USER_TASK'> = ({ userTasks }, { key }) => userTasks.remove(key);

/** Variables are set by a transition of the user task. */
export const variablesUpdating: Applier<'VARIABLE_DOCUMENT'> = (
  { userTasks, elementInstances },
  { key, value, operationReference },
) => {
  const task = userTasks.get(elementInstances.get(value.scopeKey)!.userTaskKey)!;
  userTasks.put({ ...task, document: { key, value, operationReference } });
};
