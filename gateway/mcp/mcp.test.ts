import type { McpCaller, McpFace } from '@baton/tools-registry/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  apiKeyRoutes,
  auditRoutes,
  deploymentRoutes,
  memberRoutes,
  type Permission,
  promptRoutes,
  roleRoutes,
  toolRoutes,
  workflowRoutes,
} from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { tool } from '../test/bodies.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

/** What the face was asked, and by whom. */
let asked: { caller: McpCaller; body: unknown; headers: Headers }[] = [];
let answer: (caller: McpCaller) => Response | Promise<Response>;
const face: McpFace = {
  async handle(request, body, caller) {
    asked.push({ caller, body, headers: request.headers });
    return answer(caller);
  },
  close: async () => {},
};

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: ApiClient;
beforeAll(async () => {
  running = await startGateway({ mcp: face });
  token = await tokenMaker(running.store, running.gateway.issuer);
  admin = apiClient(running.url, await token({ roles: ['admin'] }));
});
afterAll(() => running.stop());
afterEach(() => {
  asked = [];
  answer = () => Response.json({ jsonrpc: '2.0', id: 1, result: {} });
});
answer = () => Response.json({ jsonrpc: '2.0', id: 1, result: {} });

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const call = (name: string) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: {} },
});
const post = (body: unknown, headers: Record<string, string>) =>
  fetch(`${running.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const signedIn = async (roles: string[], sub = 'somebody') => ({
  authorization: `Bearer ${await token({ roles: roles as never, sub })}`,
});
/** Whoever the face is told of when they ask. */
async function callerWith(headers: Record<string, string>): Promise<McpCaller> {
  expect((await post(list, headers)).status).toBe(200);
  return (asked.at(-1) as { caller: McpCaller }).caller;
}

describe('who is let in to /mcp', () => {
  it('is nobody without a token, who is told where tokens come from', async () => {
    const refused = await post(list, {});
    expect(refused.status).toBe(401);
    const { port } = new URL(running.url);
    const metadata = `http://127.0.0.1:${port}/.well-known/oauth-protected-resource/mcp`;
    expect(refused.headers.get('www-authenticate')).toBe(`Bearer resource_metadata="${metadata}"`);
    expect(await refused.json()).toMatchObject({
      jsonrpc: '2.0',
      error: { data: { error_code: 'UNAUTHENTICATED' } },
    });
    const document = { resource: `${running.url}/mcp`, authorization_servers: [running.gateway.issuer] };
    expect(await (await fetch(metadata)).json()).toMatchObject(document);
    expect(await (await fetch(metadata.replace('/mcp', ''))).json()).toMatchObject(document);
    expect(asked).toEqual([]);
  });

  it('is told the address of the tenant by which they asked', async () => {
    const { port } = new URL(running.url);
    const { request } = await import('node:http');
    const challenge = await new Promise((resolve, reject) => {
      const options = { port, host: '127.0.0.1', path: '/mcp', headers: { host: `acme.localhost:${port}` } };
      request(options, (response) => resolve(response.headers['www-authenticate']))
        .on('error', reject)
        .end();
    });
    expect(challenge).toContain(`http://acme.localhost:${port}/.well-known`);
  });

  it('is who has a token or a key, as themselves; what they showed goes no further', async () => {
    const user = await callerWith(await signedIn(['designer'], 'dana'));
    expect(user).toMatchObject({ tenantId: 'acme', id: 'user:dana', name: 'designer' });
    expect(asked[0]?.headers.has('authorization')).toBe(false);
    const made = await admin(apiKeyRoutes.create, { body: { name: 'ci', scopes: ['tools:run'] } });
    const key = await callerWith({ 'x-api-key': made.body.key });
    expect(key.id).toBe(`key:${made.body.id}`);
    expect([await key.may('tools:run'), await key.may('prompts:read'), await key.mayCall('any')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is no page of another origin', async () => {
    const headers = { ...(await signedIn(['designer'])), origin: 'https://evil.example' };
    expect((await post(list, headers)).status).toBe(403);
    expect((await post(list, { ...headers, origin: running.url })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('is no token of another tenant at this one’s address', async () => {
    const headers = { ...(await signedIn(['designer'])), 'x-tenant': 'globex' };
    expect((await post(list, headers)).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('speaks JSON, of a size, by the methods there are', async () => {
    const headers = await signedIn(['designer']);
    const broken = await post('{', headers);
    expect([broken.status, ((await broken.json()) as { error: { code: number } }).error.code]).toEqual([
      400, -32700,
    ]);
    expect((await post(`"${'x'.repeat(5_000_000)}"`, headers)).status).toBe(413);
    expect((await fetch(`${running.url}/mcp`, { method: 'PUT', headers })).status).toBe(405);
    expect(asked).toEqual([]);
  });
});

describe('what a caller sees', () => {
  /** Somebody whose only role is one of the tenant's own. */
  async function clerk(sub: string, role: { permissions: Permission[]; tools: string[] }) {
    await admin(roleRoutes.createRole, { body: { name: `role-of-${sub}`, ...role } });
    const headers = await signedIn(['viewer'], sub);
    await callerWith(headers);
    const given = { params: { id: sub }, body: { roles: [`role-of-${sub}`] } };
    await admin(memberRoutes.setMemberRoles, given);
    return headers;
  }

  it('are the tools that the patterns of their own role name', async () => {
    const tools = ['orders-*', 'http.request', 'process_order'];
    const caller = await callerWith(await clerk('cleo', { permissions: ['tools:run'], tools }));
    const names = [
      'orders-list',
      'orders',
      'http.request',
      'http.requests',
      'process_order',
      'orders-*',
      '*',
    ];
    expect(await Promise.all(names.map((name) => caller.mayCall(name)))).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    expect((await admin(roleRoutes.getRole, { params: { name: 'role-of-cleo' } })).body.tools).toEqual(tools);
  });

  it('are all that may be tried in the API, too', async () => {
    const headers = await clerk('cory', { permissions: ['tools:run'], tools: ['orders-*'] });
    const cory = apiClient(running.url, headers.authorization.slice('Bearer '.length));
    const tried = async (name: string) => {
      const made = await admin(toolRoutes.create, { body: { name, content: tool } });
      return (await cory(toolRoutes.run, { params: { id: made.body.id }, body: { input: {} } })).status;
    };
    expect([await tried('orders-of-cory'), await tried('refunds-of-cory')]).toEqual([200, 403]);
  });

  it('are no tools without the permission to run tools, whatever the patterns', async () => {
    const caller = await callerWith(await clerk('cora', { permissions: ['tools:read'], tools: ['*'] }));
    expect(await caller.mayCall('orders-list')).toBe(false);
  });

  it('are no more by a key or a role that they make themselves', async () => {
    const permissions: Permission[] = ['tools:run', 'apiKeys:write', 'roles:write', 'roles:read'];
    const headers = await clerk('carl', { permissions, tools: ['orders-*'] });
    const carl = apiClient(running.url, headers.authorization.slice('Bearer '.length));
    const key = { name: 'mine', scopes: ['tools:run' as const] };
    expect((await carl(apiKeyRoutes.create, { body: { ...key, tools: ['*'] } })).error.error_code).toBe(
      'PERMISSION_DENIED',
    );
    const made = await carl(apiKeyRoutes.create, { body: key });
    expect(made.body.tools).toEqual(['orders-*']);
    const ofKey = await callerWith({ 'x-api-key': made.body.key });
    expect([await ofKey.mayCall('orders-list'), await ofKey.mayCall('http.request')]).toEqual([true, false]);
    const wider = { name: 'wider', permissions: ['tools:run' as const] };
    expect((await carl(roleRoutes.createRole, { body: wider })).error.error_code).toBe('PERMISSION_DENIED');
    const narrow = { ...wider, tools: ['orders-list'] };
    expect((await carl(roleRoutes.createRole, { body: narrow })).status).toBe(201);
  });

  it('are all tools for built-in roles that run tools, and none for the others', async () => {
    const may = async (role: string) => (await callerWith(await signedIn([role]))).mayCall('http.request');
    expect([await may('designer'), await may('author'), await may('viewer')]).toEqual([true, true, false]);
  });

  it('are prompts with those they include, and their variables as arguments', async () => {
    await admin(promptRoutes.create, { body: { name: 'tone', content: { text: 'Be {{mood}}.' } } });
    const text = 'Greet {{who}}. {{> tone}}';
    await admin(promptRoutes.create, { body: { name: 'greet', content: { description: 'Greets', text } } });
    const { prompts } = await callerWith(await signedIn(['designer']));
    expect((await prompts.list()).find(({ name }) => name === 'greet')).toEqual({
      name: 'greet',
      description: 'Greets',
      arguments: [
        { name: 'who', required: true },
        { name: 'mood', required: true },
      ],
    });
    expect(await prompts.get('greet', { who: 'Ada', mood: 'kind {{who}}' })).toMatchObject({
      value: { messages: [{ content: { text: 'Greet Ada. Be kind {{who}}.' } }] },
    });
    expect(await prompts.get('greet', { who: 'Ada' })).toMatchObject({
      failure: { message: 'Expected the arguments mood, but they are missing' },
    });
  });

  it('are workflows by name, for who may read them, and deployed ones with a start form as processes', async () => {
    const xml =
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="order" isExecutable="true" /></bpmn:definitions>';
    const schema = {
      type: 'object',
      description: 'Ships an order',
      properties: { item: { type: 'string' } },
    };
    const made = await admin(workflowRoutes.createWorkflow, {
      body: { name: 'Ship it', xml, startForm: { schema, example: {} } },
    });
    const { resources, processes } = await callerWith(await signedIn(['designer']));
    expect(await resources.list()).toContainEqual(
      expect.objectContaining({ uri: 'baton://workflow/Ship%20it' }),
    );
    expect(await resources.read('baton://workflow/Ship%20it')).toMatchObject({ value: [{ text: xml }] });
    expect(await resources.read('baton://workflow/Nothing')).toMatchObject({
      failure: { code: 'NOT_FOUND' },
    });
    expect(await resources.complete('baton://workflow/{name}', 'name', 'sh')).toEqual(['Ship it']);
    expect(await processes.list()).toEqual([]);
    await admin(deploymentRoutes.createDeployment, { body: { workflowId: made.body.id } });
    expect(await processes.list()).toEqual([
      { bpmnProcessId: 'order', title: 'Ship it', description: 'Ships an order', input: schema },
    ]);
    const started = await processes.start('order', { item: 'tent' });
    expect(started.ok).toBe(true);
    const ofOther = await callerWith({
      authorization: `Bearer ${await token({ tenant: 'globex', roles: ['owner'] })}`,
    });
    expect(await ofOther.processes.list()).toEqual([]);
    expect(await ofOther.processes.start('order', {})).toMatchObject({ failure: { code: 'NOT_FOUND' } });
    expect(await ofOther.processes.task((started as { value: { id: string } }).value.id)).toMatchObject({
      ok: false,
    });
    expect(await ofOther.resources.list()).toEqual([]);
  });

  it('is told of changes of their tenant alone', async () => {
    const ours = await callerWith(await signedIn(['designer']));
    const theirs = await callerWith({
      authorization: `Bearer ${await token({ tenant: 'globex', roles: ['owner'] })}`,
    });
    const heard: unknown[] = [];
    const elsewhere: unknown[] = [];
    const ends = [
      ours.watch((change) => heard.push(change)),
      theirs.watch((change) => elsewhere.push(change)),
    ];
    await admin(promptRoutes.create, { body: { name: 'new-one', content: { text: 'x' } } });
    expect(heard).toEqual([{ list: 'prompts' }]);
    for (const end of ends) end();
    await admin(promptRoutes.create, { body: { name: 'another', content: { text: 'x' } } });
    expect([heard.length, elsewhere]).toEqual([1, []]);
  });
});

describe('what a call leaves', () => {
  const entries = async () => (await admin(auditRoutes.list, { query: { limit: 50 } })).body.items;

  it('is an entry of the audit, with the tool and how it ended; a question leaves none', async () => {
    const headers = await signedIn(['designer'], 'auditee');
    await post(list, headers);
    answer = async (caller) => {
      await caller.calling(true);
      await caller.called({ code: 'TOOL_TIMEOUT', message: 'Expected an answer in time' });
      return Response.json({ jsonrpc: '2.0', id: 1, result: { isError: true, content: [] } });
    };
    await post(call('orders-list'), headers);
    const ofThem = (await entries()).filter(({ actor }) => actor.id === 'auditee');
    expect(ofThem).toMatchObject([
      {
        action: 'mcp.callTool',
        outcome: 'failed',
        errorCode: 'TOOL_TIMEOUT',
        resource: { kind: 'tools', id: 'orders-list' },
      },
    ]);
  });

  it('is none where the tool changes nothing; of a key it is one all the same', async () => {
    answer = async (caller) => {
      await caller.calling(false);
      await caller.called(undefined);
      return Response.json({ jsonrpc: '2.0', id: 1, result: { content: [] } });
    };
    await post(call('look'), await signedIn(['designer'], 'reader'));
    const made = await admin(apiKeyRoutes.create, { body: { name: 'ci', scopes: ['tools:run'] } });
    await post(call('look'), { 'x-api-key': made.body.key });
    const all = await entries();
    expect(all.filter(({ actor }) => actor.id === 'reader')).toEqual([]);
    expect(all.filter(({ actor }) => actor.id === made.body.id)).toMatchObject([
      { action: 'mcp.callTool', outcome: 'done' },
    ]);
  });

  it('is counted as a run, and refused when it is too much', async () => {
    const headers = await signedIn(['designer'], 'busy');
    const answered = await post(call('orders-list'), headers);
    expect(answered.headers.get('x-ratelimit-limit')).toBe('600');
    expect((await post(list, headers)).headers.get('x-ratelimit-limit')).toBe('3000');
  });

  it('is a stream as the face writes it', async () => {
    const events = 'event: message\ndata: {}\n\n';
    answer = () =>
      new Response(events, { headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 's-1' } });
    const streamed = await post(call('slow'), await signedIn(['designer']));
    expect(streamed.headers.get('mcp-session-id')).toBe('s-1');
    expect(await streamed.text()).toBe(events);
  });

  it('is a failure that is answered when the face fails, and nothing of why', async () => {
    answer = () => {
      throw new Error('a detail of ours');
    };
    const failed = await post(call('x'), await signedIn(['designer']));
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain('a detail of ours');
  });
});
