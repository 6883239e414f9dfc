import { ok, type Result } from '@baton/engine/protocol';
import type { McpConnections, McpServer, McpServerStatus, McpToolView } from '@baton/tools-registry/contract';
import type { mcpServerRoutes } from '../../api/index.ts';
import { callerId, type Principal } from '../../auth/principal.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import { type McpAuthorization, refusedByServer } from './authorization.ts';
import { unsavedServer } from './check.ts';
import type { OpenMcpCredentials } from './credentials.ts';
import type { KnownServer } from './knownServer.ts';
import { type McpServerService, tokenIn } from './service.ts';
import { commandHashOf, listedToolView, messageView, serverView, statusView, toolView } from './views.ts';

export interface McpServerHandling {
  servers: McpServerService;
  connections: McpConnections;
  credentials: OpenMcpCredentials;
  authorization: McpAuthorization;
}

export function mcpServerHandlers({
  servers,
  connections,
  credentials,
  authorization,
}: McpServerHandling): HandlersOf<typeof mcpServerRoutes> {
  async function view(server: KnownServer, asker: Principal) {
    const { tenantId } = server.stored;
    const [tools, usedBy, ofServer, ofAsker] = await Promise.all([
      connections.counts(tenantId, server.id),
      servers.usedBy(server),
      credentials.has(tenantId, server.id, undefined),
      server.auth.kind === 'user' ? credentials.has(tenantId, server.id, callerId(asker)) : undefined,
    ]);
    return serverView(server, {
      status: connections.status(tenantId, server.id),
      commandHash: commandHashOf(server, connections),
      tools,
      credentials: ofServer,
      hasMyToken: ofAsker?.has('value') ?? false,
      usedBy,
    });
  }
  const shown = async (found: Result<KnownServer, Refusal>, principal: Principal) =>
    found.ok ? ok(await view(found.value, principal)) : found;
  const listed = <T>(items: T[]) => ok({ items, total: items.length });
  const checked = (server: Pick<McpServer, 'transport'>, status: McpServerStatus, tools: McpToolView[]) =>
    ok({
      status: statusView(status),
      commandHash: commandHashOf(server, connections),
      tools: tools.filter(({ state }) => state !== 'gone').map(listedToolView),
    });

  return {
    async list({ tenantId, principal, query }) {
      const { items, total } = await servers.list(tenantId, query);
      const views = await Promise.all(items.map((server) => view(server, principal)));
      return ok(listAnswer(views, total, query));
    },
    create: async ({ tenantId, principal, body }) =>
      shown(await servers.create(tenantId, body, principal.username), principal),
    get: async ({ tenantId, principal, params }) => shown(await servers.get(tenantId, params.id), principal),
    replace: async ({ tenantId, principal, params, body, ifMatch }) =>
      shown(await servers.replace(tenantId, params.id, ifMatch ?? '', body, principal.username), principal),
    delete: ({ tenantId, params }) => servers.delete(tenantId, params.id),
    approve: async ({ tenantId, principal, params, body }) =>
      shown(await servers.approve(tenantId, params.id, body.hash, principal.username), principal),

    async check({ tenantId, principal, body, signal }) {
      const unsaved = await unsavedServer({ servers, credentials }, tenantId, body, principal.username);
      if (!unsaved.ok) return unsaved;
      const { server, secrets } = unsaved.value;
      const asked = { user: callerId(principal), secrets };
      const { status, tools } = await connections.check(tenantId, server, asked, signal);
      return checked(server, status, tools);
    },
    async checkSaved({ tenantId, params }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      const status = await connections.recheck(tenantId, params.id);
      return checked(found.value, status, await connections.tools(tenantId, params.id));
    },

    async tools({ tenantId, params }) {
      const found = await servers.get(tenantId, params.id);
      return found.ok ? listed((await connections.tools(tenantId, params.id)).map(toolView)) : found;
    },
    async acceptTools({ tenantId, principal, params, body }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      const accepted = await connections.accept(tenantId, params.id, body.tools, principal.username);
      return accepted.ok ? listed(accepted.value.map(toolView)) : refusedByServer(accepted.failure);
    },
    async resources({ tenantId, params }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      const asked = await connections.resources(tenantId, params.id);
      return asked.ok ? listed(asked.value) : refusedByServer(asked.failure);
    },
    async prompts({ tenantId, params }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      const asked = await connections.prompts(tenantId, params.id);
      return asked.ok ? listed(asked.value) : refusedByServer(asked.failure);
    },
    async request({ tenantId, principal, params, body, signal }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      const user = { user: callerId(principal) };
      const asked = await connections.request(tenantId, params.id, body, user, signal);
      if (!asked.ok) return refusedByServer(asked.failure);
      return ok({ ...asked.value, messages: asked.value.messages.map(messageView) });
    },
    async messages({ tenantId, params }) {
      const found = await servers.get(tenantId, params.id);
      return found.ok ? listed(connections.messages(tenantId, params.id).map(messageView)) : found;
    },

    async authorize({ tenantId, principal, params }) {
      const found = await servers.get(tenantId, params.id);
      return found.ok ? authorization.begin({ tenantId, userId: principal.userId }, found.value) : found;
    },
    async completeAuthorization({ tenantId, principal, body }) {
      const who = { tenantId, userId: principal.userId };
      const begun = authorization.serverOf(who, body.state);
      const found = begun.ok ? await servers.get(tenantId, begun.value) : begun;
      if (!found.ok) return found;
      const done = await authorization.complete(who, found.value, body);
      if (!done.ok) return done;
      await servers.credentialsChanged(tenantId, found.value.id);
      return shown(await servers.get(tenantId, found.value.id), principal);
    },
    async setMyToken({ tenantId, principal, params, body }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      const { auth, name } = found.value;
      if (auth.kind !== 'user')
        return refuse(
          'INVALID_STATE',
          `Expected a server that everybody has a token of their own for, but the authorization of '${name}' is '${auth.kind}'`,
        );
      await credentials.change(tenantId, params.id, callerId(principal), {
        value: tokenIn(auth.header, body.token),
      });
      await servers.credentialsChanged(tenantId, params.id);
      return ok();
    },
    async deleteMyToken({ tenantId, principal, params }) {
      const found = await servers.get(tenantId, params.id);
      if (!found.ok) return found;
      await credentials.change(tenantId, params.id, callerId(principal), { value: null });
      await servers.credentialsChanged(tenantId, params.id);
      return ok();
    },
  };
}
