import type { JsonValue } from '@baton/gateway/api';
import type { ContentPath } from '../../platform/contentPath.ts';

export type Schema = { [keyword: string]: JsonValue };

/** What a card can be; `json` is written by hand: `anyOf`, `$ref`, several types. */
export type FieldType =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'oneOf'
  | 'object'
  | 'array'
  | 'any'
  | 'json';

export const fieldTypes: Record<FieldType, { title: string; word: string }> = {
  string: { title: 'Text', word: 'string' },
  number: { title: 'Number', word: 'number' },
  integer: { title: 'Whole number', word: 'integer' },
  boolean: { title: 'Yes or no', word: 'boolean' },
  oneOf: { title: 'One of', word: 'one of' },
  object: { title: 'Object', word: 'object' },
  array: { title: 'List', word: 'list' },
  any: { title: 'Anything', word: 'any' },
  json: { title: 'Written as JSON', word: 'JSON' },
};

/** One value of a field that is one of several. */
export interface Variant {
  value: JsonValue;
  description: string;
}

export function isObject(value: JsonValue | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function typeOf(schema: Schema): FieldType {
  if (variantsOf(schema)) return 'oneOf';
  if (['oneOf', 'anyOf', 'allOf', 'not', '$ref', 'if'].some((keyword) => keyword in schema)) return 'json';
  const { type } = schema;
  if (type === undefined) return 'properties' in schema ? 'object' : 'items' in schema ? 'array' : 'any';
  return typeof type === 'string' && type in fieldTypes && !['oneOf', 'any', 'json'].includes(type)
    ? (type as FieldType)
    : 'json';
}

/** The values a field may have, from `const`, `enum`, or `oneOf` of constants; `undefined` if it is none of these. */
export function variantsOf(schema: Schema): Variant[] | undefined {
  if ('const' in schema) return [{ value: schema.const!, description: '' }];
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => ({ value, description: '' }));
  if (!Array.isArray(schema.oneOf) || schema.oneOf.length === 0) return undefined;
  const variants = schema.oneOf.map((option) =>
    isObject(option) &&
    'const' in option &&
    Object.keys(option).every((name) => name === 'const' || name === 'description')
      ? { value: option.const!, description: String(option.description ?? '') }
      : undefined,
  );
  return variants.every((variant) => variant !== undefined) ? variants : undefined;
}

/** Without descriptions the values are an `enum`, with them a `oneOf` of constants. */
export function withVariants(schema: Schema, variants: readonly Variant[]): Schema {
  const { const: _const, enum: _enum, oneOf: _oneOf, ...rest } = schema;
  const [only] = variants;
  if ('const' in schema && variants.length === 1 && !only!.description)
    return { ...rest, const: only!.value };
  if (variants.some(({ description }) => description !== '')) {
    return {
      ...rest,
      oneOf: variants.map(({ value, description }) => ({
        const: value,
        ...(description !== '' && { description }),
      })),
    };
  }
  return { ...rest, enum: variants.map(({ value }) => value) };
}

const kept = ['title', 'description', '$comment', 'deprecated'];

/** The schema as another type: what both have stays, keywords of the old type go. */
export function withType(schema: Schema, type: Exclude<FieldType, 'json'>): Schema {
  const rest: Schema = {};
  for (const name of kept) if (name in schema) rest[name] = schema[name]!;
  if (type === 'any') return rest;
  if (type === 'oneOf') return { ...rest, enum: [] };
  if (type === 'object') return { type, ...rest, properties: {} };
  if (type === 'array') return { type, ...rest, items: { type: 'string' } };
  return { type, ...rest };
}

/** Sets a keyword; `undefined` and an empty text take it away. */
export function withKeyword(schema: Schema, keyword: string, value: JsonValue | undefined): Schema {
  const { [keyword]: _, ...rest } = schema;
  if (value === undefined || value === '') return rest;
  return keyword in schema
    ? Object.fromEntries(Object.entries(schema).map(([name, old]) => [name, name === keyword ? value : old]))
    : { ...rest, [keyword]: value };
}

export interface Field {
  name: string;
  schema: Schema;
  required: boolean;
}

/** The fields of an object's schema in their order; `true` and `false` become what they stand for. */
export function fieldsOf(schema: Schema): Field[] {
  const required = new Set(requiredOf(schema));
  return isObject(schema.properties)
    ? Object.entries(schema.properties).map(([name, field]) => ({
        name,
        schema: isObject(field) ? field : field === false ? { not: {} } : {},
        required: required.has(name),
      }))
    : [];
}

function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema.required) ? schema.required.map(String) : [];
}

/** Puts fields back; `required` keeps their order and what it names beyond them. */
export function withFields(schema: Schema, fields: readonly Field[]): Schema {
  const before = isObject(schema.properties) ? schema.properties : {};
  const foreign = requiredOf(schema).filter((name) => !Object.hasOwn(before, name));
  const required = [...fields.filter((field) => field.required).map(({ name }) => name), ...foreign];
  // From entries, so that a field may be called `__proto__`.
  const properties = Object.fromEntries(fields.map((field) => [field.name, field.schema]));
  const changed = { ...schema, properties };
  return withKeyword(changed, 'required', required.length > 0 ? required : undefined);
}

/** `field`, `field2`, …: the first name that is free. */
export function freeName(fields: readonly Field[]): string {
  const taken = new Set(fields.map(({ name }) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'field' : `field${count}`;
    if (!taken.has(name)) return name;
  }
}

export function at(value: JsonValue | undefined, path: ContentPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (inner, step) =>
      Array.isArray(inner)
        ? inner[Number(step)]
        : isObject(inner) && Object.hasOwn(inner, step)
          ? inner[step]
          : undefined,
    value,
  );
}

/** The value with what stands at `path` replaced. */
export function changedAt(
  value: JsonValue,
  path: ContentPath,
  change: (inner: Schema) => JsonValue,
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return change(isObject(value) ? value : {});
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === step ? changedAt(item, rest, change) : item));
  const before = isObject(value) ? value : {};
  const inner = changedAt(Object.hasOwn(before, step) ? before[step]! : {}, rest, change);
  return Object.fromEntries([
    ...Object.entries(before).map(([name, old]) => [name, name === step ? inner : old]),
    ...(Object.hasOwn(before, step) ? [] : [[step, inner]]),
  ]);
}
