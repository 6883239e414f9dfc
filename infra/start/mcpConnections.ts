import type { Schedule } from '@baton/engine/client';
import { createMcpCredentials, type McpServerAccess, type Secrets, savedMcpServers } from '@baton/gateway';
import type { DocumentStore } from '@baton/infra/store';
import { createMcpConnections, type McpLockStore, type McpNews, ownProcesses } from '@baton/tools-registry';
import type { Logger } from 'pino';
import type { Programs } from './mcpPrograms.ts';

export interface McpServersOptions {
  store: Pick<DocumentStore, 'mcpServers' | 'mcpLocks' | 'mcpCredentials'>;
  secrets: Secrets;
  /** A secret of the tenant, for the environment of a program. */
  secret(tenantId: string, name: string): Promise<string | undefined>;
  outbound: { fetch: typeof fetch; refusal: McpServerAccess['refusal'] };
  /** `undefined`: this installation starts none. */
  programs: Programs | undefined;
  now(): number;
  schedule: Schedule;
  version: string;
  changed(tenantId: string, serverId: string, news: McpNews): void;
  log: Logger;
}

/** The tenants' MCP servers over the stores of the product. */
export function openMcpServers({
  store,
  secrets,
  secret,
  outbound,
  programs,
  now,
  schedule,
  version,
  changed,
  log,
}: McpServersOptions): McpServerAccess {
  const credentials = createMcpCredentials({ store: store.mcpCredentials, secrets, log });
  const connections = createMcpConnections({
    servers: savedMcpServers(store.mcpServers),
    // What the connections wrote is what they read.
    locks: store.mcpLocks as unknown as McpLockStore,
    credentials,
    secret,
    fetch: outbound.fetch,
    startProcess: programs && ownProcesses({ ...programs, schedule }),
    now,
    schedule,
    product: { name: 'Baton', version },
    changed,
  });
  return { connections, credentials, programs: programs !== undefined, refusal: outbound.refusal };
}
