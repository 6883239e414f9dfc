import type { JsonValue } from '../json.ts';
import { escapeStep } from './place.ts';
import { isObject } from './words.ts';

/** Where schemas stand in a schema (core, section 10; validation; `definitions` from before 2019). */
const single = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
];
const inLists = ['prefixItems', 'allOf', 'anyOf', 'oneOf'];
const byName = ['$defs', 'definitions', 'properties', 'patternProperties', 'dependentSchemas'];

export const schemaPlaces: { readonly [keyword: string]: 'single' | 'list' | 'named' } = Object.fromEntries([
  ...single.map((keyword) => [keyword, 'single']),
  ...inLists.map((keyword) => [keyword, 'list']),
  ...byName.map((keyword) => [keyword, 'named']),
]);

/** The schemas that stand in a schema, with their JSON pointers. */
export function subschemasOf(schema: JsonValue, pointer: string): { schema: JsonValue; pointer: string }[] {
  if (!isObject(schema)) return [];
  const found: { schema: JsonValue; pointer: string }[] = [];
  for (const keyword of Object.keys(schema)) {
    if (!Object.hasOwn(schemaPlaces, keyword)) continue;
    const place = schemaPlaces[keyword];
    const inner = schema[keyword]!;
    const at = `${pointer}/${keyword}`;
    if (place === 'single') found.push({ schema: inner, pointer: at });
    else if (place === 'list' && Array.isArray(inner))
      inner.forEach((one, index) => void found.push({ schema: one, pointer: `${at}/${index}` }));
    else if (place === 'named' && isObject(inner))
      for (const name of Object.keys(inner))
        found.push({ schema: inner[name]!, pointer: `${at}/${escapeStep(name)}` });
  }
  return found;
}
