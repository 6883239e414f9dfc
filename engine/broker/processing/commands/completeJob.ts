import { ok } from '@baton/engine/protocol';
import { completeListener } from '../behaviors/listeners.ts';
import { completeTask } from '../behaviors/tasks.ts';
import type { CommandProcessor } from '../types.ts';
import { openJob } from './openJob.ts';

export const completeJob: CommandProcessor<'JOB'> = ({ key, value: { variables } }, context) => {
  const job = openJob(key, 'complete job', context);
  if (!job.ok) return job;
  const value = { ...job.value.value, variables };
  context.event('JOB', 'COMPLETED', key, value);
  if (value.kind === 'EXECUTION_LISTENER') completeListener(value.elementInstanceKey, variables, context);
  else completeTask(value.elementInstanceKey, variables, context);
  context.respond({ valueType: 'JOB', intent: 'COMPLETED', key, value });
  return ok();
};
