import { ok } from '@baton/engine/protocol';
import { offerJob } from '../behaviors/jobs.ts';
import { continueTransition } from '../behaviors/userTaskTransitions.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Runs the failed step again: the job becomes activatable, or the element is entered or left once more. */
export const resolveIncident: CommandProcessor<'INCIDENT'> = ({ key }, context) => {
  const { state } = context;
  const incident = reach(state.incidents.get(key), context);
  if (!incident)
    return refuse(
      'NOT_FOUND',
      `Expected to resolve incident with key '${key}', but no such incident was found`,
    );
  const { value } = incident;
  const { jobKey } = value;
  if (jobKey > 0 && (state.jobs.get(jobKey)?.value.retries ?? 0) <= 0)
    return refuse(
      'INVALID_STATE',
      `Expected to resolve incident with key '${key}', but job with key '${jobKey}' has no retries left. Please update the job retries and retry resolving the incident`,
    );
  context.event('INCIDENT', 'RESOLVED', key, value);
  context.respond({ valueType: 'INCIDENT', intent: 'RESOLVED', key, value });
  if (jobKey > 0) {
    offerJob(jobKey, context);
    return ok();
  }
  const instance = state.elementInstances.get(value.elementInstanceKey);
  const task = state.userTasks.get(instance?.userTaskKey ?? -1);
  if (task?.pending) continueTransition(task.key, context);
  else if (instance?.state === 'ACTIVATING')
    context.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', instance.key, instance.value);
  else if (instance?.state === 'COMPLETING')
    context.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', instance.key, instance.value);
  return ok();
};
