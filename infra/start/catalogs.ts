import type { AgentCatalog, AgentDefinition, TaskDefinition } from '@baton/engine/agents';
import { readAgentContent } from '@baton/gateway/api';
import type { Resource, ResourceStore } from '@baton/infra/store';

/** A saved resource as its definition: the content under the name it is saved by. */
export function versioned<T>(resource: Resource | undefined): { definition: T; version: number } | undefined {
  if (!resource) return undefined;
  return { definition: { ...(resource.content as T), name: resource.name }, version: resource.version };
}

export function agentCatalog(resources: ResourceStore): AgentCatalog {
  return {
    async agent(tenantId, name, version) {
      const stored = await resources.getByName(tenantId, 'agent', name, version);
      return versioned<AgentDefinition>(stored && { ...stored, content: readAgentContent(stored.content) });
    },
    task: async (tenantId, name, version) =>
      versioned<TaskDefinition>(await resources.getByName(tenantId, 'task', name, version)),
  };
}
