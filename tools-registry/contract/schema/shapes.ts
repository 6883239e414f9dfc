import type { JsonValue } from '../json.ts';
import { type Budget, readPattern } from './pattern.ts';
import { schemaPlaces } from './subschemas.ts';
import { counted, described, isObject, isTypeName, listed, quoted, typeWords } from './words.ts';

/** What keeps a keyword's value from being one: "Expected …, but …"; `undefined` when it is as it should be. */
type Shape = (value: JsonValue, keyword: string, budget: Budget) => string | undefined;

const demand =
  (words: string, fits: (value: JsonValue) => boolean): Shape =>
  (value, keyword) =>
    fits(value) ? undefined : `Expected ${keyword} to be ${words}, but it is ${described(value)}`;

const isTexts = (value: JsonValue) =>
  Array.isArray(value) &&
  value.every((one) => typeof one === 'string') &&
  new Set(value).size === value.length;

const text = demand('a text', (value) => typeof value === 'string');
const number = demand('a number', (value) => typeof value === 'number');
const count = demand(
  'a whole number from 0',
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
);
const yesOrNo = demand('true or false', (value) => typeof value === 'boolean');
const names = demand('a list of different names', isTexts);
const anything: Shape = () => undefined;
const reference = demand('the address of a schema', (value) => typeof value === 'string');
const anchor = demand(
  'a name that begins with a letter or _ and has letters, digits, -, _ and . only',
  (value) => typeof value === 'string' && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value),
);

const inner: { readonly [P in 'single' | 'list' | 'named']: Shape } = {
  // The schema itself says what is wrong with it, but for what drafts before 2020 had here.
  single: (value, keyword) =>
    keyword === 'items' && Array.isArray(value)
      ? 'Expected items to be one schema for all items, but it is a list: schemas for the first items are prefixItems'
      : undefined,
  list: (value, keyword) =>
    Array.isArray(value) && value.length > 0
      ? undefined
      : `Expected ${keyword} to be a list with at least one schema, but it is ${described(value)}`,
  named: (value, keyword) =>
    isObject(value)
      ? undefined
      : `Expected ${keyword} to be schemas by name in { }, but it is ${described(value)}`,
};

function patterns(value: JsonValue, keyword: string, budget: Budget): string | undefined {
  const wrong = inner.named(value, keyword, budget);
  if (wrong || !isObject(value)) return wrong;
  for (const source of Object.keys(value)) {
    const read = readPattern(source, budget);
    if (!read.ok)
      return `Expected the names of ${keyword} to be patterns, but ${quoted(source)} cannot be used: ${read.why}`;
  }
  return undefined;
}

/** Keywords of JSON Schema 2020-12 and what they take. */
export const shapes: { readonly [keyword: string]: Shape } = {
  ...Object.fromEntries(Object.entries(schemaPlaces).map(([keyword, place]) => [keyword, inner[place]])),
  patternProperties: patterns,
  $schema: demand(
    'https://json-schema.org/draft/2020-12/schema',
    (value) =>
      typeof value === 'string' && /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(value),
  ),
  $id: demand('an address without #', (value) => typeof value === 'string' && /^[^#]*#?$/.test(value)),
  $ref: reference,
  $dynamicRef: reference,
  $anchor: anchor,
  $dynamicAnchor: anchor,
  $comment: text,
  $vocabulary: anything,
  title: text,
  description: text,
  default: anything,
  examples: demand('a list', Array.isArray),
  deprecated: yesOrNo,
  readOnly: yesOrNo,
  writeOnly: yesOrNo,
  const: anything,
  enum: demand('a list of values', Array.isArray),
  type(value) {
    const kinds = Array.isArray(value) ? value : [value];
    const unknown = kinds.find((name) => !isTypeName(name));
    const known = listed(Object.keys(typeWords), 'or');
    if (kinds.length === 0) return `Expected type to be ${known}, but it is an empty list`;
    if (unknown !== undefined) return `Expected type to be ${known}, but it is ${described(unknown)}`;
    return new Set(kinds).size === kinds.length
      ? undefined
      : 'Expected each type once, but one is there twice';
  },
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: demand('a number above 0', (value) => typeof value === 'number' && value > 0),
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minContains: count,
  maxContains: count,
  minProperties: count,
  maxProperties: count,
  uniqueItems: yesOrNo,
  pattern(value, _keyword, budget) {
    if (typeof value !== 'string') return `Expected pattern to be a text, but it is ${described(value)}`;
    const read = readPattern(value, budget);
    return read.ok
      ? undefined
      : `Expected a regular expression that can be used, but ${quoted(value)} cannot: ${read.why}`;
  },
  format: text,
  contentEncoding: text,
  contentMediaType: text,
  required: names,
  dependentRequired(value, keyword) {
    if (!isObject(value))
      return `Expected ${keyword} to be lists of names by name in { }, but it is ${described(value)}`;
    for (const [name, list] of Object.entries(value))
      if (!isTexts(list))
        return `Expected ${quoted(name)} of ${keyword} to be a list of different names, but it is ${described(list)}`;
    return undefined;
  },
  // From before 2019, and still allowed: what they meant is not demanded any more.
  dependencies: anything,
  $recursiveRef: anything,
  $recursiveAnchor: anything,
};

const lowAndHigh = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minContains', 'maxContains'],
] as const;

/** What is a schema and yet no value can meet, or nothing that its author meant: by keyword. */
export function doubts(schema: {
  readonly [keyword: string]: JsonValue;
}): { keyword: string; message: string }[] {
  const found: { keyword: string; message: string }[] = [];
  for (const [low, high] of lowAndHigh) {
    const [least, most] = [schema[low], schema[high]];
    if (typeof least === 'number' && typeof most === 'number' && least > most)
      found.push({
        keyword: low,
        message: `Expected ${low} ≤ ${high}, but ${low} is ${least} and ${high} is ${most}`,
      });
  }
  if (Array.isArray(schema.enum) && schema.enum.length === 0)
    found.push({
      keyword: 'enum',
      message: `Expected enum to have at least ${counted(1, 'value')}, but it has none`,
    });
  for (const keyword of Object.keys(schema)) {
    if (Object.hasOwn(shapes, keyword) || keyword.startsWith('x-')) continue;
    found.push({
      keyword,
      message: `Expected a keyword of JSON Schema, but ${quoted(keyword)} is none and demands nothing`,
    });
  }
  return found;
}
