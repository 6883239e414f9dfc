import { ok, type Result } from '@baton/engine/protocol';
import type { ToolGrant, ToolGrantStore } from '@baton/infra/store';
import {
  type Capabilities,
  type CatalogTool,
  noCapabilities,
  notGranted,
} from '@baton/tools-registry/contract';
import { type ToolContent, type ToolGrants, toolContent } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';

/** What an admin grants a tool. It belongs to the tool's id: another tool that takes the name has nothing of it. */
export interface ToolGrantService {
  get(tenantId: string, id: string): Promise<Result<ToolGrants, Refusal>>;
  set(tenantId: string, id: string, granted: Capabilities, by: string): Promise<Result<ToolGrants, Refusal>>;
}

export function createToolGrantService(
  tools: Pick<VersionedService<ToolContent>, 'get'>,
  store: ToolGrantStore,
  now: () => number,
  builtIn: (id: string) => CatalogTool | undefined,
): ToolGrantService {
  const told = (declared: Capabilities, grant: ToolGrant | undefined): ToolGrants => {
    const missing = notGranted(declared, grant ?? noCapabilities);
    return {
      declared: copied(declared),
      granted: copied(grant ?? noCapabilities),
      missing: missing ? copied(missing) : null,
      grantedBy: grant?.grantedBy ?? null,
      grantedAt: grant?.grantedAt.toISOString() ?? null,
    };
  };
  /** What the latest version declares; one from before there were capabilities declares none. */
  async function declaredBy(tenantId: string, id: string): Promise<Result<Capabilities, Refusal>> {
    const ofProduct = builtIn(id);
    if (ofProduct) return ok(ofProduct.definition.capabilities);
    const found = await tools.get(tenantId, id, undefined);
    if (!found.ok) return found;
    const read = toolContent.safeParse(found.value.content);
    return ok(read.success ? read.data.capabilities : noCapabilities);
  }
  return {
    async get(tenantId, id) {
      const declared = await declaredBy(tenantId, id);
      return declared.ok ? ok(told(declared.value, await store.get(tenantId, id))) : declared;
    },
    async set(tenantId, id, granted, by) {
      const declared = await declaredBy(tenantId, id);
      if (!declared.ok) return declared;
      const grant = { ...copied(granted), grantedBy: by, grantedAt: new Date(now()) };
      await store.set(tenantId, id, grant);
      return ok(told(declared.value, grant));
    },
  };
}

function copied({ network, secrets, connections, models, files, memory, questions }: Capabilities) {
  return {
    network: [...network],
    secrets: [...secrets],
    connections: [...connections],
    models: [...models],
    files,
    memory,
    questions,
  };
}
