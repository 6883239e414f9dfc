import type { CatalogTool, ToolCatalog, ToolOrigin } from '../contract/index.ts';

export interface ToolSearchRequest {
  q?: string | undefined;
  tag?: string | undefined;
  origin?: ToolOrigin['kind'] | undefined;
  /** Name of an MCP server. */
  server?: string | undefined;
  limit: number;
  offset: number;
  /** Whether who asks may know of the tool. */
  sees(name: string): boolean;
}

export interface FoundTools {
  items: { tool: CatalogTool; score?: number }[];
  total: number;
  /** Of all that were found, the most frequent first. */
  tags: { tag: string; count: number }[];
}

export interface ToolSearch {
  search(tenantId: string, request: ToolSearchRequest): Promise<FoundTools>;
  get(tenantId: string, name: string): Promise<CatalogTool | undefined>;
}

/** Finds tools of every source. */
export function createToolSearch(catalog: ToolCatalog): ToolSearch {
  return {
    async search(tenantId, { q, tag, origin, server, sees, limit, offset }) {
      const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const found = (await catalog.list(tenantId))
        .filter(({ definition, origin: from }) => {
          const text = `${definition.name} ${definition.description}`.toLowerCase();
          return (
            sees(definition.name) &&
            words.every((word) => text.includes(word)) &&
            (tag === undefined || definition.tags?.includes(tag)) &&
            (origin === undefined || from.kind === origin) &&
            (server === undefined || (from.kind === 'mcp' && from.server === server))
          );
        })
        .sort((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
      return {
        items: found.slice(offset, offset + limit).map((tool) => (q ? { tool, score: 1 } : { tool })),
        total: found.length,
        tags: tagsOf(found),
      };
    },
    get: (tenantId, name) => catalog.get(tenantId, name, undefined),
  };
}

function tagsOf(tools: readonly CatalogTool[]): FoundTools['tags'] {
  const counts = new Map<string, number>();
  for (const { definition } of tools)
    for (const tag of definition.tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
}
