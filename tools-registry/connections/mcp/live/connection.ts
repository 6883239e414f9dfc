import {
  type CallToolResult,
  type Client,
  type InputRequiredResult,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  type Tool,
} from '@modelcontextprotocol/client';
import type {
  JsonSchema,
  JsonValue,
  McpInspectorMethod,
  McpPromptView,
  McpResourceView,
  McpServer,
  McpServerState,
  McpToolContract,
} from '../../../contract/index.ts';
import { type CallEnd, callFailed, type ServerCall } from '../calls/callEnd.ts';
import { createServerCalls } from '../calls/serverCalls.ts';
import { listPrompts, listResources, listTools } from '../contracts/listing.ts';
import type { McpWorld } from '../ports.ts';
import type { MessageRing } from '../wire/messageRing.ts';
import type { WatchedTransport } from '../wire/watchedTransport.ts';
import type { Access } from './access.ts';
import { listenOn } from './changes.ts';
import { explained } from './explained.ts';
import { newClient } from './newClient.ts';
import { openTransport } from './openTransport.ts';

/** ms for a server to introduce itself: a command may have to be fetched first. */
const CONNECT = { http: 15_000, sse: 15_000, stdio: 60_000 };
/** ms for a list, and for "are you there". */
const LIST = 30_000;
const PING = 10_000;

export interface ServerFacts {
  protocolVersion?: string;
  serverInfo?: { name: string; version: string };
  capabilities: string[];
}

/** One open connection to a server, shared by all calls. */
export interface Connection {
  facts: ServerFacts;
  tools(): Promise<McpToolContract[]>;
  resources(): Promise<McpResourceView[]>;
  prompts(): Promise<McpPromptView[]>;
  /** ms until it answered. */
  ping(): Promise<number>;
  call(call: ServerCall, timeout: number, signal: AbortSignal): Promise<CallEnd>;
  request(
    method: McpInspectorMethod,
    params: { [name: string]: JsonValue },
    timeout: number,
    signal: AbortSignal,
  ): Promise<{ response: JsonValue } | { error: { code: number; message: string; data?: JsonValue } }>;
  /** Why something that was tried on it went wrong. */
  why(error: unknown): { state: Extract<McpServerState, 'error' | 'needsAuthorization'>; message: string };
  close(): Promise<void>;
}

export interface ConnectionEvents {
  /** Its tools are others now. */
  toolsChanged(): void;
  /** It is over, though we did not end it. */
  ended(message: string): void;
}

export type Opened =
  | { ok: true; connection: Connection }
  | { ok: false; state: McpServerState; message: string };

export async function openConnection(
  world: McpWorld,
  server: McpServer,
  access: Access & { ok: true },
  ring: MessageRing,
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<Opened> {
  const first = await tryToOpen(world, server, access, ring, events, signal, false);
  // Some commands of the older generation end when they are asked what they do not know.
  if (first.ok || server.transport.kind !== 'stdio' || !first.ended) return first;
  return tryToOpen(world, server, access, ring, events, signal, true);
}

async function tryToOpen(
  world: McpWorld,
  server: McpServer,
  access: Access & { ok: true },
  ring: MessageRing,
  events: ConnectionEvents,
  signal: AbortSignal,
  older: boolean,
): Promise<Opened & { ended?: boolean }> {
  const { kind } = server.transport;
  const watched = openTransport(world, server, access, ring);
  const client = newClient(world, server, events);
  try {
    await client.connect(watched, {
      timeout: CONNECT[kind],
      signal,
      ...((older || kind === 'sse') && { prior: { kind: 'legacy' as const } }),
    });
  } catch (error) {
    await watched.close().catch(() => {});
    return {
      ok: false,
      ...explained(error, server.name, watched.fault),
      ended: watched.fault?.kind === 'ended',
    };
  }
  return { ok: true, connection: connectionOver(world, server, client, watched, events) };
}

function connectionOver(
  world: McpWorld,
  server: McpServer,
  client: Client,
  watched: WatchedTransport,
  events: ConnectionEvents,
): Connection {
  const { name } = server;
  let closing = false;
  let over = false;
  const calls = createServerCalls({ schedule: world.schedule, tool: (tool) => `${name}.${tool}` });
  client.setRequestHandler('elicitation/create', ({ params }) =>
    'requestedSchema' in params
      ? calls.asked(params.message, params.requestedSchema as JsonSchema)
      : Promise.resolve({ action: 'decline' }),
  );
  client.onclose = () => {
    over = true;
    calls.close();
    if (closing) return;
    events.ended(watched.fault?.message ?? `Expected '${name}' to stay connected, but it hung up`);
  };
  client.onerror = () => {};
  void listenOn(client, world, events, () => closing);
  const signal = () => new AbortController().signal;
  const forgotten = (error: unknown) =>
    error instanceof SdkHttpError && error.data.status === 404 && watched.sessionId !== undefined;
  const why = (error: unknown) => explained(error, name, watched.fault);

  async function make(
    call: ServerCall,
    rounds: { inputResponses?: { [key: string]: unknown }; requestState?: string },
    options: { signal: AbortSignal; progressed: () => void },
  ): Promise<CallToolResult | InputRequiredResult> {
    return client.callTool({ name: call.tool, arguments: call.arguments, ...rounds } as never, {
      allowInputRequired: true,
      // Without what it says of its answers: those are checked where all answers are.
      toolDefinition: { name: call.tool, inputSchema: call.input as Tool['inputSchema'] },
      signal: options.signal,
      timeout: FOR_EVER,
      onprogress: ({ progress, total, message }) => {
        options.progressed();
        call.heard?.({
          progress,
          ...(total !== undefined && { total }),
          ...(message !== undefined && { message: message.slice(0, 500) }),
        });
      },
    });
  }

  return {
    facts: factsOf(client),
    async tools() {
      const listed = await listTools(client, { signal: signal(), timeout: LIST });
      // A client that has ended forgets what its server can do, and would list nothing.
      if (over) throw new Error('the connection has ended');
      return listed;
    },
    resources: () => listResources(client, { signal: signal(), timeout: LIST }),
    prompts: () => listPrompts(client, { signal: signal(), timeout: LIST }),
    async ping() {
      const began = world.now();
      if (client.getProtocolEra() === 'modern') await client.discover({ timeout: PING });
      else await client.ping({ timeout: PING });
      return world.now() - began;
    },
    call: (call, timeout, asked) =>
      calls.run(call, timeout, asked, make, (error) => {
        if (error instanceof ProtocolError) {
          const text = error.message.slice(0, 1_000);
          return callFailed(
            'TOOL_FAILED',
            `Expected '${name}.${call.tool}' to work, but the server answered: ${text}`,
          );
        }
        if (forgotten(error)) return { kind: 'forgotten' };
        const { message } = why(error);
        if (watched.fault?.kind === 'tooLarge') return callFailed('TOOL_OUTPUT_TOO_LARGE', message);
        const malformed = error instanceof SdkError && error.code === SdkErrorCode.InvalidResult;
        return callFailed(malformed ? 'TOOL_OUTPUT_INVALID' : 'TOOL_SERVER_UNAVAILABLE', message);
      }),
    async request(method, params, timeout, asked) {
      try {
        const given = Object.keys(params).length === 0 ? {} : { params };
        const response = await client.request({ method, ...given } as never, {
          signal: asked,
          timeout,
          allowInputRequired: true,
        });
        return { response: response as JsonValue };
      } catch (error) {
        if (!(error instanceof ProtocolError)) return { error: { code: 0, message: why(error).message } };
        const { code, message, data } = error;
        return { error: { code, message, ...(data !== undefined && { data: data as JsonValue }) } };
      }
    },
    why,
    async close() {
      closing = true;
      over = true;
      calls.close();
      await client.close().catch(() => {});
    },
  };
}

/** ms; how long a call may take is not the SDK's to say. */
const FOR_EVER = 2 ** 31 - 1;

function factsOf(client: Client): ServerFacts {
  const info = client.getServerVersion();
  const version = client.getNegotiatedProtocolVersion();
  return {
    capabilities: Object.keys(client.getServerCapabilities() ?? {}).sort(),
    ...(version !== undefined && { protocolVersion: version }),
    ...(info && { serverInfo: { name: info.name, version: info.version } }),
  };
}
