import type { AgentCatalog, AgentDefinition, PromptDefinition, TaskDefinition } from '@baton/engine/agents';
import type { GuardrailPolicy } from '@baton/engine/guardrails';
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
      const agent = versioned<AgentDefinition>(
        stored && { ...stored, content: readAgentContent(stored.content) },
      );
      return agent && stored && { ...agent, id: stored.id };
    },
    task: async (tenantId, name, version) =>
      versioned<TaskDefinition>(await resources.getByName(tenantId, 'task', name, version)),
    prompt: async (tenantId, name, version) =>
      versioned<PromptDefinition>(await resources.getByName(tenantId, 'prompt', name, version)),
    policy: async (tenantId, name) =>
      versioned<GuardrailPolicy>(await resources.getByName(tenantId, 'policy', name)),
  };
}
