import { commands } from '@baton/engine/broker';
import type { JobResult, JobValue } from '@baton/engine/protocol';
import type { Scenario } from '../../scenario.ts';
import type { Step, StepSource } from './step.ts';

export const jobs: StepSource = (scenario, { guarded }) => {
  const onward: Step[] = [];
  const detours: Step[] = [];
  const closed = new Set(
    scenario
      .events('JOB')
      .filter(({ intent }) => ['COMPLETED', 'CANCELED', 'ERROR_THROWN'].includes(intent))
      .map(({ key }) => key),
  );
  for (const { key, value } of scenario.events('JOB', 'CREATED')) {
    if (closed.has(key)) continue;
    if (value.kind === 'AD_HOC_SUB_PROCESS') onward.push(...decisions(key, value, scenario));
    else if (value.kind === 'TASK_LISTENER')
      onward.push(() => scenario.execute(commands.completeJob(key, {})));
    else onward.push(() => scenario.execute(commands.completeJob(key, { [value.elementId]: key })));
    if (value.kind === 'TASK_LISTENER' && value.listenerEventType !== 'CREATING')
      detours.push(() =>
        scenario.execute(
          commands.completeJob(
            key,
            {},
            { type: 'USER_TASK', denied: value.listenerEventType !== 'CANCELING' },
          ),
        ),
      );
    if (guarded.has(value.elementId))
      onward.push(() =>
        scenario.execute(
          commands.throwError(key, { errorCode: 'E1', errorMessage: '', variables: { oops: 1 } }),
        ),
      );
    const failure = { errorMessage: 'no', variables: { tried: key } };
    detours.push(() => scenario.execute(commands.failJob(key, { ...failure, retries: 3, retryBackoff: 0 })));
    detours.push(() => scenario.activate('work', { timeout: 1_000 }));
    detours.push(async () => {
      await scenario.execute(commands.failJob(key, { ...failure, retries: 0, retryBackoff: 0 }));
      await scenario.execute(commands.updateJobRetries(key, 2));
      for (const incident of scenario.incidents)
        await scenario.execute(commands.resolveIncident(incident.key));
    });
  }
  return { onward, detours };
};

/** A worker of an ad-hoc sub-process has some of its elements done, and has enough at the third time. */
function decisions(key: number, { elementInstanceKey }: JobValue, scenario: Scenario): Step[] {
  const answer = (result: Partial<JobResult>) => () =>
    scenario.execute(commands.completeJob(key, {}, { type: 'AD_HOC_SUB_PROCESS', ...result }));
  const steps = [false, true].map((cancelRemainingInstances) =>
    answer({ completionConditionFulfilled: true, cancelRemainingInstances }),
  );
  const answers = scenario.events('JOB', 'COMPLETED');
  if (answers.filter(({ value }) => value.elementInstanceKey === elementInstanceKey).length > 1) return steps;
  const elements = scenario
    .events('VARIABLE', 'CREATED')
    .find(
      ({ value: { scopeKey, name } }) =>
        scopeKey === elementInstanceKey && name === 'adHocSubProcessElements',
    );
  const ids = (elements!.value.value as { elementId: string }[]).map(({ elementId }) => elementId);
  const activateElements = ids.map((elementId) => ({ elementId, variables: { asked: key } }));
  return [
    ...steps,
    answer({ activateElements }),
    answer({ activateElements: activateElements.slice(0, 1), cancelRemainingInstances: true }),
  ];
}
