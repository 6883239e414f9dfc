import { type Schema, Validator } from '@cfworker/json-schema';
import type { JsonSchema, JsonValue } from './json.ts';

/** One place where a value breaks its schema. */
export interface SchemaViolation {
  /** JSON pointer into the value, '' for the whole. */
  pointer: string;
  /** "Expected …, but …". */
  message: string;
}

// Validators are interpreted, never compiled to code: schemas are written by users.
const validators = new WeakMap<JsonSchema, Validator>();

function validatorOf(schema: JsonSchema): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    validator = new Validator(schema as Schema, '2020-12', false);
    validators.set(schema, validator);
  }
  return validator;
}

// These only announce that something below them failed; the reason below is what a reader needs.
const announcing = new Set([
  'properties',
  'items',
  'prefixItems',
  'additionalProperties',
  '$ref',
  'allOf',
  'if',
  'then',
  'else',
]);

/**
 * Checks a value against a JSON Schema 2020-12.
 * @returns the violations, innermost first; empty when the value fits
 */
export function validateAgainst(schema: JsonSchema, value: JsonValue): SchemaViolation[] {
  const result = validatorOf(schema).validate(value);
  if (result.valid) return [];
  const reasons = result.errors.filter(({ keyword }) => !announcing.has(keyword));
  return (reasons.length > 0 ? reasons : result.errors).map(({ instanceLocation, error }) => {
    const pointer = instanceLocation.replace(/^#/, '');
    const place = pointer === '' ? 'the value' : `'${pointer}'`;
    return { pointer, message: `Expected ${place} to fit its schema, but: ${error}` };
  });
}
