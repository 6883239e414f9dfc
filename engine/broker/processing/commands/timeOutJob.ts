import { ok } from '@baton/engine/protocol';
import { offerJob } from '../behaviors/jobs.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** The worker did not answer in time: somebody else may have the job. */
export const timeOutJob: CommandProcessor<'JOB'> = ({ key }, context) => {
  const job = reach(context.state.jobs.get(key), context);
  if (job?.state !== 'ACTIVATED' || job.value.deadline > context.now)
    return refuse(
      'NOT_FOUND',
      `Expected to time out activated job with key '${key}', but it is not activated or not due`,
    );
  context.event('JOB', 'TIMED_OUT', key, job.value);
  offerJob(key, context);
  return ok();
};
