import { ok } from '@baton/engine/protocol';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Changes retries, timeout or both; what is not to change is -1. */
export const updateJob: CommandProcessor<'JOB'> = ({ key, value: { retries, timeout } }, context) => {
  const job = reach(context.state.jobs.get(key), context);
  if (!job) return refuse('NOT_FOUND', `Expected to update job with key '${key}', but no such job was found`);
  const faults: string[] = [];
  if (retries !== -1 && retries < 1)
    faults.push(
      `Expected to update retries for job with key '${key}' with a positive amount of retries, but the amount given was '${retries}'`,
    );
  if (timeout !== -1 && job.state !== 'ACTIVATED')
    faults.push(`Expected to update the timeout of job with key '${key}', but it is not active`);
  if (faults.length > 0) return refuse('INVALID_ARGUMENT', faults.join(', '));
  let { value } = job;
  if (retries !== -1) {
    value = { ...value, retries };
    context.event('JOB', 'RETRIES_UPDATED', key, value);
  }
  if (timeout !== -1) {
    value = { ...value, timeout, deadline: context.now + timeout };
    context.event('JOB', 'TIMEOUT_UPDATED', key, value);
  }
  context.event('JOB', 'UPDATED', key, value);
  return ok();
};
