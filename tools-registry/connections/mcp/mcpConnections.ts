import type {
  McpConnections,
  McpFailureCode,
  McpResult,
  McpServer,
  McpServerStatus,
  McpToolView,
} from '../../contract/index.ts';
import { createMask } from '../../host/mask.ts';
import { commandHash } from './commandHash.ts';
import { contractHash } from './contracts/contractHash.ts';
import { toolView, unsavedView } from './contracts/lockBook.ts';
import { stateOf } from './contracts/locking.ts';
import type { Connection } from './live/connection.ts';
import { createLink } from './live/link.ts';
import { createLiveServer, type LiveServer } from './live/liveServer.ts';
import { mcpTools } from './mcpTools.ts';
import type { McpWorld } from './ports.ts';
import { createMessageRing } from './wire/messageRing.ts';

/** ms for what an admin asks by hand. */
const BY_HAND = 60_000;

/** The connections of this process to all tenants' MCP servers. */
export function createMcpConnections(world: McpWorld): McpConnections {
  const live = new Map<string, LiveServer>();
  const kept = new Set<string>();
  const authorization = async () =>
    (await import('./authorization/authorizationFlow.ts')).authorizationFlow(world);
  const keyOf = (tenantId: string, serverId: string) => JSON.stringify([tenantId, serverId]);

  /** The server as it is saved now. */
  async function liveOf(tenantId: string, server: McpServer): Promise<LiveServer> {
    const key = keyOf(tenantId, server.id);
    const known = live.get(key);
    if (known && known.server.revision === server.revision) return known;
    const next = createLiveServer(world, tenantId, server);
    live.set(key, next);
    await known?.close();
    if (kept.has(tenantId)) next.keepConnected();
    return next;
  }

  async function found(tenantId: string, serverId: string): Promise<LiveServer | undefined> {
    const server = await world.servers.get(tenantId, serverId);
    return server && liveOf(tenantId, server);
  }

  async function forget(tenantId: string, serverId: string): Promise<void> {
    const key = keyOf(tenantId, serverId);
    const known = live.get(key);
    live.delete(key);
    await known?.close();
  }

  async function viewsOf({ server, locks }: LiveServer): Promise<McpToolView[]> {
    return (await locks.current()).tools.flatMap((tool) => toolView(server.name, tool) ?? []);
  }

  /** Does something with an open connection. */
  async function withServer<T>(
    tenantId: string,
    serverId: string,
    user: string | undefined,
    what: (connection: Connection, live: LiveServer) => Promise<T>,
  ): Promise<McpResult<T>> {
    const server = await found(tenantId, serverId);
    if (!server) return noServer(serverId);
    const linked = await server.connected(user);
    if (!linked.ok) {
      const code =
        linked.state === 'needsAuthorization' ? 'MCP_NEEDS_AUTHORIZATION' : 'MCP_SERVER_UNAVAILABLE';
      return failure(code, linked.message);
    }
    try {
      return { ok: true, value: await what(linked.connection, server) };
    } catch (error) {
      return failure('MCP_SERVER_UNAVAILABLE', server.mask.text(linked.connection.why(error).message));
    }
  }

  const connections: McpConnections = {
    source: mcpTools(world, liveOf),
    commandHash,

    async start(tenantId) {
      kept.add(tenantId);
      for (const server of await world.servers.list(tenantId))
        (await liveOf(tenantId, server)).keepConnected();
    },
    async stop(tenantId) {
      kept.delete(tenantId);
      const ours = [...live.keys()].filter((key) => (JSON.parse(key) as [string, string])[0] === tenantId);
      const closing = ours.map((key) => live.get(key));
      for (const key of ours) live.delete(key);
      await Promise.all(closing.map((server) => server?.close()));
    },
    async close() {
      kept.clear();
      const all = [...live.values()];
      live.clear();
      await Promise.all(all.map((server) => server.close()));
    },
    async serverChanged(tenantId, serverId) {
      const server = await world.servers.get(tenantId, serverId);
      if (!server) return forget(tenantId, serverId);
      const known = live.get(keyOf(tenantId, serverId));
      // Credentials are no part of the revision: what is connected with old ones is connected anew.
      if (known && known.server.revision === server.revision) await forget(tenantId, serverId);
      await liveOf(tenantId, server);
    },
    locksChanged(tenantId, serverId) {
      live.get(keyOf(tenantId, serverId))?.locks.forget();
    },

    status: (tenantId, serverId) =>
      live.get(keyOf(tenantId, serverId))?.status ?? { state: 'connecting', message: '', checkedAt: null },
    async counts(tenantId, serverId) {
      const counts = { locked: 0, quarantined: 0, new: 0, gone: 0 };
      const server = await found(tenantId, serverId);
      for (const tool of (await server?.locks.current())?.tools ?? []) counts[stateOf(tool)]++;
      return counts;
    },
    async tools(tenantId, serverId) {
      const server = await found(tenantId, serverId);
      return server ? viewsOf(server) : [];
    },
    async accept(tenantId, serverId, tools, by) {
      const server = await found(tenantId, serverId);
      if (!server) return noServer(serverId);
      const version = server.status.serverInfo?.version;
      const changed = await server.locks.accept(tools, by, world.now(), version);
      if (changed !== undefined) {
        const message = `Expected '${server.server.name}.${changed}' as it was when it was looked at, but it has changed again or is gone`;
        return failure('MCP_TOOL_CHANGED', message);
      }
      world.changed(tenantId, serverId, { kind: 'locks' });
      return { ok: true, value: await viewsOf(server) };
    },
    resources: (tenantId, serverId) =>
      withServer(tenantId, serverId, undefined, (connection) => connection.resources()),
    prompts: (tenantId, serverId) =>
      withServer(tenantId, serverId, undefined, (connection) => connection.prompts()),

    async check(tenantId, server, { user, secrets }, signal) {
      const mask = createMask();
      const tools: McpToolView[] = [];
      const link = createLink({
        world,
        tenantId,
        server,
        user,
        ...(secrets && { secrets }),
        mask,
        ring: createMessageRing(mask, world.now),
        async opened(connection) {
          for (const contract of await connection.tools()) {
            tools.push(unsavedView(server.name, contract, contractHash(contract)));
          }
        },
        toolsChanged: () => {},
        ended: () => {},
      });
      const began = world.now();
      const stop = () => void link.close();
      signal.addEventListener('abort', stop, { once: true });
      const linked = await link.connect();
      signal.removeEventListener('abort', stop);
      const checkedAt = world.now();
      const status: McpServerStatus = linked.ok
        ? {
            state: 'connected',
            message: '',
            checkedAt,
            latency: checkedAt - began,
            ...linked.connection.facts,
          }
        : { state: linked.state, message: linked.message, checkedAt };
      await link.close();
      return { status, tools: linked.ok ? tools : [] };
    },
    async recheck(tenantId, serverId, user) {
      const server = await found(tenantId, serverId);
      return server
        ? server.recheck(user)
        : { state: 'error', message: noServer(serverId).failure.message, checkedAt: world.now() };
    },

    request: (tenantId, serverId, { method, params = {} }, { user }, signal) =>
      withServer(tenantId, serverId, user, async (connection, { ring, mask, server }) => {
        const mark = ring.mark();
        const timeout = Math.max(BY_HAND, server.timeout);
        const answered = await connection.request(method, params, timeout, signal);
        const messages = ring.since(mark);
        if ('response' in answered) return { response: mask.value(answered.response), messages };
        const { code, message, data } = answered.error;
        return {
          error: { code, message: mask.text(message), ...(data !== undefined && { data: mask.value(data) }) },
          messages,
        };
      }),
    messages: (tenantId, serverId) => live.get(keyOf(tenantId, serverId))?.ring.all() ?? [],

    async beginAuthorization(tenantId, serverId, request) {
      const server = await world.servers.get(tenantId, serverId);
      if (!server) return noServer(serverId);
      return (await authorization()).begin(tenantId, server, request);
    },
    async finishAuthorization(tenantId, serverId, callback) {
      const server = await world.servers.get(tenantId, serverId);
      if (!server) return noServer(serverId);
      const finished = await (await authorization()).finish(tenantId, server, callback);
      if (finished.ok) await connections.serverChanged(tenantId, serverId);
      return finished;
    },
  };
  return connections;
}

function failure(code: McpFailureCode, message: string) {
  return { ok: false as const, failure: { code, message } };
}

function noServer(serverId: string) {
  return failure('MCP_SERVER_NOT_FOUND', `Expected a server ${serverId}, but there is none`);
}
