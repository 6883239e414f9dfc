import { ok, type Rejection, type Result } from '@baton/engine/protocol';
import type { Job } from '../../state/jobs.ts';
import { reach, refuse } from '../refusals.ts';
import type { ProcessingContext } from '../types.ts';

/**
 * The job that a worker's answer is about. Whoever knows the key may answer, also after the job timed out, as long as nobody
 * else has (observed of the real broker).
 */
export function openJob(key: number, what: string, context: ProcessingContext): Result<Job, Rejection> {
  const job = reach(context.state.jobs.get(key), context);
  if (!job) return refuse('NOT_FOUND', `Expected to ${what} with key '${key}', but no such job was found`);
  if (job.state === 'ACTIVATABLE' || job.state === 'ACTIVATED') return ok(job);
  return refuse('INVALID_STATE', `Expected to ${what} with key '${key}', but it is in state '${job.state}'`);
}
