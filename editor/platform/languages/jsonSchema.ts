import type { JsonValue } from '@baton/gateway/api';
import { type ContentPath, isObject } from '../contentPath.ts';

/** The part of JSON Schema that the contract's schemas are written in. */
export interface JsonSchema {
  type?: string | readonly string[];
  description?: string;
  default?: JsonValue;
  enum?: readonly JsonValue[];
  const?: JsonValue;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  format?: string;
  pattern?: string;
}

/**
 * Schemas that a value at `path` has to fit, one of them. Where a map can be one of several, those that what it says
 * already contradicts are left out.
 */
export function schemasAt(
  schema: JsonSchema,
  path: ContentPath,
  content: JsonValue | undefined,
): JsonSchema[] {
  let found = branches(schema, content);
  let value = content;
  for (const step of path) {
    value = Array.isArray(value)
      ? value[Number(step)]
      : isObject(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined;
    const inside = value;
    found = found.flatMap((each) => {
      const next =
        each.properties && Object.hasOwn(each.properties, step)
          ? each.properties[step]
          : (each.items ??
            (typeof each.additionalProperties === 'object' ? each.additionalProperties : undefined));
      return next ? branches(next, inside) : [];
    });
  }
  return found;
}

function branches(schema: JsonSchema, value: JsonValue | undefined): JsonSchema[] {
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (!several) return [schema];
  const all = several.flatMap((each) => branches(each, value));
  const open = all.filter((each) => !contradicted(each, value));
  const description = schema.description;
  return (open.length > 0 ? open : all).map((each) => (description ? { description, ...each } : each));
}

/** A map says already that it is another one: `check: length` is no check for secrets. */
function contradicted({ properties }: JsonSchema, value: JsonValue | undefined): boolean {
  if (!properties || !isObject(value)) return false;
  return Object.entries(properties).some(
    ([name, { const: only }]) =>
      only !== undefined && Object.hasOwn(value, name) && value[name] !== null && value[name] !== only,
  );
}

/** What a value may be, in words: `one of none, conversation`, `a whole number from 1 to 100`. */
export function wordsOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `always ${shown(schema.const)}`;
  if (schema.enum) return `one of ${schema.enum.map(shown).join(', ')}`;
  const { minimum, maximum } = schema;
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const range =
    least !== undefined && most !== undefined
      ? ` from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`
      : least !== undefined
        ? ` from ${least.toLocaleString('en')}`
        : most !== undefined
          ? ` up to ${most.toLocaleString('en')}`
          : '';
  switch (schema.type) {
    case 'integer':
      return `a whole number${range}`;
    case 'number':
      return `a number${range}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return schema.maxItems === undefined ? 'a list' : `a list of up to ${schema.maxItems}`;
    case 'object':
      return 'names with values';
    case 'string':
      if (schema.format === 'duration') return 'an ISO 8601 duration';
      return schema.maxLength === undefined
        ? 'a text'
        : `a text of up to ${schema.maxLength.toLocaleString('en')} characters`;
    default:
      return 'a value';
  }
}

const shown = (value: JsonValue) => (typeof value === 'string' ? value : JSON.stringify(value));
