import type { McpConnections, McpServerStatus, McpToolView } from '@baton/tools-registry/contract';

/** Connections to servers that say what a test says, and what was asked of them. */
export interface FakeMcpConnections extends McpConnections {
  /** By server id, of any tenant. */
  statuses: Map<string, McpServerStatus>;
  listed: Map<string, McpToolView[]>;
  asked: { call: string; tenantId: string; serverId: string; with?: unknown }[];
}

export function fakeMcpConnections(): FakeMcpConnections {
  const statuses = new Map<string, McpServerStatus>();
  const listed = new Map<string, McpToolView[]>();
  const asked: FakeMcpConnections['asked'] = [];
  const heard = (call: string, tenantId: string, serverId: string, given?: unknown) => {
    asked.push({ call, tenantId, serverId, ...(given !== undefined && { with: given }) });
  };
  const statusOf = (serverId: string): McpServerStatus =>
    statuses.get(serverId) ?? { state: 'connecting', message: '', checkedAt: null };
  const toolsOf = (serverId: string) => listed.get(serverId) ?? [];
  const none = async () => undefined;
  return {
    statuses,
    listed,
    asked,
    source: { owns: () => false, get: none, list: async () => [], run: () => Promise.reject(new Error()) },
    commandHash: ({ command, args, env }) => JSON.stringify([command, args, Object.keys(env)]),
    start: none as () => Promise<never>,
    stop: none as () => Promise<never>,
    close: none as () => Promise<never>,
    async serverChanged(tenantId, serverId) {
      heard('serverChanged', tenantId, serverId);
    },
    locksChanged: (tenantId, serverId) => heard('locksChanged', tenantId, serverId),
    status: (_tenantId, serverId) => statusOf(serverId),
    async counts(_tenantId, serverId) {
      const counts = { locked: 0, quarantined: 0, new: 0, gone: 0 };
      for (const { state } of toolsOf(serverId)) counts[state]++;
      return counts;
    },
    tools: async (_tenantId, serverId) => toolsOf(serverId),
    async accept(tenantId, serverId, tools, by) {
      heard('accept', tenantId, serverId, { tools, by });
      const seen = toolsOf(serverId);
      const changed = tools.find(
        ({ tool, hash }) => !seen.some((each) => each.tool === tool && each.hash === hash),
      );
      if (changed)
        return {
          ok: false,
          failure: {
            code: 'MCP_TOOL_CHANGED',
            message: `Expected '${changed.tool}' as it was seen, but it changed`,
          },
        };
      const accepted = seen.map((each) =>
        tools.some(({ tool }) => tool === each.tool)
          ? { ...each, state: 'locked' as const, drift: null, accepted: { hash: each.hash, by, at: 0 } }
          : each,
      );
      listed.set(serverId, accepted);
      return { ok: true, value: accepted };
    },
    resources: async () => ({ ok: true, value: [] }),
    prompts: async () => ({ ok: true, value: [] }),
    async check(tenantId, server, options) {
      heard('check', tenantId, server.id, { server, ...options });
      return { status: statusOf(server.id), tools: toolsOf(server.id) };
    },
    async recheck(tenantId, serverId) {
      heard('recheck', tenantId, serverId);
      return statusOf(serverId);
    },
    async request(tenantId, serverId, request, options) {
      heard('request', tenantId, serverId, { request, ...options });
      return { ok: true, value: { response: {}, messages: [] } };
    },
    messages: () => [],
    async beginAuthorization(tenantId, serverId, request) {
      heard('beginAuthorization', tenantId, serverId, request);
      return { ok: true, value: { url: `https://issuer.example/authorize?state=${request.state}` } };
    },
    async finishAuthorization(tenantId, serverId, { redirectUrl, params }) {
      heard('finishAuthorization', tenantId, serverId, { redirectUrl, params: Object.fromEntries(params) });
      return { ok: true, value: undefined };
    },
  };
}
