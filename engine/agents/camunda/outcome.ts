import type { JsonObject } from '@baton/engine/protocol';
import type { Job, JobOutcome } from '@baton/engine/worker';
import { durationOf } from '@baton/engine/worker';
import type { AgentFailure } from '../failures.ts';

/** ms before a model that could not answer is asked again, where the model of the process does not say. */
const BACKOFF = 2_000;

export function incident(code: string, message: string): JobOutcome {
  return { kind: 'fail', retries: 0, message: `${code}: ${message}` };
}

/**
 * What becomes of a turn that failed: limits, loops and policies are BPMN errors, under the codes that models of processes know;
 * what a person has to mend is an incident; what may pass is tried again.
 * @param partial what there is of an answer, for whoever catches the error
 */
export function outcomeOf(
  failure: AgentFailure,
  { headers }: Job,
  partial: JsonObject | undefined,
): JobOutcome {
  const { code, message } = failure;
  const again: JobOutcome = {
    kind: 'fail',
    message: `${code}: ${message}`,
    backoff: durationOf(headers.retryBackoff) ?? BACKOFF,
  };
  const error = (as: string): JobOutcome => ({
    kind: 'bpmnError',
    code: as,
    message,
    ...(partial && { variables: { agent: partial } }),
  });
  switch (failure.code) {
    case 'BUDGET_EXCEEDED':
      return error(failure.limit === 'modelCalls' ? 'MAXIMUM_NUMBER_OF_MODEL_CALLS_REACHED' : code);
    case 'AGENT_LOOP':
    case 'GUARDRAIL_VIOLATION':
      return error(code);
    case 'AGENT_ANSWER_INVALID':
      return incident('FAILED_TO_PARSE_RESPONSE_CONTENT', message);
    case 'RUN_CANCELLED':
      return again;
    case 'MODEL_UNAVAILABLE':
    case 'MODEL_TIMEOUT':
    case 'MODEL_REFUSED':
    case 'MODEL_ANSWER_INVALID':
      return failure.retryable
        ? { ...again, message: `FAILED_MODEL_CALL: ${message}` }
        : incident('FAILED_MODEL_CALL', message);
    default:
      return incident(code, message);
  }
}
