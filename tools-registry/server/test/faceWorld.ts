import { Client, type ClientCapabilities, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type {
  CatalogTool,
  McpAnswer,
  McpCaller,
  McpChange,
  McpFace,
  McpProcess,
  McpTask,
  McpTaskEvent,
  ToolDefinition,
  ToolOutcome,
  ToolSource,
} from '../../contract/index.ts';
import { readToolDefinition } from '../../contract/index.ts';
import { createToolInvoker } from '../../invoke.ts';
import { createMcpFace } from '../face.ts';
import type { PendingCall } from '../world.ts';

export type Run = ToolSource['run'];

/** A face over tools in a map, with a clock that is moved by hand. */
export function faceWorld() {
  const tools = new Map<string, { tool: CatalogTool; run: Run }>();
  const pending = new Map<string, PendingCall>();
  const timers = new Set<{ at: number; callback: () => void }>();
  const reports: unknown[] = [];
  let now = 0;
  let ids = 0;
  const source: ToolSource = {
    owns: () => true,
    get: async (_tenantId, name) => tools.get(name)?.tool,
    list: async () => [...tools.values()].map(({ tool }) => tool),
    run: (tool, call, signal) => (tools.get(tool.definition.name) as { run: Run }).run(tool, call, signal),
  };
  const face = createMcpFace({
    catalog: source,
    invoker: createToolInvoker([source], () => true),
    pending: {
      put: async (tenantId, id, call) => void pending.set(`${tenantId}/${id}`, structuredClone(call)),
      get: async (tenantId, id) => structuredClone(pending.get(`${tenantId}/${id}`)),
      remove: async (tenantId, id) => void pending.delete(`${tenantId}/${id}`),
    },
    version: '1.2.3',
    now: () => now,
    newId: () => `id-${++ids}`,
    schedule(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    report: (error) => reports.push(error),
  });
  return {
    face,
    pending,
    reports,
    add(definition: Partial<ToolDefinition> & { name: string }, run: Run = async () => answered({})) {
      const tool: CatalogTool = {
        id: definition.name,
        definition: readToolDefinition({ input: { type: 'object' }, ...definition }),
        version: 1,
        origin: { kind: 'saved' },
      };
      tools.set(definition.name, { tool, run });
    },
    /** Lets `ms` go by. */
    pass(ms: number) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}

export const answered = (
  value: ToolOutcome extends infer O ? (O extends { ok: true; value: infer V } ? V : never) : never,
): ToolOutcome => ({
  ok: true,
  value,
  version: 1,
  logs: [],
});

/** Somebody who may do everything, unless said otherwise. */
export function callerOf(changes: Partial<McpCaller> = {}) {
  const watchers = new Set<(change: McpChange) => void>();
  const ended: ({ code: string; message: string } | undefined)[] = [];
  const missing: McpAnswer<never> = {
    ok: false,
    failure: { code: 'NOT_FOUND', message: 'Expected one, but there is none' },
  };
  const caller: McpCaller = {
    tenantId: 'acme',
    id: 'user:ada',
    name: 'ada',
    may: async () => true,
    mayCall: async () => true,
    processes: {
      list: async () => [],
      start: async () => missing,
      task: async () => missing,
      cancel: async () => missing,
      follow: () => () => {},
    },
    prompts: { list: async () => [], get: async () => missing },
    resources: {
      list: async () => [],
      templates: async () => [],
      complete: async () => [],
      read: async () => missing,
    },
    calling: async () => {},
    called: async (failure) => void ended.push(failure),
    watch(heard) {
      watchers.add(heard);
      return () => watchers.delete(heard);
    },
    ...changes,
  };
  return {
    caller,
    ended,
    watchers,
    announce: (change: McpChange) => {
      for (const heard of [...watchers]) heard(change);
    },
  };
}

/** Both generations of the protocol. */
export const generations = ['2025-11-25', '2026-07-28'] as const;
export type Generation = (typeof generations)[number];

/** A client of the official SDK; its requests go to the face without a socket between. */
export async function connect(
  face: McpFace,
  caller: McpCaller,
  generation: Generation,
  capabilities: ClientCapabilities = {},
): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities, versionNegotiation: { mode: generation === '2025-11-25' ? 'legacy' : 'auto' } },
  );
  const transport = new StreamableHTTPClientTransport(new URL('http://baton.test/mcp'), {
    fetch: async (url, init) => {
      const request = new Request(url, init as RequestInit);
      const text = request.method === 'POST' ? await request.clone().text() : '';
      return face.handle(request, text === '' ? undefined : JSON.parse(text), caller);
    },
  });
  await client.connect(transport);
  return client;
}

/** Processes of which a test says what happens. */
export function scriptedProcesses(process: McpProcess, task: () => McpTask) {
  const followers = new Set<(event: McpTaskEvent) => void>();
  const started: unknown[] = [];
  const cancelled: string[] = [];
  return {
    started,
    cancelled,
    followers,
    tell: (event: McpTaskEvent) => {
      for (const heard of [...followers]) heard(event);
    },
    processes: {
      list: async () => [process],
      async start(bpmnProcessId: string, variables: object) {
        started.push({ bpmnProcessId, variables });
        return { ok: true as const, value: { id: task().id } };
      },
      task: async () => ({ ok: true as const, value: task() }),
      async cancel(id: string) {
        cancelled.push(id);
        return { ok: true as const, value: undefined };
      },
      follow(_id: string, heard: (event: McpTaskEvent) => void) {
        followers.add(heard);
        return () => followers.delete(heard);
      },
    },
  };
}
