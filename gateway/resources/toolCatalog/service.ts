import { ok, type Result } from '@baton/engine/protocol';
import type { ResourceStore, ToolGrantStore } from '@baton/infra/store';
import { type CatalogTool, noCapabilities, notGranted } from '@baton/tools-registry/contract';
import type { CatalogEntry, ToolUsage } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { referenceTo } from '../versioned/references.ts';
import type { FoundTool, FoundTools, ToolSearch, ToolSearchRequest } from './ports.ts';

/** Users of a tool told with it. */
const toldUsers = 200;

export interface ToolCatalogService {
  search(
    tenantId: string,
    request: ToolSearchRequest,
  ): Promise<Omit<FoundTools, 'items'> & { items: CatalogEntry[] }>;
  /** @param sees whether who asks may know of it: what they may not is as if it were not there */
  get(tenantId: string, name: string, sees: (name: string) => boolean): Promise<Result<CatalogTool, Refusal>>;
  entry(tenantId: string, found: FoundTool): Promise<CatalogEntry>;
  usage(tenantId: string, name: string): Promise<ToolUsage>;
}

export function createToolCatalogService({
  tools,
  resources,
  grants,
}: {
  tools: ToolSearch;
  resources: Pick<ResourceStore, 'referring'>;
  grants: Pick<ToolGrantStore, 'get'>;
}): ToolCatalogService {
  async function stateOf(
    tenantId: string,
    { id, definition, state = 'ready' }: CatalogTool,
  ): Promise<CatalogEntry['state']> {
    if (state !== 'ready') return state;
    const { capabilities } = definition;
    if (!notGranted(capabilities, noCapabilities)) return 'ready';
    return notGranted(capabilities, (await grants.get(tenantId, id)) ?? noCapabilities)
      ? 'notGranted'
      : 'ready';
  }

  async function entry(tenantId: string, { tool, score }: FoundTool): Promise<CatalogEntry> {
    const { id, definition, version, origin } = tool;
    const { name, description, tags = [], sideEffect, egress, approval } = definition;
    return {
      id,
      name,
      description,
      tags: [...tags],
      origin,
      version,
      sideEffect,
      egress,
      approval,
      state: await stateOf(tenantId, tool),
      ...(score === undefined ? {} : { score }),
    };
  }

  return {
    entry,
    async search(tenantId, request) {
      const { items, ...found } = await tools.search(tenantId, request);
      return { ...found, items: await Promise.all(items.map((each) => entry(tenantId, each))) };
    },
    async get(tenantId, name, sees) {
      const found = sees(name) ? await tools.get(tenantId, name) : undefined;
      return found
        ? ok(found)
        : refuse('NOT_FOUND', `Expected a tool '${name}', but there is none that you may see`);
    },
    async usage(tenantId, name) {
      const users = async (kind: 'agent' | 'workflow') => {
        const page = { limit: toldUsers, offset: 0 };
        const { items } = await resources.referring(tenantId, kind, referenceTo('tool', name), page);
        return items.map((user) => ({ id: user.id, name: user.name }));
      };
      const [agents, workflows] = await Promise.all([users('agent'), users('workflow')]);
      return { agents, workflows };
    },
  };
}
