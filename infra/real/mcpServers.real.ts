import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Question } from '@baton/engine/protocol';
import type { Instance, McpServer, McpServerTool, UserTask } from '@baton/gateway/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../e2e/product.ts';
import { type GuardedMcp, guardMcp } from './guardedMcp.ts';
import { freePort, isListening, until } from './ports.ts';
import { root } from './root.ts';

/** The reference server of the protocol's makers, as its package has it. */
const everything = join(root, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');

/** The same server, but that it describes one tool otherwise than before. */
const drifted = `
const { spawn } = require('node:child_process');
const server = spawn(process.execPath, [process.argv[1], 'stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(server.stdin);
let rest = '';
server.stdout.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) process.stdout.write(line.replace('Echoes back the input string', 'Echoes, and keeps a copy') + '\\n');
});
`;

const bpmn = (id: string, tool: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="mcp">
  <bpmn:process id="${id}" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="call" />
    <bpmn:serviceTask id="call"><bpmn:extensionElements>
      <zeebe:taskDefinition type="tool" retries="3" />
      <zeebe:ioMapping><zeebe:input source="=message" target="message" /></zeebe:ioMapping>
      <zeebe:taskHeaders>
        <zeebe:header key="tool" value="${tool}" />
        <zeebe:header key="resultVariable" value="said" />
      </zeebe:taskHeaders>
    </bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="call" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;

const folder = mkdtempSync(join(tmpdir(), 'baton-mcp-story-'));
let product: Product;
let token: string;
const started: ChildProcess[] = [];
let guarded: GuardedMcp | undefined;

async function api<T>(method: string, path: string, body?: unknown, headers = {}): Promise<T> {
  const response = await fetch(`${product.address}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function signIn(username = 'admin') {
  const { access_token } = await (
    await fetch(`${product.address}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: username }),
    })
  ).json();
  token = access_token;
}

beforeAll(async () => {
  product = await startProduct({ dataDirectory: folder });
  await signIn();
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await guarded?.close();
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const serverOf = (id: string) => api<McpServer>('GET', `/mcp-servers/${id}`);
const toolsOf = async (id: string) =>
  (await api<{ items: McpServerTool[] }>('GET', `/mcp-servers/${id}/tools`)).items;

async function connected(id: string): Promise<McpServer> {
  await until(async () => (await serverOf(id)).status.state === 'connected', 30_000);
  return serverOf(id);
}

async function acceptAll(id: string) {
  const tools = (await toolsOf(id))
    .filter(({ state }) => state === 'new' || state === 'quarantined')
    .map(({ tool, hash }) => ({ tool, hash }));
  if (tools.length > 0) await api('POST', `/mcp-servers/${id}/tools/acceptance`, { tools });
}

async function deployed(id: string, tool: string) {
  const { id: workflowId } = await api<{ id: string }>('POST', '/workflows', {
    name: id,
    xml: bpmn(id, tool),
  });
  await api('POST', '/deployments', { workflowId });
}
async function begun(id: string, message: string): Promise<string> {
  const { key } = await api<{ key: string }>('POST', '/instances', {
    bpmnProcessId: id,
    variables: { message },
  });
  return key;
}
const instanceOf = (key: string) => api<Instance>('GET', `/instances/${key}`);
const variablesOf = async (key: string) => JSON.stringify(await api('GET', `/instances/${key}/variables`));
const ended = (key: string) => until(async () => (await instanceOf(key)).state === 'COMPLETED', 30_000);

/** The open task of whoever is asked, once there is one. */
async function askedPerson(): Promise<UserTask | undefined> {
  const open = async () =>
    (await api<{ items: UserTask[] }>('GET', '/user-tasks?state=CREATED')).items.find(
      ({ bpmnProcessId }) => bpmnProcessId === 'baton-question',
    );
  await until(async () => (await open()) !== undefined, 30_000);
  return open();
}
const answered = (task: UserTask | undefined, name: string) =>
  api('POST', `/user-tasks/${task?.key}/completion`, {
    variables: { answer: { action: 'accept', content: { name, check: true } } },
  });

describe('the reference MCP server in the product', () => {
  let stdio: McpServer;
  let port: number;

  it('as a program: approved, connected, accepted and called by a process', async () => {
    const made = await api<McpServer>('POST', '/mcp-servers', {
      name: 'everything',
      transport: { kind: 'stdio', command: process.execPath, args: [everything, 'stdio'], env: {} },
    });
    await until(async () => (await serverOf(made.id)).status.state !== 'connecting', 30_000);
    expect((await serverOf(made.id)).status.state).toBe('needsApproval');
    await api('POST', `/mcp-servers/${made.id}/approval`, { hash: made.commandHash });
    stdio = await connected(made.id);
    expect(stdio.status).toMatchObject({ state: 'connected', serverInfo: { name: /everything/ } });
    expect(stdio.tools.locked + stdio.tools.new).toBeGreaterThan(10);
    await acceptAll(stdio.id);
    expect((await serverOf(stdio.id)).tools).toMatchObject({ new: 0, quarantined: 0 });

    await deployed('mcp-echo', 'everything.echo');
    const key = await begun('mcp-echo', 'hello');
    expect(await ended(key)).toBe(true);
    expect(await variablesOf(key)).toContain('Echo: hello');
  });

  it('that asks: a person is given a task with a form of its schema, and the call goes on with the answer', async () => {
    // It lists the tool once it has heard that people can be asked.
    const tool = 'trigger-elicitation-request';
    await until(async () => (await toolsOf(stdio.id)).some((each) => each.tool === tool), 30_000);
    await acceptAll(stdio.id);
    await deployed('mcp-ask', `everything.${tool}`);
    const key = await begun('mcp-ask', '');
    const task = await askedPerson();
    const { variables } = await api<{ variables: { question: Question } }>('GET', `/user-tasks/${task?.key}`);
    expect(variables.question).toMatchObject({
      kind: 'input',
      tool: `everything.${tool}`,
      schema: { type: 'object', properties: { name: { type: 'string' } } },
    });
    await answered(task, 'Ada');
    expect(await ended(key)).toBe(true);
    expect(await variablesOf(key)).toContain('Ada');
  });

  it('over Streamable HTTP: the same tools, resources and prompts', async () => {
    port = await freePort();
    started.push(
      spawn(process.execPath, [everything, 'streamableHttp'], {
        env: { ...process.env, PORT: String(port) },
        stdio: 'ignore',
      }),
    );
    await until(() => isListening(port), 20_000);
    const made = await api<McpServer>('POST', '/mcp-servers', {
      name: 'everything-http',
      transport: { kind: 'http', url: `http://127.0.0.1:${port}/mcp` },
    });
    const { id, status } = await connected(made.id);
    expect(status.state).toBe('connected');
    const names = (tools: McpServerTool[]) => tools.map(({ tool }) => tool).sort();
    expect(names(await toolsOf(id))).toEqual(names(await toolsOf(stdio.id)));
    await acceptAll(id);
    await deployed('mcp-echo-http', 'everything-http.echo');
    const key = await begun('mcp-echo-http', 'over there');
    expect(await ended(key)).toBe(true);
    const listed = await api<{ total: number }>('GET', `/mcp-servers/${id}/resources`);
    const prompts = await api<{ total: number }>('GET', `/mcp-servers/${id}/prompts`);
    expect([listed.total > 0, prompts.total > 0]).toEqual([true, true]);
    const asked = await api<{ response: unknown; messages: unknown[] }>(
      'POST',
      `/mcp-servers/${id}/requests`,
      { method: 'tools/call', params: { name: 'echo', arguments: { message: 'by hand' } } },
    );
    expect([JSON.stringify(asked.response), asked.messages.length]).toEqual([
      expect.stringContaining('Echo: by hand'),
      2,
    ]);
  });

  it('behind OAuth: one signs in once, tokens are refreshed, and whoever did not begin the sign-in cannot end it', async () => {
    guarded = await guardMcp(port);
    const made = await api<McpServer>('POST', '/mcp-servers', {
      name: 'everything-guarded',
      transport: { kind: 'http', url: guarded.url },
      auth: { kind: 'oauth' },
    });
    await until(async () => (await serverOf(made.id)).status.state !== 'connecting', 30_000);
    expect((await serverOf(made.id)).status.state).toBe('needsAuthorization');

    const { url } = await api<{ url: string }>('POST', `/mcp-servers/${made.id}/authorization`);
    const back = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    expect(back.startsWith(`${product.address}/mcp/oauth/callback?`)).toBe(true);
    expect((await fetch(back)).status).toBe(200);
    const { searchParams } = new URL(back);
    const answer = {
      state: searchParams.get('state'),
      code: searchParams.get('code'),
      iss: searchParams.get('iss'),
    };
    await signIn('author');
    await expect(api('POST', '/mcp-servers/authorizations', answer)).rejects.toThrow('INVALID_STATE');
    await signIn('admin');
    await api('POST', '/mcp-servers/authorizations', answer);
    expect((await connected(made.id)).status.state).toBe('connected');
    expect(guarded.grants).toEqual(['authorization_code']);

    guarded.expire();
    const asked = await api<{ response: unknown }>('POST', `/mcp-servers/${made.id}/requests`, {
      method: 'tools/call',
      params: { name: 'echo', arguments: { message: 'refreshed' } },
    });
    expect(JSON.stringify(asked.response)).toContain('Echo: refreshed');
    expect(guarded.grants).toEqual(['authorization_code', 'refresh_token']);
  });

  it('that says something else of a tool: calls stop at an incident with the difference, until an admin accepts', async () => {
    const latest = await serverOf(stdio.id);
    const changed = await api<McpServer>(
      'PUT',
      `/mcp-servers/${stdio.id}`,
      {
        name: 'everything',
        transport: { kind: 'stdio', command: process.execPath, args: ['-e', drifted, everything], env: {} },
      },
      { 'if-match': `"${latest.hash}"` },
    );
    expect(changed.approval).toBeNull();
    await api('POST', `/mcp-servers/${stdio.id}/approval`, { hash: changed.commandHash });
    await connected(stdio.id);
    const echo = (await toolsOf(stdio.id)).find(({ tool }) => tool === 'echo');
    expect([echo?.state, echo?.drift?.changes]).toEqual([
      'quarantined',
      [
        {
          path: '/description',
          kind: 'changed',
          before: 'Echoes back the input string',
          after: 'Echoes, and keeps a copy',
        },
      ],
    ]);

    const key = await begun('mcp-echo', 'once more');
    await until(async () => (await instanceOf(key)).incidents > 0, 30_000);
    const { items } = await api<{ items: { key: string; message: string }[] }>(
      'GET',
      `/instances/${key}/incidents`,
    );
    expect(items[0]?.message).toContain('Echoes, and keeps a copy');
    await acceptAll(stdio.id);
    await api('POST', `/incidents/${items[0]?.key}/resolution`, { retries: 1 });
    expect(await ended(key)).toBe(true);
    expect(await variablesOf(key)).toContain('Echo: once more');
  });

  it('is there again after kill -9, as it was accepted, and whoever was asked answers then', async () => {
    const asking = await begun('mcp-ask', '');
    const task = await askedPerson();
    await product.kill();
    product = await startProduct({ dataDirectory: folder, like: product });
    await signIn();
    const again = await connected(stdio.id);
    expect([again.status.state, again.tools.quarantined, again.tools.new]).toEqual(['connected', 0, 0]);
    const key = await begun('mcp-echo', 'still here');
    expect(await ended(key)).toBe(true);
    await answered(task, 'Grace');
    expect(await ended(asking)).toBe(true);
    expect(await variablesOf(asking)).toContain('Grace');
  });
});
