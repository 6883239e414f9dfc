import type { Keyword } from '../schemaNode.ts';
import { allOf, anyOf, if as condition, not, oneOf } from './combining.ts';
import { contains, items, maxItems, minItems, prefixItems, uniqueItems } from './lists.ts';
import { exclusiveMaximum, exclusiveMinimum, maximum, minimum, multipleOf } from './numbers.ts';
import {
  additionalProperties,
  dependentRequired,
  dependentSchemas,
  maxProperties,
  minProperties,
  patternProperties,
  properties,
  propertyNames,
  required,
} from './objects.ts';
import { $dynamicRef, $ref } from './references.ts';
import { format, maxLength, minLength, pattern } from './texts.ts';
import { unevaluatedItems, unevaluatedProperties } from './unevaluated.ts';
import { const as constant, enum as enumeration, type } from './values.ts';

/** Keywords that demand something, in the order they are asked: kind first, what others leave over last. */
export const keywords = {
  type,
  const: constant,
  enum: enumeration,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
  minLength,
  maxLength,
  pattern,
  format,
  required,
  minProperties,
  maxProperties,
  properties,
  patternProperties,
  additionalProperties,
  propertyNames,
  dependentRequired,
  dependentSchemas,
  minItems,
  maxItems,
  uniqueItems,
  prefixItems,
  items,
  contains,
  allOf,
  anyOf,
  oneOf,
  not,
  if: condition,
  $ref,
  $dynamicRef,
  unevaluatedItems,
  unevaluatedProperties,
} satisfies { [keyword: string]: Keyword };
