import { type MongoOperation, mongoOperations } from '../connections/mongodb.ts';
import { declares, type JsonValue } from '../contract/index.ts';
import { countOf, exactly, object, text, wholeNumber, withArguments } from './arguments.ts';
import { refused, type ToolCallPlace } from './service.ts';

/** Rows or documents of one answer: as many, if nothing is said, and at most. */
const rows = { usual: 1_000, most: 10_000 };
/** ms a statement may take. */
const TIMEOUT = 30_000;
const name = text(63, 1);

/** The refusal, if the tool may not use the connection. */
export function refusedConnection({ capabilities, declared }: ToolCallPlace, connection: string) {
  return capabilities.connections.includes(connection)
    ? undefined
    : refused(`the connection '${connection}'`, declares(declared.connections, connection));
}

/** `db.query(connection, sql, parameters, {rows})`: read-only, unless the tool says that it has a side effect. */
export const sqlService = withArguments<{
  connection: string;
  sql: string;
  parameters?: JsonValue[];
  rows?: number;
}>({
  kind: 'connection',
  input: exactly(
    {
      connection: name,
      sql: text(100_000, 1),
      parameters: { type: 'array', maxItems: 1_000 },
      rows: wholeNumber(1, rows.most),
    },
    ['connection', 'sql'],
  ),
  what: ({ connection, sql }) => `${String(connection).slice(0, 63)}: ${verbOf(String(sql))}`,
  async answer({ connection, sql, parameters = [], rows: most = rows.usual }, place, signal) {
    const refusal = refusedConnection(place, connection);
    if (refusal) return refusal;
    const { world, tenantId, sideEffect } = place;
    const statement = { text: sql, parameters, readOnly: !sideEffect, rows: most, timeout: TIMEOUT };
    return world.connections.query(tenantId, connection, statement, signal);
  },
  outcome: (value) => `${(value as { count: number }).count} rows`,
});

/** The statement's first word: what it holds else may be anybody's data. */
function verbOf(sql: string): string {
  return /^\s*(\w{1,20})/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
}

interface MongoArguments {
  connection: string;
  operation: MongoOperation;
  collection: string;
  filter?: { [name: string]: JsonValue };
  projection?: { [name: string]: JsonValue };
  sort?: { [name: string]: JsonValue };
  skip?: number;
  limit?: number;
  pipeline?: JsonValue[];
  documents?: JsonValue[];
  update?: JsonValue;
  many?: boolean;
}

/** `mongodb.find(connection, collection, {filter …})`, `aggregate`, `count`, `insert`, `update`, `delete`. */
export const mongodbService = withArguments<MongoArguments>({
  kind: 'connection',
  input: exactly(
    {
      connection: name,
      operation: { enum: Object.keys(mongoOperations) },
      collection: text(120, 1),
      filter: object,
      projection: object,
      sort: object,
      skip: wholeNumber(0, 1_000_000),
      limit: wholeNumber(1, rows.most),
      pipeline: { type: 'array', maxItems: 100, items: object },
      documents: { type: 'array', minItems: 1, maxItems: 1_000, items: object },
      update: { type: ['object', 'array'] },
      many: { type: 'boolean' },
    },
    ['connection', 'operation', 'collection'],
  ),
  what: ({ connection, operation, collection }) =>
    `${String(connection).slice(0, 63)}: ${String(operation)} ${String(collection).slice(0, 80)}`,
  async answer({ connection, operation, ...asked }, place, signal) {
    const refusal = refusedConnection(place, connection);
    if (refusal) return refusal;
    const { world, tenantId, sideEffect } = place;
    if (mongoOperations[operation].writes && !sideEffect)
      return {
        ok: false,
        code: 'READ_ONLY',
        message: `Expected a tool that declares a side effect to ${operation}, but it declares none`,
      };
    const { filter = {}, pipeline = [], documents = [], many = false, limit = rows.usual, ...rest } = asked;
    const bounds = { limit, timeout: TIMEOUT, readOnly: !sideEffect };
    const request = { ...rest, operation, filter, pipeline, documents, many, ...bounds };
    return world.connections.mongodb(tenantId, connection, request, signal);
  },
  outcome: (value) => {
    const { count } = value as { count?: number };
    return `${count ?? countOf(value, 'documents')} documents`;
  },
});
