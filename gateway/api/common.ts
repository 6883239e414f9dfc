import { z } from 'zod';

export const json: z.ZodType<JsonValue> = z.json() as z.ZodType<JsonValue>;
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };
export const jsonObject = z.record(z.string(), json);

/** Engine keys are 64-bit and travel as decimal strings. */
export const key = z.string().regex(/^\d{1,19}$/, 'Expected a key of decimal digits');
export const id = z.string().regex(/^[\w-]{1,64}$/, 'Expected an id of letters, digits, _ and -');
export const resourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Expected a name of 1 to 63 lower-case letters, digits and -');
/** As agents and tasks name a tool: its own name, or `<source>.<its name there>`. */
export const toolName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}(?:\.[^\p{C}\p{Z}](?:[^\p{Cc}\p{Cs}]{0,198}[^\p{C}\p{Z}])?)?$/u,
    'Expected the name of a tool: 1 to 63 lower-case letters, digits and -, or that of its server, a dot and its name there',
  );
/** ISO 8601 with offset Z. */
export const instant = z.iso.datetime();

export const idParams = z.object({ id });
export const keyParams = z.object({ key });

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.number().int(),
    limit: z.number().int(),
    offset: z.number().int(),
    has_more: z.boolean(),
  });
}

/** A place in a document that needs attention; the editor's Problems panel lists these. */
export const problem = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  elementId: z.string(),
  elementName: z.string(),
  path: z.array(z.string()),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  /** 0-based place inside a FEEL expression. */
  offset: z.number().int().optional(),
});
export type Problem = z.infer<typeof problem>;

/** Who saved which version of a versioned resource. */
export const versionInfo = z.object({
  version: z.number().int(),
  hash: z.string(),
  author: z.string(),
  message: z.string(),
  savedAt: instant,
  /** On this version now, in order. */
  labels: z.array(z.string()),
});
export type VersionInfo = z.infer<typeof versionInfo>;
