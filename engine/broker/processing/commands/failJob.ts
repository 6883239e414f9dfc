import { type IncidentType, type JobKind, ok } from '@baton/engine/protocol';
import { raiseIncident } from '../behaviors/incidents.ts';
import { offerJob } from '../behaviors/jobs.ts';
import { setLocal } from '../behaviors/variables.ts';
import { contextOf } from '../elementContext.ts';
import type { CommandProcessor } from '../types.ts';
import { openJob } from './openJob.ts';

const noRetries: { readonly [K in JobKind]: IncidentType } = {
  BPMN_ELEMENT: 'JOB_NO_RETRIES',
  EXECUTION_LISTENER: 'EXECUTION_LISTENER_NO_RETRIES',
  TASK_LISTENER: 'TASK_LISTENER_NO_RETRIES',
  AD_HOC_SUB_PROCESS: 'AD_HOC_SUB_PROCESS_NO_RETRIES',
};

/** With retries left the job comes back, at once or after the back-off; without, an incident waits for a person. */
export const failJob: CommandProcessor<'JOB'> = ({ key, value: asked }, context) => {
  const job = openJob(key, 'fail job', context);
  if (!job.ok) return job;
  const { retries, retryBackoff, errorMessage, variables } = asked;
  const comesBackLater = retries > 0 && retryBackoff > 0;
  const value = {
    ...job.value.value,
    retries,
    retryBackoff,
    recurringTime: comesBackLater ? context.now + retryBackoff : -1,
    errorMessage,
    variables,
    deadline: -1,
    timeout: -1,
    worker: '',
  };
  setLocal(variables, value.elementInstanceKey, value, context);
  context.event('JOB', 'FAILED', key, value);
  if (retries > 0) {
    if (!comesBackLater) offerJob(key, context);
  } else {
    const instance = context.state.elementInstances.get(value.elementInstanceKey)!;
    const message = errorMessage === '' ? 'No more retries left.' : errorMessage;
    raiseIncident({ errorType: noRetries[value.kind], message }, contextOf(instance, context), {
      jobKey: key,
    });
  }
  context.respond({ valueType: 'JOB', intent: 'FAILED', key, value });
  return ok();
};
