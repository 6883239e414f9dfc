import { ok } from '@baton/engine/protocol';
import { offerJob } from '../behaviors/jobs.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

export const recurJobAfterBackoff: CommandProcessor<'JOB'> = ({ key }, context) => {
  const job = reach(context.state.jobs.get(key), context);
  if (job?.state !== 'FAILED' || job.value.recurringTime < 0 || job.value.recurringTime > context.now)
    return refuse(
      'NOT_FOUND',
      `Expected to recur failed job with key '${key}', but its back-off is not over`,
    );
  context.event('JOB', 'RECURRED_AFTER_BACKOFF', key, { ...job.value, recurringTime: -1 });
  offerJob(key, context);
  return ok();
};
