import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';

/**
 * The variables of a job as models, tools and JSON Schema understand them, which know JavaScript's numbers only: of an integer
 * beyond 2^53 the nearest of those. What they leave alone keeps its digits in the process.
 */
export function variablesOf(job: Pick<Job, 'variables'>): JsonObject {
  return inDoubles(job.variables) as JsonObject;
}

function inDoubles(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(inDoubles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inDoubles(one)]));
}
