import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import { FeelFunction } from './values/function.ts';
import { entriesOf } from './values/kinds.ts';
import { integer, toDecimal } from './values/number.ts';
import { Special } from './values/special.ts';
import type { Context, Value } from './values/value.ts';

/** A value as it is written into variables: temporal values as ISO strings, integers of 64 bits. What is JSON already is not copied. */
export function toJson(value: Value): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return ofDouble(value);
  if (typeof value === 'bigint') return integer(BigInt.asIntN(64, value)) as JsonValue;
  if (value instanceof Special) return value.toJson() as JsonValue;
  return Array.isArray(value) ? ofList(value) : ofContext(value);
}

function ofDouble(value: number): JsonValue {
  // JSON knows no negative zero
  if (Number.isSafeInteger(value)) return value + 0;
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) ? (toDecimal(value).toJson() as JsonValue) : value;
}

function ofList(list: Value[]): JsonValue {
  let copy: JsonValue[] | undefined;
  for (const [index, item] of list.entries()) {
    const json = toJson(item);
    if (json !== item && !copy) copy = list.slice(0, index) as JsonValue[];
    copy?.push(json);
  }
  return copy ?? (list as JsonValue[]);
}

function ofContext(context: Context): JsonValue {
  if (Object.getPrototypeOf(context) !== Object.prototype) return ofMade(context);
  const entries = Object.entries(context);
  const made = entries.map(
    ([name, value]) => [name, value instanceof FeelFunction ? null : toJson(value)] as const,
  );
  const changed = made.some(([, json], index) => json !== entries[index]![1]);
  // defines `__proto__` as any other name
  return changed ? Object.fromEntries(made) : (context as JsonValue);
}

/** A context that an expression made: its functions cannot be read. */
function ofMade(context: Context): JsonValue {
  if (Object.hasOwn(context, '__proto__'))
    return Object.fromEntries(entriesOf(context).map(([name, value]) => [name, toJson(value)]));
  const json: JsonObject = {};
  for (const name in context) {
    const value = context[name]!;
    if (!(value instanceof FeelFunction)) json[name] = toJson(value);
  }
  return json;
}
