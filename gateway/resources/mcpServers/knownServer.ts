import type { McpServerStore, McpServer as StoredMcpServer } from '@baton/infra/store';
import type { McpAuth, McpServer, McpTransport } from '@baton/tools-registry/contract';

/** A stored server as the connections know it, and how it is stored. */
export interface KnownServer extends McpServer {
  stored: StoredMcpServer;
}

export function knownServer(stored: StoredMcpServer): KnownServer {
  const { id, name, timeout, enabled, revision, changedBy, approval } = stored;
  return {
    id,
    name,
    transport: stored.transport as McpTransport,
    auth: stored.auth as McpAuth,
    timeout,
    enabled,
    revision,
    savedBy: changedBy,
    approval: approval ? { ...approval, at: approval.at.getTime() } : null,
    stored,
  };
}

/** The tenants' servers, as the connections read them. */
export function savedMcpServers(store: McpServerStore) {
  const read = (stored: StoredMcpServer | undefined) => stored && knownServer(stored);
  return {
    list: async (tenantId: string) => (await store.all(tenantId)).map(knownServer),
    get: async (tenantId: string, id: string) => read(await store.get(tenantId, id)),
    getByName: async (tenantId: string, name: string) => read(await store.getByName(tenantId, name)),
  };
}

/** Where credentials are shown; a program has none. */
export function originOf(transport: McpTransport): string | undefined {
  return transport.kind === 'stdio' ? undefined : new URL(transport.url).origin;
}
