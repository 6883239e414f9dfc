import { failed, ok, type Result } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import { readJson } from '../../platform/jsonText.ts';
import { isObject, type Schema } from './schema.ts';

/** Names of which one makes an object a schema rather than an example. */
const keywords = [
  '$schema',
  '$ref',
  '$defs',
  'properties',
  'items',
  'enum',
  'const',
  'oneOf',
  'anyOf',
  'allOf',
  'required',
  'additionalProperties',
];
const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

export interface Imported {
  schema: Schema;
  /** The text was an example; its schema was made from it. */
  fromExample: boolean;
}

/** What a text stands for as a schema: itself if it is one, else what the example in it has. */
export function importedSchema(text: string): Result<Imported, string> {
  if (text.trim() === '') return failed('Expected a JSON Schema or an example, but it is empty.');
  const read = readJson(text);
  if (!read.ok) return failed(`Line ${read.failure.line}: ${read.failure.message}`);
  const { value } = read.value;
  if (!isObject(value)) return failed('Expected an object in { }, but it is something else.');
  return ok(
    isSchema(value)
      ? { schema: value, fromExample: false }
      : { schema: schemaOfExample(value) as Schema, fromExample: true },
  );
}

function isSchema(value: Schema): boolean {
  return (
    keywords.some((keyword) => keyword in value) ||
    (typeof value.type === 'string' && types.includes(value.type))
  );
}

/** The schema of a value: every field it has is required. */
export function schemaOfExample(value: JsonValue): JsonValue {
  if (value === null) return {};
  if (Array.isArray(value))
    return { type: 'array', items: value.length > 0 ? schemaOfExample(value[0]!) : {} };
  if (typeof value === 'object')
    return {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, schemaOfExample(inner)]),
      ),
      required: Object.keys(value),
    };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return { type: typeof value };
}
