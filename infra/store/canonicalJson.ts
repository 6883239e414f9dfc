import { createHash } from 'node:crypto';

/** JSON with the members of every object in code-unit order of their names and no white space: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  return written(JSON.parse(JSON.stringify(value ?? null, withDigits)));
}

/** An integer of 64 bits that no double holds keeps its digits. */
function withDigits(_name: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : { integer: value.toString() };
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`);
  return `{${members.join(',')}}`;
}

/** sha-256 of the canonical JSON, hex: what a value is known by. */
export function jsonHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** What a version of a resource is known by. */
export const contentHash = (name: string, content: unknown): string => jsonHash({ name, content });
