import type { JsonSchema } from '../../../contract/index.ts';

const older = /^https?:\/\/json-schema\.org\/(draft-0[467]\/schema#?|draft\/2019-09\/schema#?)$/;

const single = [
  'additionalItems',
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const inLists = ['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems'];
const byName = [
  '$defs',
  'definitions',
  'properties',
  'patternProperties',
  'dependentSchemas',
  'dependencies',
];

/**
 * A schema of an older draft as one of 2020-12: most servers still announce draft 7. What is written alike in both stays as it
 * is; one that says it is of something else is left alone.
 */
export function currentSchema(schema: JsonSchema): JsonSchema {
  const { $schema } = schema;
  if ($schema === undefined) return translated(schema) as JsonSchema;
  if (typeof $schema !== 'string' || !older.test($schema)) return schema;
  const { $schema: _, ...rest } = schema;
  return translated(rest) as JsonSchema;
}

function translated(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const next: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) next[keyword] = inner(keyword, value);
  tuples(next);
  bounds(next);
  dependencies(next);
  const { $id, id } = next;
  if (typeof $id === 'string' && $id.startsWith('#')) {
    delete next.$id;
    next.$anchor = $id.slice(1);
  }
  // Draft 4 has `id`; elsewhere it is nothing.
  if (typeof id === 'string') delete next.id;
  return next;
}

function inner(keyword: string, value: unknown): unknown {
  if (Array.isArray(value)) return inLists.includes(keyword) ? value.map(translated) : value;
  if (single.includes(keyword)) return translated(value);
  if (!byName.includes(keyword) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, translated(one)]));
}

/** `items` with a list, and `additionalItems` for the rest. */
function tuples(schema: Record<string, unknown>): void {
  const { items, additionalItems } = schema;
  delete schema.additionalItems;
  if (!Array.isArray(items)) return;
  delete schema.items;
  schema.prefixItems = items;
  if (additionalItems !== undefined) schema.items = additionalItems;
}

/** Draft 4: `exclusiveMinimum: true` beside the `minimum` it is about. */
function bounds(schema: Record<string, unknown>): void {
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[exclusive] !== 'boolean') continue;
    if (schema[exclusive] === true && schema[bound] !== undefined) {
      schema[exclusive] = schema[bound];
      delete schema[bound];
    } else delete schema[exclusive];
  }
}

function dependencies(schema: Record<string, unknown>): void {
  const { dependencies: old } = schema;
  if (!isObject(old)) return;
  delete schema.dependencies;
  const entries = Object.entries(old);
  const required = entries.filter(([, value]) => Array.isArray(value));
  const schemas = entries.filter(([, value]) => !Array.isArray(value));
  if (required.length > 0) schema.dependentRequired = Object.fromEntries(required);
  if (schemas.length > 0) schema.dependentSchemas = Object.fromEntries(schemas);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
