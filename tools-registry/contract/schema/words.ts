import type { JsonValue } from '../json.ts';

export type TypeName = 'null' | 'boolean' | 'number' | 'integer' | 'string' | 'array' | 'object';

/** JSON's types as people call them. */
export const typeWords: { readonly [T in TypeName]: string } = {
  null: 'null',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
};

export function isTypeName(name: unknown): name is TypeName {
  return typeof name === 'string' && Object.hasOwn(typeWords, name);
}

export function isObject(value: unknown): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters of a value that a sentence shows. */
const SHOWN = 60;

function shortened(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** A value where a sentence lists what is allowed. */
export function quoted(value: JsonValue): string {
  if (typeof value === 'string')
    return value.length <= SHOWN ? JSON.stringify(value) : `"${value.slice(0, SHOWN)}…"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return `an object with ${listed(Object.keys(value).map(shortened), 'and')}`;
  return String(value);
}

/** A value as the end of "but it is …". */
export function described(value: JsonValue): string {
  switch (typeof value) {
    case 'string':
      return value === '' ? 'the empty text' : `the text ${quoted(value)}`;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return 'null';
      if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : `a list of ${counted(value.length, 'item')}`;
      return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  }
}

/** Names that a sentence lists before it says how many more there are. */
const LISTED = 10;

/** `a, b or c`. */
export function listed(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length === 0) return 'nothing';
  if (words.length > LISTED)
    return `${words.slice(0, LISTED).join(', ')} ${last} ${words.length - LISTED} more`;
  if (words.length === 1) return words[0]!;
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `1 item`, `3 items`. */
export function counted(count: number, what: string): string {
  if (count === 1) return `1 ${what}`;
  return `${count} ${what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`}`;
}
