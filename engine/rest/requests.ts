import {
  DEFAULT_TENANT,
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
} from '@baton/engine/protocol';
import { badRequest, invalidArgument, type Problem } from './problem.ts';
import type { RestRequest } from './route.ts';

/** A body whose parts are not of their kinds. */
const unreadable = badRequest('Failed to read request');

/** A key from the path. */
export function readKey(name: string, text: JsonValue | undefined): Result<number, Problem> {
  const key = Number(text);
  if (text !== undefined && text !== '' && Number.isSafeInteger(key)) return ok(key);
  return failed(badRequest(`Failed to convert '${name}' with value: '${String(text)}'`));
}

/** A key that a body names, as text or as a number. */
export function readBodyKey(text: JsonValue | undefined): Result<number, Problem> {
  const key = Number(text);
  return Number.isSafeInteger(key) ? ok(key) : failed(unreadable);
}

const KEYS_PER_PARTITION = 2 ** 51;

/** The key of what a command is for: its upper bits name the partition that takes the command, and there is the first only. */
export function readCommandKey(name: string, text: JsonValue | undefined): Result<number, Problem> {
  const key = readKey(name, text);
  if (!key.ok || Math.floor(key.value / KEYS_PER_PARTITION) === 1) return key;
  return failed({
    status: 503,
    title: 'UNAVAILABLE',
    detail: 'Expected to handle REST API request, but request could not be delivered',
  });
}

/** The body of a request that needs one. */
export function readBody(request: RestRequest): Result<JsonObject, Problem> {
  return request.bytes.length > 0 ? request.json() : failed(badRequest('Required request body is missing'));
}

/** What is wrong with a request, all at once; nothing when no line has a fault. */
export function faults(...found: (string | undefined | false)[]): Problem | undefined {
  const sentences = found.filter((sentence) => sentence);
  return sentences.length > 0 ? invalidArgument(sentences.join(' ')) : undefined;
}

/** The sentence for a text that has to be there. */
export function missing(name: string, value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : `No ${name} provided.`;
}

/** The sentence for a number that has to be there and above 0. */
export function notPositive(name: string, value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return `No ${name} provided.`;
  return Number(value) > 0
    ? undefined
    : `The value for ${name} is '${String(value)}' but must be greater than 0.`;
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
export function readWholeNumber(value: JsonValue | undefined, fallback: number): Result<number, Problem> {
  if (value === undefined || value === null) return ok(fallback);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return ok(value);
  return failed(unreadable);
}

/** A variables object of a body; absent = empty. */
export function readVariables(value: JsonValue | undefined): Result<JsonObject, Problem> {
  if (value === undefined || value === null) return ok({});
  if (typeof value === 'object' && !Array.isArray(value)) return ok(value);
  return failed(unreadable);
}

/** epoch ms as ISO 8601; undefined stays undefined and is left out of the answer. */
export function date(time: number): string;
export function date(time: number | undefined): string | undefined;
export function date(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** The sender's own number of what it asks for, which the records carry. */
export function readReference({ operationReference }: JsonObject): Result<number | undefined, Problem> {
  if (operationReference === undefined || operationReference === null) return ok(undefined);
  const reference = readBodyKey(operationReference);
  if (!reference.ok || reference.value > 0) return reference;
  return failed(invalidArgument(`The value for operationReference is '${reference.value}' but must be > 0.`));
}
