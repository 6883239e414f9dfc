import type { JsonSchema } from '../contract/index.ts';
import { type BuiltInSource, builtInTool } from './builtInTool.ts';

const connection = { type: 'string', description: 'Name of a granted connection' };
const object = { type: 'object' };
const capabilities = { connections: ['*'] };

function input(properties: { [name: string]: JsonSchema }, required: string[]): JsonSchema {
  return {
    type: 'object',
    properties: { connection, ...properties },
    required: ['connection', ...required],
    additionalProperties: false,
  };
}

function output(properties: { [name: string]: JsonSchema }): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties) };
}

const sql = {
  sql: { type: 'string', minLength: 1, examples: ['SELECT id, total FROM orders WHERE customer = $1'] },
  parameters: { type: 'array', description: 'Values of $1, $2 … (PostgreSQL) or of ? (MySQL)' },
  maxRows: { type: 'integer', minimum: 1, maximum: 10_000, default: 1_000 },
};
const rows = output({
  rows: { type: 'array', items: object },
  count: { type: 'integer', description: 'Rows that were found or changed' },
  truncated: { type: 'boolean', description: 'Whether there are more than are here' },
});
const ask =
  'return context.db.query(input.connection, input.sql, input.parameters, { rows: input.maxRows });';

const filter = { ...object, description: 'As MongoDB has it, in extended JSON' };
const documents = output({ documents: { type: 'array', items: object }, truncated: { type: 'boolean' } });
const limit = { type: 'integer', minimum: 1, maximum: 10_000 };
const mongo = (operation: string) =>
  `const { connection, collection, ...options } = input;\nreturn context.mongodb.${operation}(connection, collection, options);`;

interface MongoTool extends Pick<BuiltInSource, 'description' | 'output' | 'sideEffect'> {
  properties: { [name: string]: JsonSchema };
  required?: string[];
}

const mongodb: { readonly [operation: string]: MongoTool } = {
  find: {
    description: 'Finds documents of a collection.',
    properties: { filter, projection: object, sort: object, skip: { type: 'integer', minimum: 0 }, limit },
    output: documents,
  },
  aggregate: {
    description: 'Runs an aggregation pipeline that only reads.',
    properties: { pipeline: { type: 'array', items: object }, limit },
    required: ['pipeline'],
    output: documents,
  },
  count: {
    description: 'Counts documents of a collection.',
    properties: { filter },
    output: output({ count: { type: 'integer' } }),
  },
  insert: {
    description: 'Adds documents to a collection.',
    properties: { documents: { type: 'array', items: object, minItems: 1 } },
    required: ['documents'],
    output: output({ count: { type: 'integer' }, ids: { type: 'array' } }),
    sideEffect: true,
  },
  update: {
    description: 'Changes the first document that fits, or all of them.',
    properties: { filter, update: { type: ['object', 'array'] }, many: { type: 'boolean', default: false } },
    required: ['filter', 'update'],
    output: output({ count: { type: 'integer' }, changed: { type: 'integer' } }),
    sideEffect: true,
  },
  delete: {
    description: 'Deletes the first document that fits, or all of them.',
    properties: { filter, many: { type: 'boolean', default: false } },
    required: ['filter'],
    output: output({ count: { type: 'integer' } }),
    sideEffect: true,
  },
};

export const databaseTools = [
  builtInTool({
    name: 'sql.query',
    description: 'Asks a PostgreSQL or MySQL database; the statement can only read.',
    input: input(sql, ['sql']),
    output: rows,
    capabilities,
    run: ask,
  }),
  builtInTool({
    name: 'sql.execute',
    description: 'Runs a statement that changes a PostgreSQL or MySQL database.',
    input: input(sql, ['sql']),
    output: rows,
    capabilities,
    sideEffect: true,
    run: ask,
  }),
  ...Object.entries(mongodb).map(([operation, { properties, required = [], ...said }]) =>
    builtInTool({
      ...said,
      name: `mongodb.${operation}`,
      input: input({ collection: { type: 'string', minLength: 1 }, ...properties }, [
        'collection',
        ...required,
      ]),
      capabilities,
      run: mongo(operation),
    }),
  ),
];
