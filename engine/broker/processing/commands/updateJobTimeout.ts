import { ok } from '@baton/engine/protocol';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

export const updateJobTimeout: CommandProcessor<'JOB'> = ({ key, value: { timeout } }, context) => {
  const job = reach(context.state.jobs.get(key), context);
  if (!job) return refuse('NOT_FOUND', `Expected to update job with key '${key}', but no such job was found`);
  if (job.state !== 'ACTIVATED')
    return refuse(
      'INVALID_STATE',
      `Expected to update the timeout of job with key '${key}', but it is not active`,
    );
  const value = { ...job.value, timeout, deadline: context.now + timeout };
  context.event('JOB', 'TIMEOUT_UPDATED', key, value);
  context.respond({ valueType: 'JOB', intent: 'TIMEOUT_UPDATED', key, value });
  return ok();
};
