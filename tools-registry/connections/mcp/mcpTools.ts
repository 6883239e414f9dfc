import { failedCall } from '../../checkedCall.ts';
import {
  type CatalogTool,
  isBuiltInSource,
  type JsonValue,
  type McpServer,
  type McpToolContract,
  type McpToolState,
  noCapabilities,
  sourceOfName,
  type ToolCall,
  type ToolOutcome,
  type ToolSource,
} from '../../contract/index.ts';
import { toolOutcome } from './calls/toolOutcome.ts';
import { contractDrift } from './contracts/contractDrift.ts';
import { currentSchema } from './contracts/currentSchema.ts';
import { stateOf } from './contracts/locking.ts';
import type { Connection } from './live/connection.ts';
import type { LiveServer } from './live/liveServer.ts';
import type { McpLockedTool, McpWorld } from './ports.ts';

/** The tools of the tenant's MCP servers, as they were accepted. */
export function mcpTools(
  world: McpWorld,
  liveOf: (tenantId: string, server: McpServer) => Promise<LiveServer>,
): ToolSource {
  async function find(tenantId: string, name: string) {
    const source = sourceOfName(name);
    const server = source === undefined ? undefined : await world.servers.getByName(tenantId, source);
    if (!server) return undefined;
    const live = await liveOf(tenantId, server);
    const tool = name.slice(server.name.length + 1);
    return { live, tool, locked: await lockedTool(live, tool) };
  }

  return {
    owns(name) {
      const source = sourceOfName(name);
      return source !== undefined && !isBuiltInSource(source);
    },

    async get(tenantId, name, version) {
      const found = await find(tenantId, name);
      if (!found) return undefined;
      // What is saved but was never connected to is connected to now: its tools are not known yet.
      if (!found.locked && (await found.live.locks.current()).revision === 0)
        await found.live.connected(undefined);
      const locked = found.locked ?? (await lockedTool(found.live, found.tool));
      const tool = locked && catalogTool(found.live.server, locked);
      return tool && (version === undefined || tool.version === version) ? tool : undefined;
    },

    async list(tenantId) {
      const servers = (await world.servers.list(tenantId)).filter(({ enabled }) => enabled);
      const tools = servers.map(async (server) => {
        const { locks } = await liveOf(tenantId, server);
        return (await locks.current()).tools
          .filter((tool) => tool.accepted && stateOf(tool) !== 'gone')
          .flatMap((tool) => catalogTool(server, tool) ?? []);
      });
      return (await Promise.all(tools)).flat();
    },

    async run(tool, call, signal) {
      const found = await find(call.tenantId, tool.definition.name);
      if (!found)
        return unavailable(tool, `Expected the server of '${tool.definition.name}', but it is gone`);
      const { live } = found;
      const before = found.locked && refusal(live.server, found.locked, tool);
      if (before) return before;
      for (let attempt = 0; ; attempt++) {
        const linked = await live.connected(call.user);
        if (!linked.ok) return unavailable(tool, linked.message);
        // Connecting is listing: what was accepted may not be what there is.
        const locked = await lockedTool(live, found.tool);
        const refused = locked && refusal(live.server, locked, tool);
        if (refused) return refused;
        if (!locked?.accepted)
          return unavailable(tool, `Expected '${tool.definition.name}', but its server has none such`);
        const outcome = await callOn(linked.connection, live, locked.accepted.contract, tool, call, signal);
        if (outcome !== 'forgotten' && !outcome.ok && outcome.failure.code === 'TOOL_SERVER_UNAVAILABLE') {
          live.suspect();
        }
        if (outcome !== 'forgotten' || attempt > 0) {
          return outcome === 'forgotten'
            ? unavailable(tool, `Expected '${live.server.name}' to know us, but it forgets every session`)
            : outcome;
        }
        await live.recheck(call.user);
      }
    },
  };
}

async function callOn(
  connection: Connection,
  { mask }: LiveServer,
  contract: McpToolContract,
  { definition, version }: CatalogTool,
  call: ToolCall,
  signal: AbortSignal,
): Promise<ToolOutcome | 'forgotten'> {
  const end = await connection.call(
    {
      tool: contract.tool,
      input: contract.input,
      arguments: (call.arguments ?? {}) as { [name: string]: JsonValue },
      key: call.idempotencyKey,
      answers: call.answers ?? {},
      resume: call.resume,
      heard: call.heard,
    },
    definition.limits.timeout,
    signal,
  );
  if (end.kind === 'forgotten') return 'forgotten';
  return toolOutcome(end, { name: definition.name, version, output: contract.output }, mask);
}

async function lockedTool({ locks }: LiveServer, tool: string): Promise<McpLockedTool | undefined> {
  return (await locks.current()).tools.find((each) => each.tool === tool);
}

/** The tool as it was accepted; one that nobody has accepted yet as the server shows it, to be refused with a reason. */
function catalogTool(server: McpServer, locked: McpLockedTool): CatalogTool | undefined {
  const { tool, accepted, seen } = locked;
  const contract = accepted?.contract ?? seen?.contract;
  if (!contract) return undefined;
  const { readOnlyHint, idempotentHint, openWorldHint } = contract.annotations;
  return {
    id: `${server.id}/${tool}`,
    version: accepted?.version ?? 0,
    origin: { kind: 'mcp', serverId: server.id, server: server.name, tool },
    state: callable[stateOf(locked)],
    definition: {
      name: `${server.name}.${tool}`,
      description: contract.description,
      input: currentSchema(contract.input),
      output: currentSchema(contract.output),
      source: '',
      sideEffect: readOnlyHint !== true && idempotentHint !== true,
      egress: server.transport.kind !== 'stdio' || openWorldHint !== false,
      approval: 'never',
      capabilities: noCapabilities,
      limits: { timeout: server.timeout, memory: 0 },
    },
  };
}

const callable = {
  locked: 'ready',
  quarantined: 'quarantined',
  new: 'quarantined',
  gone: 'unavailable',
} as const satisfies { [S in McpToolState]: CatalogTool['state'] };

/** Why a tool that is known may not be called. */
function refusal(
  server: McpServer,
  locked: McpLockedTool,
  { definition, version }: CatalogTool,
): ToolOutcome | undefined {
  const state = stateOf(locked);
  const { name } = definition;
  if (state === 'locked') return undefined;
  if (state === 'gone') {
    return failedCall(
      'TOOL_SERVER_UNAVAILABLE',
      `Expected '${server.name}' to offer '${name}', but it does not any more`,
      version,
    );
  }
  const about = { serverId: server.id, server: server.name, tool: locked.tool };
  if (state === 'new' || !locked.accepted || !locked.seen) {
    const message = `Expected '${name}' to be accepted by an admin first, but nobody has yet`;
    return failedCall('TOOL_QUARANTINED', message, version, about);
  }
  const drift = contractDrift(locked.accepted.contract, locked.seen.contract);
  const message = `Expected '${name}' as it was accepted, but its server describes it otherwise now, and no admin has accepted that:\n${drift.text}`;
  return failedCall('TOOL_QUARANTINED', message, version, {
    ...about,
    drift: { ...drift, seenAt: locked.seen.at },
  });
}

function unavailable({ version }: CatalogTool, message: string): ToolOutcome {
  return failedCall('TOOL_SERVER_UNAVAILABLE', message, version);
}
