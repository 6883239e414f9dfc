import type { JobValue } from '@baton/engine/protocol';
import { NO_CATCH_EVENT_FOUND } from '../processing/behaviors/errors.ts';
import type { Applier } from '../processing/types.ts';

const waiting = {
  deadline: -1,
  timeout: -1,
  worker: '',
  recurringTime: -1,
  variables: {},
} satisfies Partial<JobValue>;

export const created: Applier<'JOB'> = ({ jobs, elementInstances }, { key, tenantId, value }) => {
  jobs.put({ key, tenantId, value, state: 'ACTIVATABLE' });
  elementInstances.put({ ...elementInstances.get(value.elementInstanceKey)!, jobKey: key });
};

export const activatable: Applier<'JOB'> = ({ jobs }, { key, tenantId, value }) => {
  jobs.put({ key, tenantId, value: { ...value, ...waiting }, state: 'ACTIVATABLE' });
};

/** Retries or deadline are others now; the state is not. */
export const updated: Applier<'JOB'> = ({ jobs }, { key, value }) => {
  jobs.put({ ...jobs.get(key)!, value });
};

export const failed: Applier<'JOB'> = ({ jobs }, { key, tenantId, value }) => {
  const comesBack = value.retries > 0 && value.recurringTime < 0;
  const kept = { ...value, variables: {} };
  jobs.put({ key, tenantId, value: kept, state: comesBack ? 'ACTIVATABLE' : 'FAILED' });
};

/** A caught error ends the job; an uncaught one keeps it for the resolution of the incident. */
export const errorThrown: Applier<'JOB'> = ({ jobs }, { key, value }) => {
  if (value.elementId !== NO_CATCH_EVENT_FOUND) return jobs.remove(key);
  const job = jobs.get(key)!;
  jobs.put({ ...job, state: 'ERROR_THROWN', value: { ...job.value, recurringTime: -1 } });
};

export const completed: Applier<'JOB'> = ({ jobs, elementInstances, userTasks }, { key, value }) => {
  jobs.remove(key);
  if (value.kind !== 'EXECUTION_LISTENER' && value.kind !== 'TASK_LISTENER') return;
  const instance = elementInstances.get(value.elementInstanceKey);
  if (!instance) return;
  if (value.kind === 'EXECUTION_LISTENER')
    return elementInstances.put({ ...instance, listenersDone: instance.listenersDone + 1 });
  const task = userTasks.get(instance.userTaskKey);
  if (task) userTasks.put({ ...task, listenersDone: task.listenersDone + 1 });
};

export const gone: Applier<'JOB'> = ({ jobs }, { key }) => jobs.remove(key);

export const activated: Applier<'JOB_BATCH'> = (
  { jobs },
  { timestamp, value: { jobKeys, worker, timeout } },
) => {
  for (const key of jobKeys) {
    const job = jobs.get(key)!;
    jobs.put({
      ...job,
      state: 'ACTIVATED',
      value: { ...job.value, worker, timeout, deadline: timestamp + timeout },
    });
  }
};
