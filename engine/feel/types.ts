import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange } from 'feelin';

/** The FEEL type of a value of the library. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date time';
  if (value instanceof FeelDuration) return 'duration';
  if (isRange(value)) return 'range';
  if (isFunction(value)) return 'function';
  return 'context';
}

/** As warnings print a value. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(describeValue).join(', ')}]`;
  if (typeName(value) === 'context') {
    const entries = Object.entries(value as object).map(([name, entry]) => `${name}:${describeValue(entry)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}
