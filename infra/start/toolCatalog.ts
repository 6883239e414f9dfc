import type { Resource, ResourceStore } from '@baton/infra/store';
import {
  type CatalogTool,
  readToolDefinition,
  type ToolCatalog,
  type ToolDefinition,
} from '@baton/tools-registry/contract';

/** Read at once. */
const PORTION = 2_000;

function catalogTool({ id, name, version, content }: Resource): CatalogTool {
  const definition = readToolDefinition({ ...(content as Partial<ToolDefinition>), name });
  return { id, definition, version, origin: { kind: 'saved' } };
}

/** A tenant's saved tools. */
export function toolCatalog(resources: ResourceStore): ToolCatalog {
  return {
    async get(tenantId, name, version) {
      const found = await resources.getByName(tenantId, 'tool', name, version);
      return found && catalogTool(found);
    },
    async list(tenantId) {
      const found: CatalogTool[] = [];
      for (;;) {
        const page = { limit: PORTION, offset: found.length };
        const { items, total } = await resources.list(tenantId, 'tool', page);
        found.push(...items.map(catalogTool));
        if (items.length === 0 || found.length >= total) return found;
      }
    },
  };
}
