import {
  type EventStore,
  type JSONRPCMessage,
  type Server,
  SUPPORTED_PROTOCOL_VERSIONS,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { McpCaller, McpChange } from '../contract/index.ts';
import { authInfoOf, serverOf } from './serverOf.ts';
import type { McpFaceWorld } from './world.ts';

/** ms without a request after which a session ends. */
const idleTime = 30 * 60_000;
/** Sessions one caller may have; the one longest idle makes room. */
const mostSessions = 32;
/** Messages kept for who lost the connection in the middle of an answer. */
const mostKept = 200;

interface Session {
  id: string;
  caller: McpCaller;
  server: Server;
  transport: WebStandardStreamableHTTPServerTransport;
  usedAt: number;
  end(): void;
}

/** Sessions of the generation that has them (2025-11-25 and before), each of one caller. */
export interface Sessions {
  begin(request: Request, body: unknown, caller: McpCaller): Promise<Response>;
  /** `undefined`: there is none of this id for this caller. */
  serve(id: string, request: Request, body: unknown, caller: McpCaller): Promise<Response> | undefined;
  ended(id: string): boolean;
  close(): Promise<void>;
}

export function createSessions(world: McpFaceWorld): Sessions {
  const sessions = new Map<string, Session>();
  const over = new Set<string>();

  function drop(id: string): void {
    const session = sessions.get(id);
    if (!session) return;
    sessions.delete(id);
    if (over.size >= 1_000) over.delete(over.values().next().value as string);
    over.add(id);
    session.end();
    void session.server.close().catch(world.report);
  }

  function makeRoom({ tenantId, id }: McpCaller): void {
    const ofCaller = [...sessions.values()].filter(
      ({ caller }) => caller.tenantId === tenantId && caller.id === id,
    );
    if (ofCaller.length < mostSessions) return;
    const [oldest] = ofCaller.sort((a, b) => a.usedAt - b.usedAt);
    if (oldest) drop(oldest.id);
  }

  let cancelSweep = () => {};
  function sweep(): void {
    for (const { id, usedAt } of [...sessions.values()]) if (world.now() - usedAt >= idleTime) drop(id);
    cancelSweep = world.schedule(idleTime / 10, sweep);
  }
  cancelSweep = world.schedule(idleTime / 10, sweep);

  return {
    async begin(request, body, caller) {
      makeRoom(caller);
      let session: Session | undefined;
      const subscribed = new Set<string>();
      const server = serverOf(world);
      server.setRequestHandler('resources/subscribe', async ({ params }) => {
        subscribed.add(params.uri);
        return {};
      });
      server.setRequestHandler('resources/unsubscribe', async ({ params }) => {
        subscribed.delete(params.uri);
        return {};
      });
      const transport = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: world.newId,
        eventStore: keptEvents(world.newId),
        retryInterval: 1_000,
        onsessioninitialized(id) {
          const stop = caller.watch((change) => tell(server, change, subscribed, world.report));
          session = { id, caller, server, transport, usedAt: world.now(), end: stop };
          sessions.set(id, session);
        },
        onsessionclosed: drop,
      });
      await server.connect(transport);
      const response = await transport.handleRequest(request, {
        authInfo: authInfoOf(caller),
        parsedBody: body,
      });
      if (!session) await server.close();
      return response;
    },
    serve(id, request, body, caller) {
      const session = sessions.get(id);
      if (session?.caller.tenantId !== caller.tenantId || session.caller.id !== caller.id) return undefined;
      session.usedAt = world.now();
      const authInfo = authInfoOf(caller);
      return session.transport.handleRequest(asNegotiated(request, session.server), {
        authInfo,
        ...(body !== undefined && { parsedBody: body }),
      });
    },
    ended: (id) => over.has(id),
    async close() {
      cancelSweep();
      for (const id of [...sessions.keys()]) drop(id);
    },
  };
}

const versionHeader = 'mcp-protocol-version';

/** A session is spoken as it was begun, whichever of the versions we know a later request names. */
function asNegotiated(request: Request, server: Server): Request {
  const negotiated = server.getNegotiatedProtocolVersion();
  const named = request.headers.get(versionHeader);
  if (!negotiated || named === negotiated || named === null || !SUPPORTED_PROTOCOL_VERSIONS.includes(named)) {
    return request;
  }
  const headers = new Headers(request.headers);
  headers.set(versionHeader, negotiated);
  return new Request(request.url, { method: request.method, headers, signal: request.signal });
}

/** What changed, to who listens on the stream of the session. */
export function tell(
  server: Server,
  { list, uri }: McpChange,
  subscribed: ReadonlySet<string>,
  report: (error: unknown) => void,
): void {
  const sent = {
    tools: () => server.sendToolListChanged(),
    prompts: () => server.sendPromptListChanged(),
    resources: () => server.sendResourceListChanged(),
  }[list]();
  void sent.catch(report);
  if (uri !== undefined && subscribed.has(uri)) void server.sendResourceUpdated({ uri }).catch(report);
}

/** The last messages of a session, so that a stream that broke goes on where it was. */
function keptEvents(newId: () => string): EventStore {
  const kept = new Map<string, { streamId: string; message: JSONRPCMessage }>();
  return {
    async storeEvent(streamId, message) {
      const id = newId();
      kept.set(id, { streamId, message });
      if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
      return id;
    },
    getStreamIdForEventId: async (id) => kept.get(id)?.streamId,
    async replayEventsAfter(lastEventId, { send }) {
      const from = kept.get(lastEventId);
      if (!from) return '';
      let after = false;
      for (const [id, { streamId, message }] of kept) {
        if (after && streamId === from.streamId) await send(id, message);
        if (id === lastEventId) after = true;
      }
      return from.streamId;
    },
  };
}
