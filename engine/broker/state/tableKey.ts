import { createHash } from 'node:crypto';
import { BrokerError } from '../errors.ts';
import type { TableKey } from './store.ts';

/** What LMDB takes as a key, less room for the separators of its encoding. */
const MAX_KEY_BYTES = 1900;

/** Texts of up to so many letters stand in a key as they are; four of the longest fit in one key. */
export const MAX_PART = 150;

/** A text of any length as a part of a key: a long one by its hash, made longer than every text that stands for itself. */
export function keyPart(text: string): string {
  if (text.length <= MAX_PART) return text;
  return createHash('sha256').update(text).digest('hex').repeat(3);
}

function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let left = a.charCodeAt(i);
    let right = b.charCodeAt(i);
    if (left === right) continue;
    // UTF-8 sorts by code point: surrogate pairs come after every character of the basic plane
    if (left >= 0xd800 && right >= 0xd800) {
      left += left >= 0xe000 ? -0x800 : 0x2000;
      right += right >= 0xe000 ? -0x800 : 0x2000;
    }
    return left - right;
  }
  return a.length - b.length;
}

function compareParts(a: number | string, b: number | string): number {
  if (typeof a === 'number') return typeof b === 'number' ? (a < b ? -1 : a > b ? 1 : 0) : -1;
  return typeof b === 'number' ? 1 : a === b ? 0 : compareStrings(a, b);
}

/** The order of LMDB's keys: numbers before strings, arrays element by element, a prefix before what it begins. */
export function compareKeys(a: TableKey, b: TableKey): number {
  if (typeof a !== 'object') {
    if (typeof b !== 'object') return compareParts(a, b);
    return compareKeys([a], b);
  }
  if (typeof b !== 'object') return compareKeys(a, [b]);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareParts(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Throws where a key could not be stored, while the command that wants it can still be undone. */
export function checkKey(table: string, key: TableKey): void {
  if (typeof key === 'number') return;
  let length = 0;
  if (typeof key === 'string') length = key.length;
  else for (const part of key) length += typeof part === 'string' ? part.length : 9;
  if (length * 3 <= MAX_KEY_BYTES) return;
  let bytes = 0;
  for (const part of typeof key === 'string' ? [key] : key) {
    bytes += typeof part === 'string' ? Buffer.byteLength(part) + 1 : 10;
  }
  if (bytes <= MAX_KEY_BYTES) return;
  throw new BrokerError(
    'STATE_KEY_TOO_LONG',
    `Expected a key of at most ${MAX_KEY_BYTES} bytes in table '${table}', but it has ${bytes}`,
    { table, bytes },
  );
}
