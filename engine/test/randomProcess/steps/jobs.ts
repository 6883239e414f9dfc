import { commands } from '@baton/engine/broker';
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
    onward.push(() => scenario.execute(commands.completeJob(key, { [value.elementId]: key })));
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
