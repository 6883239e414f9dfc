import type { JsonValue } from '../../json.ts';
import { canonicalText } from '../equality.ts';
import type { Keyword, Visit } from '../schemaNode.ts';
import { described, isTypeName, listed, quoted, type TypeName, typeWords } from '../words.ts';

const isOf: { readonly [T in TypeName]: (value: JsonValue) => boolean } = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === 'string',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export const type: Keyword = (operand) => {
  const names = (Array.isArray(operand) ? operand : [operand]).filter(isTypeName);
  if (names.length === 0) return undefined;
  const expected = `to be ${listed(
    names.map((name) => typeWords[name]),
    'or',
  )}`;
  return ({ value, at, reasons }) => {
    for (const name of names) if (isOf[name](value)) return true;
    reasons?.push({ at, keyword: 'type', expected, found: `it is ${described(value)}` });
    return false;
  };
};

function oneOfValues(keyword: string, values: readonly JsonValue[]) {
  const simple = new Set<JsonValue>();
  const composed = new Set<string>();
  for (const value of values) {
    if (typeof value === 'object' && value !== null) composed.add(canonicalText(value));
    else simple.add(value);
  }
  const expected = `to be ${listed(values.map(quoted), 'or')}`;
  return ({ value, at, walk, reasons }: Visit) => {
    const found =
      typeof value === 'object' && value !== null
        ? composed.size > 0 && composed.has(canonicalText(value, walk))
        : simple.has(value);
    if (!found) reasons?.push({ at, keyword, expected, found: `it is ${described(value)}` });
    return found;
  };
}

export { constant as const, enumeration as enum };

const constant: Keyword = (operand) => oneOfValues('const', [operand]);

const enumeration: Keyword = (operand) => (Array.isArray(operand) ? oneOfValues('enum', operand) : undefined);
