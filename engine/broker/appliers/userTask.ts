import type { Applier } from '../processing/types.ts';
import type { UserTaskState } from '../state/userTasks.ts';

export const userTaskCreating: Applier<'USER_TASK'> = ({ userTasks, elementInstances }, event) => {
  const { key, tenantId, value } = event;
  userTasks.put({ key, tenantId, value, state: 'CREATING' });
  elementInstances.put({ ...elementInstances.get(value.elementInstanceKey)!, userTaskKey: key });
};

/** What the event says becomes the task; variables and action belong to the one transition. */
export const userTaskIn =
  (state: UserTaskState): Applier<'USER_TASK'> =>
  ({ userTasks }, { key, tenantId, value }) => {
    const kept = { ...value, variables: {}, action: '', changedAttributes: [] };
    userTasks.put({ key, tenantId, state, value: kept });
  };

export const userTaskGone: Applier<'USER_TASK'> = ({ userTasks }, { key }) => userTasks.remove(key);
