import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import type { CallOwner } from './recordedCalls.ts';

/** Whose calls a job's calls are. */
export function ownerOf({
  tenantId,
  processInstanceKey,
  elementInstanceKey,
  elementId,
  key,
}: Job): CallOwner {
  return { tenantId, processInstanceKey, elementInstanceKey, elementId, jobKey: key };
}

/** Header `resultVariable` names the variable that takes the answer; without it the answer's properties are the variables. */
export function resultVariables(job: Job, answer: JsonValue): JsonObject {
  const name = job.headers.resultVariable;
  if (name) return { [name]: answer };
  if (answer !== null && typeof answer === 'object' && !Array.isArray(answer)) return answer;
  return { result: answer };
}
