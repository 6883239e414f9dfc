import { createHash } from 'node:crypto';
import type { McpToolContract } from '../../../contract/index.ts';

/** sha-256, hex, of all that a server promises of a tool: whatever a model or a caller relies on is in it. */
export function contractHash({ tool, title, description, input, output, annotations }: McpToolContract) {
  return hashOf({ tool, title, description, input, output, annotations });
}

/** sha-256, hex, of JSON whose members are in the order of their names, so that equal values have equal hashes. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}

export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`);
  return `{${members.join(',')}}`;
}
