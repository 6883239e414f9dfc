import type { JsonValue } from '@baton/gateway/api';

interface Schema {
  [keyword: string]: JsonValue;
}

/** Deeper than this a schema that contains itself is cut off. */
const deepest = 12;

const texts: Record<string, string> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:30:00Z',
  time: '09:30:00Z',
  email: 'ada@example.com',
  uri: 'https://example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** A value that fits the schema in the common cases: what the schema gives as an example, else the simplest of its type. */
export function sampleInput(schema: JsonValue, root: JsonValue = schema, depth = 0): JsonValue {
  if (!isSchema(schema) || depth > deepest) return null;
  if (typeof schema.$ref === 'string') return sampleInput(target(root, schema.$ref), root, depth + 1);
  const given = [schema.const, schema.default, first(schema.examples), first(schema.enum)];
  const example = given.find((value) => value !== undefined);
  if (example !== undefined) return example;
  const variant = first(schema.oneOf) ?? first(schema.anyOf);
  if (variant !== undefined) return sampleInput(variant, root, depth + 1);
  switch (Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? impliedType(schema))) {
    case 'object':
      return Object.fromEntries(
        Object.entries(isSchema(schema.properties) ? schema.properties : {}).map(([name, property]) => [
          name,
          sampleInput(property, root, depth + 1),
        ]),
      );
    case 'array':
      return schema.items === undefined ? [] : [sampleInput(schema.items, root, depth + 1)];
    case 'string':
      return sampleText(schema);
    case 'integer':
    case 'number':
      return sampleNumber(schema);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function sampleText({ format, minLength, maxLength }: Schema): string {
  const text = (typeof format === 'string' && texts[format]) || 'text';
  const longEnough = typeof minLength === 'number' ? text.padEnd(minLength, text) : text;
  return typeof maxLength === 'number' ? longEnough.slice(0, maxLength) : longEnough;
}

function sampleNumber({ minimum, exclusiveMinimum, maximum, multipleOf }: Schema): number {
  const step = typeof multipleOf === 'number' ? multipleOf : 1;
  const lowest =
    typeof exclusiveMinimum === 'number'
      ? exclusiveMinimum + step
      : typeof minimum === 'number'
        ? minimum
        : step;
  return typeof maximum === 'number' ? Math.min(lowest, maximum) : lowest;
}

function impliedType(schema: Schema): JsonValue | undefined {
  return 'properties' in schema ? 'object' : 'items' in schema ? 'array' : undefined;
}

/** What `#/$defs/address` names. */
function target(root: JsonValue, reference: string): JsonValue {
  const steps = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
  return steps.reduce<JsonValue>((inner, step) => (isSchema(inner) ? (inner[step] ?? null) : null), root);
}

function first(list: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(list) ? list[0] : undefined;
}

function isSchema(value: JsonValue | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
