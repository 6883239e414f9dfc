import type { JsonValue } from '@baton/engine/protocol';
import { typeName } from './types.ts';

/** A value of the library as it is written into variables: temporal values as ISO strings. */
export function toJson(value: unknown): JsonValue {
  switch (typeName(value)) {
    case 'null':
    case 'function':
      return null;
    case 'number':
      // JSON knows no negative zero
      return Number.isFinite(value) ? (value as number) + 0 : null;
    case 'string':
    case 'boolean':
      return value as string | boolean;
    case 'list':
      return (value as unknown[]).map(toJson);
    case 'time':
      // whole minutes are written without seconds, as Zeebe does
      return String(value).replace(/^(\d\d:\d\d):00(?![.\d])/, '$1');
    case 'context':
      return Object.fromEntries(
        Object.entries(value as object).map(([name, entry]) => [name, toJson(entry)]),
      );
    default:
      return String(value);
  }
}
