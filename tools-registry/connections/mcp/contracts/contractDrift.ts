import type { JsonValue, McpDifference, McpToolContract } from '../../../contract/index.ts';
import { canonicalText } from './contractHash.ts';

/** Differences that are told; a contract that changed altogether is read as a whole. */
const TOLD = 100;
/** Characters of a value in a line for people. */
const SHOWN = 300;

const parts = ['title', 'description', 'input', 'output', 'annotations'] as const;

/** What the server says of a tool now, compared with what was accepted. */
export function contractDrift(
  accepted: McpToolContract,
  seen: McpToolContract,
): { changes: McpDifference[]; text: string } {
  const all = parts.flatMap((part) => differences(part, accepted[part], seen[part]));
  const changes = all.slice(0, TOLD);
  const lines = changes.map(line);
  if (all.length > TOLD) lines.push(`and ${all.length - TOLD} more`);
  return { changes, text: lines.join('\n') };
}

function differences(place: string, accepted: Part, seen: Part): McpDifference[] {
  if (canonicalText(accepted) === canonicalText(seen)) return [];
  if (isObject(accepted) && isObject(seen)) {
    const names = [...new Set([...Object.keys(accepted), ...Object.keys(seen)])].sort();
    return names.flatMap((name) => differences(`${place}/${name}`, own(accepted, name), own(seen, name)));
  }
  return [
    {
      place,
      ...(accepted !== undefined && { accepted: accepted as JsonValue }),
      ...(seen !== undefined && { seen: seen as JsonValue }),
    },
  ];
}

type Part = unknown;

function isObject(value: Part): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, name: string): Part {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function line({ place, accepted, seen }: McpDifference): string {
  if (accepted === undefined) return `${place}: new ${shown(seen)}`;
  if (seen === undefined) return `${place}: gone, was ${shown(accepted)}`;
  return `${place}: ${shown(accepted)} → ${shown(seen)}`;
}

function shown(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
