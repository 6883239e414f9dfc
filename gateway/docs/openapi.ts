import { z } from 'zod';
import { changesState, type ErrorCode, errorBody, errorStatus, type Route, table } from '../api/index.ts';

type JsonSchema = { [keyword: string]: unknown };

/** What every row may answer beside its own errors. */
const common: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'RATE_LIMITED',
  'ADDRESS_DENIED',
  'INTERNAL',
  'LIMITS_UNAVAILABLE',
];
const guarded: readonly ErrorCode[] = [
  'CREDENTIALS_AMBIGUOUS',
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'API_KEY_INVALID',
  'API_KEY_EXPIRED',
  'TENANT_MISMATCH',
];
const withBody: readonly ErrorCode[] = ['BODY_INVALID_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];

const changing: readonly ErrorCode[] = ['AUDIT_UNAVAILABLE'];
/** Of what one asks with an `Idempotency-Key`. */
const repeatable: readonly ErrorCode[] = ['IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED'];

/** Error codes a row may answer. */
export function errorsOf(row: Route): ErrorCode[] {
  const authorized: readonly ErrorCode[] =
    row.permission === 'public'
      ? []
      : row.permission === 'signedIn'
        ? guarded
        : [...guarded, 'PERMISSION_DENIED'];
  const metered: readonly ErrorCode[] = row.permission === 'public' ? [] : ['QUOTA_EXCEEDED'];
  return [
    ...new Set([
      ...row.errors,
      ...authorized,
      ...metered,
      ...(row.body ? withBody : []),
      ...(changesState(row) ? changing : []),
      ...(isRepeatable(row) ? repeatable : []),
      ...(isRepeatable(row) && row.secret ? (['ANSWER_SHOWN_ONCE'] as const) : []),
      ...common,
    ]),
  ];
}

const isRepeatable = (row: Route) => changesState(row) && row.permission !== 'public';

/** OpenAPI 3.1 of the route table. */
export function openApi(origin: string, version: string): JsonSchema {
  const paths: { [path: string]: { [method: string]: JsonSchema } } = {};
  for (const [resource, rows] of Object.entries(table)) {
    for (const [name, row] of Object.entries(rows) as [string, Route][]) {
      const path = row.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation(resource, name, row) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Baton',
      version,
      description:
        'Processes, their runs, user tasks, agents and tools of one tenant: the tenant of the access token.',
    },
    servers: [{ url: `${origin}/api` }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-KEY',
          description: 'For programs. What a key may do are its scopes, which are permissions.',
        },
      },
      schemas: { Error: schemaOf(errorBody, 'output') },
    },
  };
}

function operation(resource: string, name: string, row: Route): JsonSchema {
  return {
    operationId: `${resource}.${name}`,
    tags: [resource],
    summary: row.summary,
    ...(row.permission === 'public' ? { security: [] } : { security: [{ bearer: [] }, { apiKey: [] }] }),
    ...(row.permission === 'public' || row.permission === 'signedIn'
      ? {}
      : { 'x-permission': row.permission }),
    parameters: [
      ...parameters(row.params, 'path'),
      ...parameters(row.query, 'query'),
      ...ifMatch(row),
      ...idempotencyKey(row),
    ],
    ...(row.body
      ? { requestBody: { required: true, content: jsonContent(schemaOf(row.body, 'input')) } }
      : {}),
    responses: {
      [row.status]: {
        description: row.status === 204 ? 'Done' : 'Success',
        ...(row.etag
          ? { headers: { ETag: { schema: { type: 'string' }, description: 'Content hash of the version' } } }
          : {}),
        ...(row.response
          ? { content: { ...jsonContent(schemaOf(row.response, 'output')), ...eventContent(row) } }
          : {}),
      },
      ...errorResponses(row),
    },
  };
}

function errorResponses(row: Route): JsonSchema {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(row)) {
    byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        { description: codes.join(', '), content: jsonContent({ $ref: '#/components/schemas/Error' }) },
      ]),
  );
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: { [name: string]: JsonSchema };
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function ifMatch(row: Route): JsonSchema[] {
  if (!row.errors.includes('IF_MATCH_REQUIRED')) return [];
  return [
    {
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: { type: 'string' },
      description: 'ETag of the version that was edited, or *',
    },
  ];
}

function idempotencyKey(row: Route): JsonSchema[] {
  if (!isRepeatable(row)) return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 200 },
      description:
        'The same request with the same key within 24 hours gets the same answer, and nothing is done again',
    },
  ];
}

function jsonContent(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } };
}

function eventContent({ events }: Route): JsonSchema {
  return events ? { 'text/event-stream': { schema: schemaOf(events, 'output') } } : {};
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
  return rest;
}
