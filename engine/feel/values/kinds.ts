import { FeelFunction } from './function.ts';
import { Decimal, numberText } from './number.ts';
import { Special } from './special.ts';
import type { Context, Value } from './value.ts';

export function isContext(value: Value): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Special);
}

/** As `instance of` names it. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Special) return value.type;
  if (typeof value === 'object') return 'context';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

/** Values of one kind can be compared; a time with a zone is of another kind than one without. */
export function kindOf(value: Value): unknown {
  if (value === null || typeof value === 'boolean') return typeName(value);
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal) return 'number';
  return value instanceof Special ? value.constructor : typeName(value);
}

/** Functions of a context can be called but not read. */
export function entriesOf(context: Context): [name: string, value: Value][] {
  return Object.entries(context).filter(([, value]) => !(value instanceof FeelFunction));
}

/** As FEEL writes a value, texts in quotes. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(describe).join(', ')}]`;
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal)
    return numberText(value);
  if (isContext(value)) {
    const entries = entriesOf(value).map(([name, entry]) => `${name}:${describe(entry)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

/** Without entries: names are no properties of JavaScript's. */
export function emptyContext(): Context {
  return Object.create(null);
}
