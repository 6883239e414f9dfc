import { ok } from '@baton/engine/protocol';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** A pushed job could not be delivered: those who poll may have it. */
export const yieldJob: CommandProcessor<'JOB'> = ({ key }, context) => {
  const job = reach(context.state.jobs.get(key), context);
  if (job?.state !== 'ACTIVATED')
    return refuse(
      'INVALID_STATE',
      `Expected to yield activated job with key '${key}', but it is not activated`,
    );
  context.event('JOB', 'YIELDED', key, job.value);
  context.effect({ kind: 'jobsAvailable', jobType: job.value.type, tenantId: job.tenantId });
  return ok();
};
