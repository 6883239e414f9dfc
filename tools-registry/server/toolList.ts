import type { Tool } from '@modelcontextprotocol/server';
import type { CatalogTool, JsonSchema, JsonValue } from '../contract/index.ts';

/** Tools in one page of the list: more than most clients ever have, few enough for one message. */
const pageSize = 1_000;

/** The name of the only argument, where a tool takes something else than an object. */
export const soleArgument = 'input';

const isObjectSchema = (schema: JsonSchema): boolean =>
  typeof schema === 'object' && (schema as { type?: unknown }).type === 'object';

/** Whether the tool's input is not an object for sure; MCP knows nothing else, so it travels inside one. */
export function takesSoleArgument({ input }: { input: JsonSchema }): boolean {
  const { type } = input as { type?: unknown };
  return type !== undefined && type !== 'object';
}

export function argumentsOf(tool: CatalogTool, given: { [name: string]: JsonValue }): JsonValue {
  return takesSoleArgument(tool.definition) ? (given[soleArgument] ?? null) : given;
}

/** A tool as MCP lists it. */
export function listedTool({ definition }: CatalogTool): Tool {
  const { name, description, input, output, sideEffect, egress } = definition;
  const inputSchema = takesSoleArgument(definition)
    ? { type: 'object', properties: { [soleArgument]: input }, required: [soleArgument] }
    : { ...(input as object), type: 'object' };
  return {
    name,
    description,
    inputSchema: inputSchema as Tool['inputSchema'],
    // Structured content is an object: where the answer may be something else, it is told as text alone.
    ...(isObjectSchema(output) && { outputSchema: output as Tool['outputSchema'] }),
    annotations: {
      readOnlyHint: !sideEffect,
      destructiveHint: sideEffect,
      idempotentHint: !sideEffect,
      openWorldHint: egress,
    },
  };
}

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** The order of every list: by name, as code units compare, the same on every machine. */
export const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** What follows the cursor, which is the last name before: whatever came or went between two pages, none is told twice. */
export function pageOf<T extends { name: string }>(
  sorted: readonly T[],
  cursor: string | undefined,
): Page<T> {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  const rest = after === undefined ? sorted : sorted.filter(({ name }) => name > after);
  const items = rest.slice(0, pageSize);
  const last = items.at(-1);
  return {
    items,
    ...(last && rest.length > items.length && { nextCursor: Buffer.from(last.name).toString('base64url') }),
  };
}
