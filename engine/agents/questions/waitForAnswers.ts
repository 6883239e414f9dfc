import type { Job, JobOutcome } from '@baton/engine/worker';
import { LOOK_AGAIN } from './followQuestions.ts';
import type { Questions } from './questions.ts';

/** The job is kept until one of the questions is answered. */
export function waitForAnswers(
  questions: Questions,
  { tenantId, elementInstanceKey, key: jobKey }: Job,
  ids: readonly string[],
): JobOutcome {
  return {
    kind: 'wait',
    ms: LOOK_AGAIN,
    over: () => questions.sleep({ tenantId, elementInstanceKey, jobKey }, ids),
  };
}
