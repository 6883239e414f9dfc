import { failed, ok, type Result } from '@baton/engine/protocol';
import { z } from 'zod';
import { type Refusal, refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

export interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

const nothing = z.object({});

/** Params, query and body by the row's schemas; what they do not name is refused, not dropped. */
export const validate: Stage = (exchange) => {
  const { row } = exchange;
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = row[part];
    // Query objects of Express have no prototype; a plain copy compares like any other document.
    const given = part === 'query' ? { ...(exchange.query as object) } : exchange[part];
    if (!schema && part !== 'query') continue;
    const checked = check(part, schema ?? nothing, given);
    if (!checked.ok) return checked;
    exchange[part] = checked.value;
  }
  return ok();
};

function check(part: string, schema: z.ZodType, given: unknown): Result<unknown, Refusal> {
  const read = readBy(schema, part === 'body' && given === undefined ? {} : given);
  if (read.ok) return read;
  const [first] = read.failure;
  return refuse(
    'VALIDATION_FAILED',
    `Expected ${part === 'params' ? 'a path' : `a ${part}`} as documented, but ${placeOf(part, first!)}: ${first!.message}`,
    { issues: read.failure.map(({ path, message }) => ({ path: [part, ...path.map(String)], message })) },
  );
}

/** What a schema makes of a document, or what is wrong with it: fields it does not name are, too. */
export function readBy<T>(schema: z.ZodType<T>, given: unknown): Result<T, Issue[]> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) return failed(parsed.error.issues);
  const unknown = unknownFields(given, parsed.data, []);
  return unknown.length === 0 ? ok(parsed.data) : failed(unknown);
}

function placeOf(part: string, issue: Issue): string {
  return issue.path.length > 0 ? `'${issue.path.map(String).join('.')}'` : `the ${part}`;
}

/** Schemas drop keys they do not name: whatever was given and did not come out is unknown. */
function unknownFields(given: unknown, taken: unknown, path: readonly PropertyKey[]): Issue[] {
  if (typeof given !== 'object' || typeof taken !== 'object' || given === null || taken === null) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    Object.hasOwn(taken, name)
      ? unknownFields(value, (taken as Record<string, unknown>)[name], [...path, name])
      : [{ path: [...path, name], message: 'Expected no such field' }],
  );
}
