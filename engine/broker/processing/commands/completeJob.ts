import type { ElementOf } from '@baton/engine/model';
import { type JobKind, type JobValue, ok, type Rejection, type Result } from '@baton/engine/protocol';
import { adHocOf, instruct, unknownElements } from '../behaviors/adHocSubProcesses.ts';
import { completeListener } from '../behaviors/listeners.ts';
import { completeTask } from '../behaviors/tasks.ts';
import { attributeNames, deniable, listenerDone } from '../behaviors/userTaskTransitions.ts';
import { isEmpty } from '../behaviors/variables.ts';
import { contextOf, elementOf } from '../elementContext.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';
import { openJob } from './openJob.ts';

/** What the answer of a worker is for, by the kind of its job: whether it can be taken, and what follows. */
interface Completion {
  obstacle?(job: JobValue, key: number, context: ProcessingContext): Result<void, Rejection>;
  follow(job: JobValue, context: ProcessingContext): void;
}

const completions: { readonly [K in JobKind]: Completion } = {
  BPMN_ELEMENT: {
    follow: ({ elementInstanceKey, variables }, context) =>
      completeTask(elementInstanceKey, variables, context),
  },
  EXECUTION_LISTENER: {
    follow: ({ elementInstanceKey, variables }, context) =>
      completeListener(elementInstanceKey, variables, context),
  },
  TASK_LISTENER: {
    obstacle(job, key, context) {
      const { type, variables, result, listenerEventType, processInstanceKey } = job;
      const about = `(job key '${key}', type '${type}', processInstanceKey '${processInstanceKey}')`;
      if (!isEmpty(variables))
        return refuse(
          'INVALID_ARGUMENT',
          `Task Listener job completion with variables payload provided is not yet supported ${about}. Support will be enabled with the resolution of issue #23702.\n`,
        );
      if (result?.denied && !deniable.some((one) => one === listenerEventType))
        return refuse(
          'INVALID_ARGUMENT',
          `Denying result is not supported for '${listenerEventType}' task listener jobs ${about}. Only the following listener event types support denying: [${deniable.join(', ')}].\n`,
        );
      if (result?.denied && result.correctedAttributes.length > 0)
        return refuse(
          'INVALID_ARGUMENT',
          `Expected to complete task listener job with corrections, but the job result is denied ${about}. The corrections would be reverted by the denial. Either complete the job with corrections without setting denied, or complete the job with a denied result but no corrections.\n`,
        );
      const unknown = result?.correctedAttributes.find((name) => !attributeNames.includes(name));
      if (unknown !== undefined)
        return refuse(
          'INVALID_ARGUMENT',
          `Expected to complete task listener job with a corrections result, but property '${unknown}' cannot be corrected ${about}. Only the following properties can be corrected: [${attributeNames.join(', ')}].\n`,
        );
      const instance = context.state.elementInstances.get(job.elementInstanceKey)!;
      const { assignee } = elementOf(contextOf(instance, context)) as ElementOf<'USER_TASK'>;
      if (listenerEventType === 'CREATING' && result?.correctedAttributes.includes('assignee') && assignee)
        return refuse(
          'INVALID_ARGUMENT',
          `Expected to complete task listener job, but correcting the assignee on 'CREATING' event is not supported when the user task has an assignee defined in the model ${about}. Use the 'CREATING' event to set an assignee only if it was not defined. Use the 'ASSIGNING' event to correct an assignee that is already defined.\n`,
        );
      return ok();
    },
    follow({ elementInstanceKey, result }, context) {
      const instance = context.state.elementInstances.get(elementInstanceKey);
      if (instance) listenerDone(instance.userTaskKey, result, context);
    },
  },
  AD_HOC_SUB_PROCESS: {
    obstacle({ elementInstanceKey, result }, _key, context) {
      if (result?.type !== 'AD_HOC_SUB_PROCESS') return ok();
      const instance = context.state.elementInstances.get(elementInstanceKey)!;
      const ids = result.activateElements.map(({ elementId }) => elementId);
      const unknown = unknownElements(adHocOf(instance, context).activatable, ids, elementInstanceKey);
      return unknown ? refuse('NOT_FOUND', unknown) : ok();
    },
    follow({ elementInstanceKey, variables, result }, context) {
      const instruction = {
        adHocSubProcessInstanceKey: elementInstanceKey,
        activateElements: result?.activateElements ?? [],
        cancelRemainingInstances: result?.cancelRemainingInstances ?? false,
        completionConditionFulfilled: result?.completionConditionFulfilled ?? false,
      };
      instruct(instruction, variables, context);
    },
  },
};

export const completeJob: CommandProcessor<'JOB'> = ({ key, value: { variables, result } }, context) => {
  const job = openJob(key, 'complete job', context);
  if (!job.ok) return job;
  const value = { ...job.value.value, variables, ...(result && { result }) };
  const completion = completions[value.kind];
  const obstacle = completion.obstacle?.(value, key, context);
  if (obstacle && !obstacle.ok) return obstacle;
  context.event('JOB', 'COMPLETED', key, value);
  completion.follow(value, context);
  context.respond({ valueType: 'JOB', intent: 'COMPLETED', key, value });
  return ok();
};
