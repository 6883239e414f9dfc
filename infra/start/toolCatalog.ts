import type { Resource, ResourceStore } from '@baton/infra/store';
import {
  type CatalogTool,
  readToolDefinition,
  type ToolCatalog,
  type ToolDefinition,
} from '@baton/tools-registry/contract';

const MANY = 1_000;

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
      const { items } = await resources.list(tenantId, 'tool', { limit: MANY, offset: 0 });
      return items.map(catalogTool);
    },
  };
}
