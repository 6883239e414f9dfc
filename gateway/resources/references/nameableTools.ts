import type { McpServerStore, ResourceStore } from '@baton/infra/store';
import {
  isBuiltInSource,
  type McpConnections,
  sourceOfName,
  type ToolDefinition,
} from '@baton/tools-registry/contract';
import type { ToolSearch } from '../toolCatalog/ports.ts';

/** A tool as whoever names it has to know it. */
export interface NameableTool {
  /** Of a tool whose author says so. */
  approval?: Partial<Pick<ToolDefinition, 'sideEffect' | 'approval'>>;
  /** Its server says something else of it than what was accepted: calls of it wait for an admin. */
  quarantined: boolean;
}

/** Tools that agents may name: the tenant's own, the product's, and accepted ones of MCP servers. */
export interface NameableTools {
  find(tenantId: string, name: string): Promise<NameableTool | undefined>;
}

export function nameableTools({
  resources,
  search,
  servers,
  connections,
}: {
  resources: ResourceStore;
  search: ToolSearch;
  servers: McpServerStore;
  connections: Pick<McpConnections, 'tools'>;
}): NameableTools {
  return {
    async find(tenantId, name) {
      const source = sourceOfName(name);
      if (source === undefined) {
        const found = await resources.getByName(tenantId, 'tool', name);
        return found && { approval: found.content as Partial<ToolDefinition>, quarantined: false };
      }
      if (isBuiltInSource(source)) {
        const found = await search.get(tenantId, name);
        return found && { approval: found.definition, quarantined: false };
      }
      const server = await servers.getByName(tenantId, source);
      const tools = server ? await connections.tools(tenantId, server.id) : [];
      const found = tools.find((tool) => tool.name === name);
      return found && (found.state === 'locked' || found.state === 'quarantined')
        ? { quarantined: found.state === 'quarantined' }
        : undefined;
    },
  };
}
