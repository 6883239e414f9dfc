import { ok } from '@baton/engine/protocol';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Does not resolve the incident of a job without retries: that is a command of its own. */
export const updateJobRetries: CommandProcessor<'JOB'> = ({ key, value: { retries } }, context) => {
  const job = reach(context.state.jobs.get(key), context);
  if (!job) return refuse('NOT_FOUND', `Expected to update job with key '${key}', but no such job was found`);
  if (retries < 1)
    return refuse(
      'INVALID_ARGUMENT',
      `Expected to update retries for job with key '${key}' with a positive amount of retries, but the amount given was '${retries}'`,
    );
  const value = { ...job.value, retries };
  context.event('JOB', 'RETRIES_UPDATED', key, value);
  context.respond({ valueType: 'JOB', intent: 'RETRIES_UPDATED', key, value });
  return ok();
};
