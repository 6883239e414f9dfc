import {
  type AuthInfo,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { JsonValue, McpAnswer, McpCaller, McpPermission } from '../contract/index.ts';
import { isFaceTool, processTools } from './processTools.ts';
import { callTool, noSuchTool } from './toolCall.ts';
import { byName, listedTool, pageOf } from './toolList.ts';
import type { McpFaceWorld } from './world.ts';

/** What a client may tell its model of the whole. */
const instructions =
  'Tools of this tenant, and its processes as tools (process_…). A process that takes long answers a task: ask for it with task_get.';

/** Who asks, as the transports carry it: each request of a session is let in for itself. */
export const authInfoOf = (caller: McpCaller): AuthInfo => ({
  // What they showed the gateway goes no further.
  token: '',
  clientId: caller.id,
  scopes: [],
  extra: { caller },
});

const callerOf = ({ http }: ServerContext) => http?.authInfo?.extra?.caller as McpCaller;

/** The server of one session, or of one request without: what it tells is what its caller may see at that moment. */
export function serverOf(world: McpFaceWorld): Server {
  const server = new Server(
    { name: 'baton', title: 'Baton', version: world.version },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        completions: {},
        logging: {},
      },
      instructions,
    },
  );
  server.onerror = world.report;
  tools(server, world);
  prompts(server);
  resources(server);
  return server;
}

function tools(server: Server, world: McpFaceWorld): void {
  server.setRequestHandler('tools/list', async ({ params }, context) => {
    const caller = callerOf(context);
    const listed = [];
    if (await caller.may('tools:run')) {
      for (const tool of await world.catalog.list(caller.tenantId)) {
        if (await caller.mayCall(tool.definition.name)) listed.push(listedTool(tool));
      }
    }
    listed.push(...(await processTools(world, caller)).map((tool) => tool.listed));
    const { items, nextCursor } = pageOf(listed.sort(byName), params?.cursor);
    return { tools: items, ...(nextCursor !== undefined && { nextCursor }) };
  });
  server.setRequestHandler('tools/call', async (request, context) => {
    const caller = callerOf(context);
    const { name } = request.params;
    if (!isFaceTool(name)) return callTool(world, caller, request, context, server.getClientCapabilities());
    const tool = (await processTools(world, caller)).find(({ listed }) => listed.name === name);
    if (!tool) return noSuchTool(caller, name);
    await caller.calling(tool.listed.annotations?.readOnlyHint !== true);
    const result = await tool.call(
      (request.params.arguments ?? {}) as { [name: string]: JsonValue },
      context,
    );
    const [said] = result.content;
    await caller.called(
      result.isError ? { code: 'TOOL_FAILED', message: said?.type === 'text' ? said.text : '' } : undefined,
    );
    return result;
  });
}

/** What is refused here has no place in an answer. */
function told<T>(answer: McpAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, answer.failure.message);
}

async function needs(caller: McpCaller, permission: McpPermission): Promise<void> {
  if (await caller.may(permission)) return;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Expected somebody with the permission ${permission}, but ${caller.name} has it not`,
  );
}

function prompts(server: Server): void {
  server.setRequestHandler('prompts/list', async ({ params }, context) => {
    const caller = callerOf(context);
    const listed = (await caller.may('prompts:read')) ? await caller.prompts.list() : [];
    const { items, nextCursor } = pageOf([...listed].sort(byName), params?.cursor);
    return { prompts: items, ...(nextCursor !== undefined && { nextCursor }) };
  });
  server.setRequestHandler('prompts/get', async ({ params }, context) => {
    const caller = callerOf(context);
    await needs(caller, 'prompts:read');
    const { description, messages } = told(await caller.prompts.get(params.name, params.arguments ?? {}));
    return { description, messages: messages as never };
  });
}

function resources(server: Server): void {
  server.setRequestHandler('resources/list', async ({ params }, context) => {
    const listed = (await callerOf(context).resources.list()).map((resource) => ({
      ...resource,
      sort: resource.uri,
    }));
    const sorted = listed.map(({ sort, ...resource }) => ({ resource, name: sort })).sort(byName);
    const { items, nextCursor } = pageOf(sorted, params?.cursor);
    return {
      resources: items.map(({ resource }) => resource),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  });
  server.setRequestHandler('resources/templates/list', async (_request, context) => ({
    resourceTemplates: (await callerOf(context).resources.templates()).sort(byName),
  }));
  server.setRequestHandler('resources/read', async ({ params }, context) => ({
    contents: told(await callerOf(context).resources.read(params.uri)),
  }));
  server.setRequestHandler('completion/complete', async ({ params }, context) => {
    const { ref, argument } = params;
    const values =
      ref.type === 'ref/resource'
        ? await callerOf(context).resources.complete(ref.uri, argument.name, argument.value)
        : [];
    return {
      completion: { values: values.slice(0, 100), total: values.length, hasMore: values.length > 100 },
    };
  });
}
