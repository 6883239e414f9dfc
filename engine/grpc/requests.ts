import {
  DEFAULT_TENANT,
  failed,
  holdsTooLong,
  type JsonObject,
  ok,
  type Result,
  readJson,
} from '@baton/engine/protocol';
import { type Int64, int64 } from './codec.ts';
import { readLenientJson } from './lenientJson.ts';
import { Code, invalidArgument, type Status } from './status.ts';

/** A variables document; absent or `null` counts as empty. */
export function readVariables(document: string): Result<JsonObject, Status> {
  if (document === '') return ok({});
  const parsed = parseJson(document);
  if (!parsed.ok) return parsed;
  if (holdsTooLong(document))
    return failed(invalidArgument('MessagePack cannot serialize BigInteger larger than 2^64-1'));
  const { value } = parsed;
  if (value === null) return ok({});
  const type = packedType(value);
  if (type === 'MAP') return ok(value as JsonObject);
  return failed(
    invalidArgument(
      `Property 'variables' is invalid: Expected document to be a root level object, but was '${type}'`,
    ),
  );
}

function parseJson(document: string): Result<unknown, Status> {
  try {
    return ok(readJson(document));
  } catch {
    const lenient = readLenientJson(document);
    if ('strict' in lenient) return ok(lenient.strict === '' ? null : readJson(lenient.strict));
    const { line, column } = lenient;
    return failed(
      invalidArgument(
        `Invalid JSON value: ${document}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` ` +
          `disabled); line: ${line}, column: ${column}]`,
      ),
    );
  }
}

/** The names message-pack has for JSON's types, which the real broker's texts use. */
function packedType(value: unknown): string {
  if (Array.isArray(value)) return 'ARRAY';
  if (typeof value === 'object') return 'MAP';
  if (typeof value === 'number') return Number.isInteger(value) ? 'INTEGER' : 'FLOAT';
  return typeof value === 'string' ? 'STRING' : 'BOOLEAN';
}

/** A tenant a client named; none is the default tenant. */
export function readTenant(rpc: string, tenantId: string): Result<string, Status> {
  if (tenantId === '' || tenantId === DEFAULT_TENANT) return ok(DEFAULT_TENANT);
  const fault =
    tenantId.length > 31
      ? 'tenant identifier is longer than 31 characters'
      : /^[\w.-]+$/.test(tenantId)
        ? undefined
        : 'tenant identifier contains illegal characters';
  if (!fault) return ok(tenantId);
  return failed(
    invalidArgument(
      `Expected to handle gRPC request ${rpc} with tenant identifier '${tenantId}', but ${fault}`,
    ),
  );
}

export function readTenants(rpc: string, tenantIds: readonly string[]): Result<string[], Status> {
  const tenants: string[] = [];
  for (const tenantId of tenantIds) {
    const tenant = readTenant(rpc, tenantId);
    if (!tenant.ok) return tenant;
    tenants.push(tenant.value);
  }
  return ok(tenants.length > 0 ? tenants : [DEFAULT_TENANT]);
}

const KEYS_PER_PARTITION = 2 ** 51;

/** A key of something that exists: its upper bits name the partition, and the embedded broker has partition 1 only. */
export function readKey(key: Int64): Result<number, Status> {
  const value = int64(key);
  const partition = Math.floor(value / KEYS_PER_PARTITION);
  if (partition === 1) return ok(value);
  return failed({
    code: Code.UNAVAILABLE,
    message: `Expected to execute command on partition ${partition}, but either it does not exist, or the gateway is not yet aware of it`,
  });
}

/** Of requests that may carry the sender's own number. */
export interface Referring {
  operationReference?: Int64 | null;
}

export function readReference({ operationReference }: Referring): number | undefined {
  const number = operationReference == null ? 0 : int64(operationReference);
  return number > 0 ? number : undefined;
}
