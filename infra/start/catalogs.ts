import type { AgentCatalog, PromptDefinition, SavedAgent, TaskDefinition } from '@baton/engine/agents';
import type { GuardrailPolicy } from '@baton/engine/guardrails';
import { readAgentContent } from '@baton/gateway/api';
import type { Resource, ResourceStore } from '@baton/infra/store';

/** A saved resource as its definition: the content under the name it is saved by. */
export function versioned<T>(resource: Resource | undefined): { definition: T; version: number } | undefined {
  if (!resource) return undefined;
  return { definition: { ...(resource.content as T), name: resource.name }, version: resource.version };
}

/** Versions whose definitions are kept as they were made: who keeps something about a definition finds it again. */
const keptVersions = 2_000;

/** A version never changes: it is one and the same definition for all who ask, as long as it is asked for. */
function remembering<D extends object>(read: (resource: Resource) => D) {
  const known = new Map<string, D>();
  return (resource: Resource | undefined): D | undefined => {
    if (!resource) return undefined;
    const { tenantId, kind, id, version, hash } = resource;
    const key = JSON.stringify([tenantId, kind, id, version, hash]);
    const definition = known.get(key) ?? read(resource);
    known.delete(key);
    known.set(key, definition);
    if (known.size > keptVersions) known.delete(known.keys().next().value!);
    return definition;
  };
}

export function agentCatalog(resources: ResourceStore): AgentCatalog {
  const agentOf = remembering(
    (stored): SavedAgent => ({
      id: stored.id,
      version: stored.version,
      definition: { ...readAgentContent(stored.content), name: stored.name },
    }),
  );
  const taskOf = remembering((stored) => versioned<TaskDefinition>(stored)!);
  return {
    agent: async (tenantId, name, version) =>
      agentOf(await resources.getByName(tenantId, 'agent', name, version)),
    task: async (tenantId, name, version) =>
      taskOf(await resources.getByName(tenantId, 'task', name, version)),
    prompt: async (tenantId, name, version) =>
      versioned<PromptDefinition>(await resources.getByName(tenantId, 'prompt', name, version)),
    policy: async (tenantId, name) =>
      versioned<GuardrailPolicy>(await resources.getByName(tenantId, 'policy', name)),
  };
}
