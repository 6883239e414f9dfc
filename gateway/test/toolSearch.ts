import type { ResourceStore } from '@baton/infra/store';
import { type CatalogTool, readToolDefinition, type ToolDefinition } from '@baton/tools-registry/contract';
import type { ToolSearch } from '../index.ts';

/** Finds saved tools by a word of their name or description, as long as there are few. */
export function plainToolSearch(resources: ResourceStore): ToolSearch {
  async function toolsOf(tenantId: string): Promise<CatalogTool[]> {
    const { items } = await resources.list(tenantId, 'tool', { limit: 1_000, offset: 0 });
    return items.map(({ id, name, version, content }) => ({
      id,
      version,
      origin: { kind: 'saved' },
      definition: readToolDefinition({ ...(content as Partial<ToolDefinition>), name }),
    }));
  }
  return {
    async search(tenantId, { q, tag, origin, sees, limit, offset }) {
      const found = (await toolsOf(tenantId)).filter(
        ({ definition: { name, description, tags = [] }, origin: { kind } }) =>
          sees(name) &&
          (q === undefined || `${name} ${description}`.includes(q)) &&
          (tag === undefined || tags.includes(tag)) &&
          (origin === undefined || kind === origin),
      );
      const items = found.slice(offset, offset + limit);
      return {
        items: items.map((tool) => (q === undefined ? { tool } : { tool, score: 1 })),
        total: found.length,
        tags: [],
      };
    },
    get: async (tenantId, name) =>
      (await toolsOf(tenantId)).find(({ definition }) => definition.name === name),
  };
}
