import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  legacyStatelessFallback,
  type McpHttpHandler,
  type ServerEvent,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { McpCaller, McpChange, McpFace } from '../contract/index.ts';
import { authInfoOf, serverOf } from './serverOf.ts';
import { createSessions, tell } from './sessions.ts';
import type { McpFaceWorld } from './world.ts';

const eventOf = {
  tools: 'tools_list_changed',
  prompts: 'prompts_list_changed',
  resources: 'resources_list_changed',
} as const;

/**
 * Answers the requests of all tenants. Those of 2026-07-28 stand for themselves; those before belong to a session, or do without.
 * A session is of this process: one that another process knows is served without what needs it, questions and the client's log level.
 */
export function openFace(world: McpFaceWorld): McpFace {
  const sessions = createSessions(world);
  const handlers = new Map<string, McpHttpHandler>();

  function handlerOf({ tenantId, watch }: McpCaller): McpHttpHandler {
    const known = handlers.get(tenantId);
    if (known) return known;
    const made = createMcpHandler(() => serverOf(world), {
      legacy: 'reject',
      bus: changesOf(watch),
      onerror: world.report,
    });
    handlers.set(tenantId, made);
    return made;
  }

  const answer = (status: number, code: number, message: string) =>
    Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });

  return {
    async handle(request, body, caller) {
      const authInfo = authInfoOf(caller);
      if (!(await isLegacyRequest(request, body))) {
        return handlerOf(caller).fetch(request, { authInfo, parsedBody: body });
      }
      if (request.method === 'POST' && isInitializeRequest(body))
        return sessions.begin(request, body, caller);
      const id = request.headers.get('mcp-session-id');
      const served = id === null ? undefined : sessions.serve(id, request, body, caller);
      if (served) return served;
      if (id !== null && sessions.ended(id)) {
        return answer(404, -32001, 'Expected a session that goes on, but it has ended: initialize a new one');
      }
      if (request.method === 'POST') {
        const { method } = request;
        const headers = new Headers(request.headers);
        headers.delete('mcp-session-id');
        const alone = new Request(request.url, { method, headers, signal: request.signal });
        return legacyStatelessFallback(() => serverOf(world), world.report)(alone, {
          authInfo,
          parsedBody: body,
        });
      }
      if (request.method === 'GET') return listen(world, request, caller);
      return answer(404, -32001, 'Expected a session of this server, but there is none of this id');
    },
    async close() {
      await sessions.close();
      for (const handler of handlers.values()) await handler.close();
    },
  };
}

/** A stream of changes alone, for a session that another process began. */
async function listen(world: McpFaceWorld, request: Request, caller: McpCaller): Promise<Response> {
  const server = serverOf(world);
  const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  const stop = caller.watch((change) => tell(server, change, new Set(), world.report));
  request.signal.addEventListener('abort', () => {
    stop();
    void server.close().catch(world.report);
  });
  return transport.handleRequest(request);
}

/** One subscription at the tenant's changes, for however many streams are open. */
function changesOf(watch: McpCaller['watch']) {
  const listeners = new Set<(event: ServerEvent) => void>();
  let stop: (() => void) | undefined;
  const publish = (event: ServerEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const heard = ({ list, uri }: McpChange) => {
    publish({ kind: eventOf[list] });
    if (uri !== undefined) publish({ kind: 'resource_updated', uri });
  };
  return {
    publish,
    subscribe(listener: (event: ServerEvent) => void) {
      listeners.add(listener);
      stop ??= watch(heard);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
