import type { AgentCatalog, AgentDefinition, TaskDefinition } from '@baton/engine/agents';
import type { Resource, ResourceStore } from '@baton/infra/store';
import type { ToolCatalog, ToolDefinition } from '@baton/tools-registry/contract';

const MANY = 1_000;

/** A saved resource as its definition: the content under the name it is saved by. */
function versioned<T>(resource: Resource | undefined): { definition: T; version: number } | undefined {
  if (!resource) return undefined;
  return { definition: { ...(resource.content as T), name: resource.name }, version: resource.version };
}

export function agentCatalog(resources: ResourceStore): AgentCatalog {
  return {
    agent: async (tenantId, name, version) =>
      versioned<AgentDefinition>(await resources.getByName(tenantId, 'agent', name, version)),
    task: async (tenantId, name, version) =>
      versioned<TaskDefinition>(await resources.getByName(tenantId, 'task', name, version)),
  };
}

export function toolCatalog(resources: ResourceStore): ToolCatalog {
  return {
    get: async (tenantId, name, version) =>
      versioned<ToolDefinition>(await resources.getByName(tenantId, 'tool', name, version)),
    list: async (tenantId) => {
      const { items } = await resources.list(tenantId, 'tool', { limit: MANY, offset: 0 });
      return items.flatMap((resource) => versioned<ToolDefinition>(resource) ?? []);
    },
  };
}
