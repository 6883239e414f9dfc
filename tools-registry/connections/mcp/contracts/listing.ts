import type { Client, Tool } from '@modelcontextprotocol/client';
import type {
  JsonSchema,
  JsonValue,
  McpPromptView,
  McpResourceView,
  McpToolContract,
} from '../../../contract/index.ts';
import { LIST_ENTRIES, LIST_LENGTH, LIST_PAGES, megabytes } from '../wire/wireLimits.ts';

/** A list that is no list; the message is for people. */
export class ListRefused extends Error {}

/** All pages of a list, as far as anybody could read it. */
async function allPages<T>(
  what: string,
  page: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor?: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  const cursors = new Set<string>();
  let length = 0;
  let cursor: string | undefined;
  for (let pages = 0; pages < LIST_PAGES; pages++) {
    const { items, nextCursor } = await page(cursor);
    all.push(...items);
    length += Buffer.byteLength(JSON.stringify(items));
    if (all.length > LIST_ENTRIES || length > LIST_LENGTH) {
      const limit =
        all.length > LIST_ENTRIES ? `${LIST_ENTRIES} ${what}` : `${what} in ${megabytes(LIST_LENGTH)}`;
      throw new ListRefused(`Expected at most ${limit}, but the server lists more`);
    }
    if (nextCursor === undefined || nextCursor === '') return all;
    if (cursors.has(nextCursor)) {
      throw new ListRefused(`Expected pages of ${what} that end, but the server goes in a circle`);
    }
    cursors.add(nextCursor);
    cursor = nextCursor;
  }
  throw new ListRefused(`Expected at most ${LIST_PAGES} pages of ${what}, but the server has more`);
}

export interface ListOptions {
  signal: AbortSignal;
  timeout: number;
}

const at = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

export async function listTools(client: Client, options: ListOptions): Promise<McpToolContract[]> {
  if (!client.getServerCapabilities()?.tools) return [];
  const tools = await allPages('tools', async (cursor) => {
    const { tools: items, nextCursor } = await client.request(
      { method: 'tools/list', params: at(cursor) },
      options,
    );
    return { items, nextCursor };
  });
  const contracts = tools.map(contractOf);
  const names = contracts.map(({ tool }) => tool);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ListRefused(`Expected each tool once, but the server lists two that are called '${twice}'`);
  }
  return contracts;
}

function contractOf({
  name,
  title,
  description,
  inputSchema,
  outputSchema,
  annotations,
}: Tool): McpToolContract {
  return {
    tool: name,
    ...(title !== undefined && { title }),
    description: description ?? '',
    input: inputSchema as JsonSchema,
    output: (outputSchema ?? {}) as JsonSchema,
    annotations: (annotations ?? {}) as { [name: string]: JsonValue },
  };
}

export async function listResources(client: Client, options: ListOptions): Promise<McpResourceView[]> {
  if (!client.getServerCapabilities()?.resources) return [];
  const resources = await allPages('resources', async (cursor) => {
    const { resources: items, nextCursor } = await client.request(
      { method: 'resources/list', params: at(cursor) },
      options,
    );
    return { items, nextCursor };
  });
  const templates = await allPages('resource templates', async (cursor) => {
    const { resourceTemplates: items, nextCursor } = await client.request(
      { method: 'resources/templates/list', params: at(cursor) },
      options,
    );
    return { items, nextCursor };
  }).catch((error: unknown) => {
    // Templates are optional to answer for: a server that has none may not know the request.
    if ((error as { code?: unknown }).code === -32_601) return [];
    throw error;
  });
  return [
    ...resources.map((resource) => ({ ...told(resource), uri: resource.uri, template: false })),
    ...templates.map((template) => ({ ...told(template), uri: template.uriTemplate, template: true })),
  ];
}

interface Told {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  mimeType?: string | undefined;
}

function told({ name, title, description, mimeType }: Told) {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(mimeType !== undefined && { mimeType }),
  };
}

export async function listPrompts(client: Client, options: ListOptions): Promise<McpPromptView[]> {
  if (!client.getServerCapabilities()?.prompts) return [];
  const prompts = await allPages('prompts', async (cursor) => {
    const { prompts: items, nextCursor } = await client.request(
      { method: 'prompts/list', params: at(cursor) },
      options,
    );
    return { items, nextCursor };
  });
  return prompts.map((prompt) => ({
    ...told(prompt),
    arguments: (prompt.arguments ?? []).map(({ name, description, required }) => ({
      name,
      ...(description !== undefined && { description }),
      required: required === true,
    })),
  }));
}
