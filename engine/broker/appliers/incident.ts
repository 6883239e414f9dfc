import type { Applier } from '../processing/types.ts';

/** A job that is too large for any worker waits like a failed one. */
export const incidentCreated: Applier<'INCIDENT'> = ({ incidents, jobs }, { key, tenantId, value }) => {
  incidents.add({ key, tenantId, value });
  const job = jobs.get(value.jobKey);
  if (job?.state === 'ACTIVATABLE') jobs.put({ ...job, state: 'FAILED' });
};

export const incidentResolved: Applier<'INCIDENT'> = ({ incidents, jobs }, { key, value }) => {
  incidents.remove(key);
  const job = jobs.get(value.jobKey);
  if (job)
    jobs.put({
      ...job,
      state: 'ACTIVATABLE',
      value: { ...job.value, deadline: -1, timeout: -1, worker: '', recurringTime: -1 },
    });
};
