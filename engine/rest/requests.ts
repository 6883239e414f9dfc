import {
  DEFAULT_TENANT,
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
} from '@baton/engine/protocol';
import { invalidArgument, type Problem } from './problem.ts';

/** A key from the path or the body. */
export function readKey(name: string, text: JsonValue | undefined): Result<number, Problem> {
  const key = Number(text);
  if (text !== undefined && text !== '' && Number.isSafeInteger(key)) return ok(key);
  return failed(invalidArgument(`Expected ${name} to be a key, but was '${String(text)}'`));
}

export function readTenant(tenantId: JsonValue | undefined): Result<string, Problem> {
  const tenant = tenantId === undefined || tenantId === null ? '' : String(tenantId);
  if (tenant === '' || tenant === DEFAULT_TENANT) return ok(DEFAULT_TENANT);
  if (/^[\w.-]{1,31}$/.test(tenant)) return ok(tenant);
  return failed(
    invalidArgument(
      `Expected tenantId to be at most 31 letters, digits, '.', '-' or '_', but was '${tenant}'`,
    ),
  );
}

/** A whole number of a body; absent = `fallback`. */
export function readWholeNumber(
  name: string,
  value: JsonValue | undefined,
  fallback: number,
): Result<number, Problem> {
  if (value === undefined || value === null) return ok(fallback);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return ok(value);
  return failed(invalidArgument(`Expected ${name} to be a whole number, but was '${String(value)}'`));
}

/** A variables object of a body; absent = empty. */
export function readVariables(value: JsonValue | undefined): Result<JsonObject, Problem> {
  if (value === undefined || value === null) return ok({});
  if (typeof value === 'object' && !Array.isArray(value)) return ok(value);
  return failed(invalidArgument('Expected variables to be a JSON object, but it is not'));
}

/** epoch ms as ISO 8601; undefined stays undefined and is left out of the answer. */
export function date(time: number): string;
export function date(time: number | undefined): string | undefined;
export function date(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
