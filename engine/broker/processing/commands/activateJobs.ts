import { type JobBatchValue, ok, writeJson } from '@baton/engine/protocol';
import type { Job } from '../../state/jobs.ts';
import { raiseIncident } from '../behaviors/incidents.ts';
import { activatedJob } from '../behaviors/jobs.ts';
import { contextOf } from '../elementContext.ts';
import { refuse } from '../refusals.ts';
import type { ActivatedJob, CommandProcessor, ProcessingContext } from '../types.ts';

/** Bytes of one answer to a worker. */
const MAX_BATCH_SIZE = 4 * 1024 * 1024;
/** Bytes of a job beside its variables and headers. */
const JOB_OVERHEAD = 256;

/** Gives a worker what waits for it, oldest first, as far as one answer holds it. */
export const activateJobs: CommandProcessor<'JOB_BATCH'> = ({ value: asked }, context) => {
  const fault = faultOf(asked);
  if (fault) return refuse('INVALID_ARGUMENT', `Expected to activate job batch with ${fault}`);
  const tenantIds = asked.tenantIds.length > 0 ? asked.tenantIds : [context.tenantId];
  const { jobs, truncated } = collect({ ...asked, tenantIds }, context);
  const jobKeys = jobs.map(({ key }) => key);
  const value: JobBatchValue = { ...asked, tenantIds, jobKeys, truncated };
  const key = jobs.length > 0 ? context.nextKey() : -1;
  if (jobs.length > 0) context.event('JOB_BATCH', 'ACTIVATED', key, value);
  context.respond({ valueType: 'JOB_BATCH', intent: 'ACTIVATED', key, value, attachment: jobs });
  return ok();
};

function faultOf({ type, timeout, maxJobsToActivate }: JobBatchValue): string | undefined {
  if (type === '') return 'type to be present, but it was blank';
  if (timeout < 1) return `timeout to be greater than zero, but it was '${timeout}'`;
  if (maxJobsToActivate < 1)
    return `max jobs to activate to be greater than zero, but it was '${maxJobsToActivate}'`;
  return undefined;
}

function collect(
  { type, worker, timeout, tenantIds, fetchVariables, maxJobsToActivate }: JobBatchValue,
  context: ProcessingContext,
): { jobs: ActivatedJob[]; truncated: boolean } {
  const { jobs: stored } = context.state;
  const jobs: ActivatedJob[] = [];
  let room = MAX_BATCH_SIZE;
  for (const tenantId of tenantIds) {
    for (const key of stored.activatable(type, tenantId)) {
      if (jobs.length === maxJobsToActivate) return { jobs, truncated: false };
      const waiting = stored.get(key)!;
      const job = activatedJob(waiting, fetchVariables, context);
      const size = sizeOf(job);
      if (size > room) {
        if (jobs.length > 0) return { jobs, truncated: true };
        setAside(waiting, size, context);
        continue;
      }
      room -= size;
      jobs.push({ ...job, worker, deadline: context.now + timeout });
    }
  }
  return { jobs, truncated: false };
}

function sizeOf({ variables, customHeaders }: ActivatedJob): number {
  return (
    JOB_OVERHEAD + Buffer.byteLength(writeJson(variables)) + Buffer.byteLength(JSON.stringify(customHeaders))
  );
}

function setAside(job: Job, size: number, context: ProcessingContext): void {
  const instance = context.state.elementInstances.get(job.value.elementInstanceKey)!;
  const message =
    `The job with key '${job.key}' can not be activated, because with ${(size / 1024 / 1024).toFixed(1)} MB it is larger than ` +
    'the configured message size (per default is 4 MB). Try to reduce the size by reducing the number of fetched ' +
    'variables or modifying the variable values.';
  raiseIncident({ errorType: 'MESSAGE_SIZE_EXCEEDED', message }, contextOf(instance, context), {
    jobKey: job.key,
  });
}
