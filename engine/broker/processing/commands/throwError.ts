import { ok } from '@baton/engine/protocol';
import { findErrorCatcher, NO_CATCH_EVENT_FOUND, uncaughtErrorMessage } from '../behaviors/errors.ts';
import { triggerEvent } from '../behaviors/eventTriggers.ts';
import { raiseIncident } from '../behaviors/incidents.ts';
import { contextOf } from '../elementContext.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';
import { openJob } from './openJob.ts';

/** A worker reports a BPMN error: an event catches it, or an incident waits for a person. */
export const throwError: CommandProcessor<'JOB'> = ({ key, value: asked }, context) => {
  const job = openJob(key, 'throw an error for job', context);
  if (!job.ok) return job;
  const { kind, type, processInstanceKey } = job.value.value;
  if (kind === 'EXECUTION_LISTENER' || kind === 'TASK_LISTENER')
    return refuse(
      'INVALID_STATE',
      `Cannot throw BPMN error from ${kind} job with key '${key}', type '${type}' and processInstanceKey '${processInstanceKey}'`,
    );
  const { errorCode, errorMessage, variables } = asked;
  const value = { ...job.value.value, errorCode, errorMessage, variables };
  const instance = context.state.elementInstances.get(value.elementInstanceKey)!;
  const thrower = contextOf(instance, context);
  const catcher = findErrorCatcher(errorCode, thrower);
  if (catcher.ok) {
    context.event('JOB', 'ERROR_THROWN', key, value);
    triggerEvent(catcher.value.event.id, variables, catcher.value.context);
  } else {
    context.event('JOB', 'ERROR_THROWN', key, { ...value, elementId: NO_CATCH_EVENT_FOUND });
    const message = uncaughtErrorMessage(errorCode, errorMessage, catcher.failure);
    raiseIncident({ errorType: 'UNHANDLED_ERROR_EVENT', message }, thrower, { jobKey: key });
  }
  context.respond({ valueType: 'JOB', intent: 'ERROR_THROWN', key, value });
  return ok();
};
