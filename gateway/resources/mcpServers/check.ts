import { failed, ok, type Result } from '@baton/engine/protocol';
import type { McpCheckSecrets, McpServer } from '@baton/tools-registry/contract';
import type { McpServerBody } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { OpenMcpCredentials } from './credentials.ts';
import { originOf } from './knownServer.ts';
import { type McpServerService, settledAuth, tokenIn } from './service.ts';

/** A server that is not saved, as it can be connected to once. */
export interface UnsavedServer {
  server: McpServer;
  secrets: McpCheckSecrets;
}

/**
 * What a form says of a server, with the values of the saved one where it leaves them out: only at the same address, for
 * who does not know them could otherwise have them sent to a server of their own.
 */
export async function unsavedServer(
  { servers, credentials }: { servers: McpServerService; credentials: OpenMcpCredentials },
  tenantId: string,
  { id, ...wish }: McpServerBody & { id?: string | undefined },
  by: string,
): Promise<Result<UnsavedServer, Refusal>> {
  const refused = await servers.refusalOf(wish);
  if (refused) return failed(refused);
  const found = id === undefined ? undefined : await servers.get(tenantId, id);
  if (found && !found.ok) return found;
  const saved = found?.value;
  const kept =
    saved && originOf(saved.transport) === originOf(wish.transport) && saved.auth.kind === wish.auth.kind
      ? await credentials.get(tenantId, saved.id, undefined)
      : undefined;
  const { name, transport, auth, timeout } = wish;
  const own = auth.kind === 'user' && auth.value ? tokenIn(auth.header, auth.value) : undefined;
  const value =
    auth.kind === 'header'
      ? (auth.value ?? kept?.value)
      : auth.kind === 'user' && auth.value !== null
        ? (own ?? kept?.value)
        : undefined;
  const clientSecret =
    auth.kind === 'oauth' && auth.clientSecret !== null
      ? (auth.clientSecret ?? kept?.clientSecret)
      : undefined;
  return ok({
    server: {
      id: saved?.id ?? 'unsaved',
      name,
      transport,
      auth: settledAuth(auth),
      timeout,
      enabled: true,
      revision: 0,
      savedBy: by,
      approval: saved?.approval ?? null,
    },
    secrets: { ...(value !== undefined && { value }), ...(clientSecret !== undefined && { clientSecret }) },
  });
}
