import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { openCoordination } from '@baton/infra/coordination';
import type { DocumentStore } from '@baton/infra/store';
import type { McpToolView } from '@baton/tools-registry/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type McpServer, type McpServerBody, table } from '../../api/index.ts';
import { createMcpCredentials, createSecrets, type McpServerAccess, secretKey } from '../../index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent } from '../../test/bodies.ts';
import { type FakeMcpConnections, fakeMcpConnections } from '../../test/fakeMcpConnections.ts';
import { connectLive } from '../../test/liveClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const planted = 'mcp-planted-4711-abcdefgh';
const rows = table.mcpServers;

let running: Running;
let connections: FakeMcpConnections;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: ApiClient;
let author: ApiClient;
let viewer: ApiClient;

const secrets = createSecrets([secretKey(randomBytes(32))], randomBytes);
const access = (store: DocumentStore): McpServerAccess => ({
  connections,
  credentials: createMcpCredentials({
    store: store.mcpCredentials,
    secrets,
    log: pino({ level: 'silent' }),
  }),
  programs: true,
  refusal: async (url) =>
    url.includes('10.0.0.1') ? `Expected a public address, but ${url} is not` : undefined,
});

beforeAll(async () => {
  connections = fakeMcpConnections();
  const inner = await startGateway();
  const { store } = inner;
  const outer = await startGateway({
    store,
    secrets,
    mcpServers: access(store),
  });
  running = {
    ...outer,
    async stop() {
      await outer.stop();
      await inner.stop();
    },
  };
  token = await tokenMaker(store, running.gateway.issuer);
  const hour = { expiresAt: Date.now() + 3_600_000 };
  admin = apiClient(running.url, await token({ sub: 'admin', roles: ['admin'] }, hour));
  author = apiClient(running.url, await token({ sub: 'author', roles: ['author'] }, hour));
  viewer = apiClient(running.url, await token({ sub: 'viewer', roles: ['viewer'] }, hour));
});
afterAll(() => running.stop());

let count = 0;
const newName = () => `server-${++count}`;
const http = { kind: 'http' as const, url: 'https://mcp.example/mcp' };
const program = { kind: 'stdio' as const, command: 'mcp-everything', args: ['stdio'], env: {} };
type Wish = Partial<Omit<McpServerBody, 'auth' | 'transport'>> & { auth?: object; transport?: object };
const wish = (over: Wish = {}) => ({ name: newName(), transport: http, ...over });

async function added(over: Wish = {}, client = admin): Promise<McpServer> {
  const made = await client(rows.create, { body: wish(over) });
  if (made.status !== 201) throw new Error(JSON.stringify(made.error));
  return made.body;
}
const at = ({ id }: McpServer) => ({ params: { id } });
const over = ({ id, hash }: McpServer, body: object) => ({
  params: { id },
  body,
  headers: { 'if-match': `"${hash}"` },
});
const credentialsOf = ({ id }: McpServer, user?: string) =>
  running.store.mcpCredentials.get('acme', id, user);
const issueOf = (error: { details?: unknown }) =>
  (error.details as { issues: { path: string[]; message: string }[] }).issues[0];

function listedTool(server: McpServer, tool: string, changes: Partial<McpToolView> = {}): McpToolView {
  return {
    tool,
    name: `${server.name}.${tool}`,
    description: 'Adds two numbers',
    input: { type: 'object' },
    output: {},
    annotations: { readOnlyHint: true },
    hash: 'h1',
    state: 'locked',
    accepted: { hash: 'h1', by: 'admin', at: 0 },
    drift: null,
    findings: [],
    ...changes,
  };
}

describe('an MCP server', () => {
  it('is saved, connected to in every process, and everybody who follows is told', async () => {
    const live = await connectLive(running.url, await token({ sub: 'watcher', roles: ['viewer'] }));
    live.send({ type: 'subscribe', topic: 'mcp-servers' });
    await live.next();
    const name = newName();

    const made = await author(rows.create, { body: { name, transport: http, description: 'Weather' } });

    expect(made.body).toEqual({
      id: expect.any(String),
      name,
      description: 'Weather',
      transport: http,
      auth: { kind: 'none' },
      timeout: 60_000,
      enabled: true,
      status: { state: 'connecting', message: '', checkedAt: null },
      commandHash: null,
      approval: null,
      tools: { locked: 0, quarantined: 0, new: 0, gone: 0 },
      hasMyToken: false,
      usedBy: 0,
      hash: expect.any(String),
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      updatedBy: 'author',
    });
    expect(made.headers.get('etag')).toBe(`"${made.body.hash}"`);
    expect(connections.asked).toContainEqual({
      call: 'serverChanged',
      tenantId: 'acme',
      serverId: made.body.id,
    });
    expect(await live.next()).toMatchObject({ data: { change: 'created', id: made.body.id, name } });

    connections.statuses.set(made.body.id, { state: 'connected', message: '', checkedAt: 0, latency: 3 });
    running.gateway.mcpNews('acme', made.body.id, { kind: 'status' });
    expect(await live.next()).toMatchObject({ data: { change: 'status', status: { state: 'connected' } } });
    await live.close();
    const { body } = await viewer(rows.get, at(made.body));
    expect(body.status).toEqual({
      state: 'connected',
      message: '',
      checkedAt: '1970-01-01T00:00:00.000Z',
      latency: 3,
    });
  });

  it('has a name of its own that no tool of the product begins with', async () => {
    const { name } = await added();
    const taken = await admin(rows.create, { body: wish({ name }) });
    expect([taken.status, taken.error.error_code]).toEqual([409, 'ALREADY_EXISTS']);
    const builtIn = await admin(rows.create, { body: wish({ name: 'http' }) });
    expect([builtIn.status, issueOf(builtIn.error)?.message]).toEqual([
      400,
      'Expected a name that no built-in tool begins with',
    ]);
  });

  it('is not where nobody may reach', async () => {
    const inside = await admin(rows.create, {
      body: wish({ transport: { kind: 'sse', url: 'http://10.0.0.1/sse' } }),
    });
    expect([inside.status, issueOf(inside.error)]).toEqual([
      400,
      {
        path: ['body', 'transport', 'url'],
        message: 'Expected a public address, but http://10.0.0.1/sse is not',
      },
    ]);
    const unsaved = await admin(rows.check, {
      body: wish({ transport: { kind: 'http', url: 'http://10.0.0.1/mcp' } }),
    });
    expect(unsaved.status).toBe(400);
  });

  it('is saved over only as it was read', async () => {
    const server = await added();
    const body = { name: server.name, transport: http, timeout: 1_000 };
    const saved = await admin(rows.replace, over(server, body));
    expect([saved.status, saved.body.timeout]).toEqual([200, 1_000]);
    const late = await author(rows.replace, over(server, body));
    expect([late.status, late.error.error_code]).toEqual([412, 'VERSION_CONFLICT']);
    const blind = await admin(rows.replace, { ...at(server), body });
    expect(blind.status).toBe(428);
  });

  it('is another tenant’s business only', async () => {
    const server = await added();
    const theirs = apiClient(running.url, await token({ sub: 'x', tenant: 'globex', roles: ['owner'] }));
    for (const ask of [rows.get, rows.delete, rows.tools, rows.messages, rows.authorize, rows.checkSaved]) {
      expect((await theirs(ask, at(server))).status).toBe(404);
    }
    expect((await theirs(rows.list, {})).body.items).toEqual([]);
  });
});

describe('what a server is shown', () => {
  const auth = { kind: 'header', name: 'X-API-Key', value: planted };

  it('is encrypted, never answered, and stays when it is not named', async () => {
    const server = await added({ auth });
    expect(server.auth).toEqual({ kind: 'header', name: 'X-API-Key', hasValue: true });
    const body = { name: server.name, transport: http, auth: { kind: 'header', name: 'X-API-Key' } };
    const saved = await admin(rows.replace, over(server, { ...body, timeout: 900 }));
    expect(saved.body.auth).toEqual(server.auth);
    expect((await credentialsOf(server))?.value).toBeDefined();
    const texts = [JSON.stringify(saved.body), ...running.logLines];
    for (const file of await readdir(running.store.place, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) texts.push(await readFile(`${file.parentPath}/${file.name}`, 'latin1'));
    }
    expect(texts.filter((text) => text.includes(planted))).toEqual([]);
  });

  it('is not taken along to another address', async () => {
    const server = await added({ auth });
    const elsewhere = {
      name: server.name,
      transport: { kind: 'http', url: 'https://evil.example/mcp' },
      auth: { kind: 'header', name: 'X-API-Key' },
    };
    const refused = await author(rows.replace, over(server, elsewhere));
    expect([refused.status, issueOf(refused.error)?.path]).toEqual([400, ['body', 'auth', 'value']]);
    connections.asked.length = 0;
    await author(rows.check, { body: { ...elsewhere, id: server.id } });
    await author(rows.check, { body: { ...elsewhere, transport: http, id: server.id } });
    expect(connections.asked.map((asked) => (asked.with as { secrets: object }).secrets)).toEqual([
      {},
      { value: planted },
    ]);
  });

  it('of people goes with the address they gave it for', async () => {
    const server = await added({ auth: { kind: 'user' } });
    const given = await viewer(rows.setMyToken, { ...at(server), body: { token: planted } });
    expect(given.status).toBe(204);
    expect((await viewer(rows.get, at(server))).body.hasMyToken).toBe(true);
    expect((await author(rows.get, at(server))).body.hasMyToken).toBe(false);
    const moved = await author(
      rows.replace,
      over(server, {
        name: server.name,
        transport: { kind: 'http', url: 'https://evil.example/mcp' },
        auth: { kind: 'user' },
      }),
    );
    expect(moved.status).toBe(200);
    expect(await credentialsOf(server, 'user:viewer')).toBeUndefined();
    await viewer(rows.setMyToken, { ...at(server), body: { token: planted } });
    expect((await viewer(rows.deleteMyToken, at(server))).status).toBe(204);
    expect((await viewer(rows.get, at(server))).body.hasMyToken).toBe(false);
    const shared = await added({ auth: { kind: 'user', value: planted } });
    expect(shared.auth).toEqual({ kind: 'user', header: 'Authorization', hasValue: true });
    connections.asked.length = 0;
    const { id, name } = shared;
    await author(rows.check, { body: { id, name, transport: http, auth: { kind: 'user' } } });
    expect(connections.asked[0]?.with).toMatchObject({
      user: 'user:author',
      secrets: { value: `Bearer ${planted}` },
    });
    const open = await added();
    const none = await viewer(rows.setMyToken, { ...at(open), body: { token: planted } });
    expect([none.status, none.error.error_code]).toEqual([409, 'INVALID_STATE']);
  });
});

describe('a program', () => {
  it('waits for the approval of exactly its command, which only an admin gives', async () => {
    const server = await added({ transport: program }, author);
    expect([server.approval, server.commandHash]).toEqual([null, expect.any(String)]);
    const body = { hash: server.commandHash };
    expect((await author(rows.approve, { ...at(server), body })).status).toBe(403);
    const other = await admin(rows.approve, { ...at(server), body: { hash: 'another' } });
    expect([other.status, other.error.error_code]).toEqual([409, 'INVALID_STATE']);
    const approved = await admin(rows.approve, { ...at(server), body });
    expect(approved.body.approval).toEqual({ ...body, by: 'admin', at: expect.any(String) });

    const { body: latest } = await author(rows.get, at(server));
    const described = { name: server.name, transport: program, description: 'As before' };
    const same = await author(rows.replace, over(latest, described));
    expect(same.body.approval).toEqual(approved.body.approval);
    const changed = { name: server.name, transport: { ...program, args: ['--evil'] } };
    const evil = await author(rows.replace, over(same.body, changed));
    expect(evil.body.approval).toBeNull();
  });

  it('is none at all where the installation starts none', async () => {
    const server = await added({ transport: program });
    const { store } = running;
    const without = await startGateway({ store, mcpServers: { ...access(store), programs: false } });
    const there = await tokenMaker(store, without.gateway.issuer);
    const asked = apiClient(without.url, await there({ sub: 'admin', roles: ['admin'] }));
    const refused = await asked(rows.create, { body: wish({ transport: program }) });
    const approval = await asked(rows.approve, { ...at(server), body: { hash: server.commandHash! } });
    await without.stop();
    expect([refused.status, approval.status]).toEqual([400, 409]);
    expect(refused.error.message).toContain('MCP_STDIO');
  });

  it('needs no authorization, and its environment names what it is made of', async () => {
    const both = await admin(rows.create, {
      body: wish({ transport: program, auth: { kind: 'header', name: 'X', value: planted } }),
    });
    expect([both.status, issueOf(both.error)?.path]).toEqual([400, ['body', 'auth', 'kind']]);
    const env = { TOKEN: { secret: 'WEATHER_TOKEN' }, MODE: { value: 'test' } };
    const server = await added({ transport: { ...program, env } });
    expect(server.transport).toEqual({ ...program, env });
    const wrong = await admin(rows.create, {
      body: wish({ transport: { ...program, env: { 'A=B': { value: '' } } } }),
    });
    expect(wrong.status).toBe(400);
  });
});

describe('the tools of a server', () => {
  it('are accepted as they were seen, all or none, by an admin', async () => {
    const server = await added();
    const drift = {
      changes: [{ place: 'description', accepted: 'Adds', seen: 'Adds, and tells' }],
      text: '-Adds\n+Adds, and tells',
      seenAt: 0,
    };
    connections.listed.set(server.id, [
      listedTool(server, 'add', { state: 'quarantined', hash: 'h2', drift }),
      listedTool(server, 'sub', { state: 'new', accepted: null }),
    ]);
    const { body } = await viewer(rows.tools, at(server));
    expect(body.items.map(({ name, state, drift }) => [name, state, drift?.changes])).toEqual([
      [
        `${server.name}.add`,
        'quarantined',
        [{ path: '/description', kind: 'changed', before: 'Adds', after: 'Adds, and tells' }],
      ],
      [`${server.name}.sub`, 'new', undefined],
    ]);
    const accepting = (...tools: object[]) => ({ ...at(server), body: { tools } });
    expect((await author(rows.acceptTools, accepting({ tool: 'add', hash: 'h2' }))).status).toBe(403);
    const stale = await admin(rows.acceptTools, accepting({ tool: 'add', hash: 'h1' }));
    expect([stale.status, stale.error.error_code]).toEqual([409, 'INVALID_STATE']);
    const accepted = await admin(rows.acceptTools, accepting({ tool: 'add', hash: 'h2' }));
    expect(accepted.body.items[0]).toMatchObject({ state: 'locked', drift: null, accepted: { by: 'admin' } });
  });

  it('are there for agents once they are accepted, and keep their server', async () => {
    const server = await added();
    connections.listed.set(server.id, [
      listedTool(server, 'add'),
      listedTool(server, 'sub', { state: 'new', accepted: null }),
      listedTool(server, 'mul', { state: 'quarantined' }),
    ]);
    const create = (tool: string) =>
      admin(table.agents.create, {
        body: { name: `agent-of-${server.name}`, content: { ...agent, tools: [`${server.name}.${tool}`] } },
      });
    for (const tool of ['sub', 'unknown']) {
      const missing = await create(tool);
      expect([missing.status, missing.error.error_code]).toEqual([409, 'REFERENCE_MISSING']);
    }
    const made = await create('add');
    expect(made.status).toBe(201);
    expect((await viewer(rows.get, at(server))).body.usedBy).toBe(1);

    const kept = await admin(rows.delete, at(server));
    expect([kept.status, kept.error.error_code, kept.error.message]).toEqual([
      409,
      'IN_USE',
      `Expected to delete an MCP server that nothing uses, but agent 'agent-of-${server.name}' names a tool of '${server.name}'`,
    ]);
    const renamed = await admin(rows.replace, over(server, { name: newName(), transport: http }));
    expect([renamed.status, renamed.error.error_code]).toEqual([409, 'IN_USE']);

    const { problems } = (
      await admin(table.agents.validate, {
        body: { content: { ...agent, tools: [`${server.name}.mul`, `${server.name}.sub`] } },
      })
    ).body;
    const ofTools = problems.filter(({ path }) => path.includes('tools'));
    expect(ofTools.map(({ code, path }) => [code, path.at(-1)])).toEqual([
      ['REFERENCE_MISSING', '1'],
      ['TOOL_QUARANTINED', '0'],
    ]);

    await admin(table.agents.delete, { params: { id: made.body.id }, headers: { 'if-match': '*' } });
    expect((await admin(rows.delete, at(server))).status).toBe(204);
    expect((await admin(rows.get, at(server))).status).toBe(404);
  });

  it('keep their server for processes, too', async () => {
    const server = await added();
    const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
      <bpmn:process id="p" isExecutable="true"><bpmn:serviceTask id="call"><bpmn:extensionElements>
        <zeebe:taskDefinition type="tool" /><zeebe:taskHeaders><zeebe:header key="tool" value="${server.name}.add" /></zeebe:taskHeaders>
      </bpmn:extensionElements></bpmn:serviceTask></bpmn:process></bpmn:definitions>`;
    await admin(table.workflows.createWorkflow, { body: { name: 'Adding up', xml } });
    const kept = await admin(rows.delete, at(server));
    expect([kept.status, kept.error.message]).toEqual([
      409,
      `Expected to delete an MCP server that nothing uses, but workflow 'Adding up' names a tool of '${server.name}'`,
    ]);
  });

  it('and whatever names them never lose their server, however they meet', async () => {
    for (let round = 0; round < 8; round++) {
      const server = await added();
      connections.listed.set(server.id, [listedTool(server, 'add')]);
      const [named, deleted] = await Promise.all([
        admin(table.agents.create, {
          body: { name: `racing-${round}`, content: { ...agent, tools: [`${server.name}.add`] } },
        }),
        admin(rows.delete, at(server)),
      ]);
      expect([named.status, deleted.status]).not.toEqual([201, 204]);
    }
  });

  it('that another process accepted are read anew', async () => {
    const server = await added();
    connections.asked.length = 0;
    running.gateway.mcpNews('acme', server.id, { kind: 'locks' });
    await expect
      .poll(() => connections.asked)
      .toContainEqual({
        call: 'locksChanged',
        tenantId: 'acme',
        serverId: server.id,
      });
  });
});

describe('signing in at a server', () => {
  const auth = { kind: 'oauth', scopes: ['files:read'], clientId: 'baton', clientSecret: planted };

  it('leads to its issuer and back, for the person who began it', async () => {
    const server = await added({ auth });
    expect(server.auth).toEqual({
      kind: 'oauth',
      scopes: ['files:read'],
      clientId: 'baton',
      hasClientSecret: true,
    });
    const { body } = await admin(rows.authorize, at(server));
    const state = new URL(body.url).searchParams.get('state')!;
    const answer = { body: { state, code: 'c0de', iss: 'https://issuer.example' } };

    const someoneElse = await author(rows.completeAuthorization, answer);
    expect([someoneElse.status, someoneElse.error.error_code]).toEqual([409, 'INVALID_STATE']);
    const done = await admin(rows.completeAuthorization, answer);
    expect([done.status, done.body.id]).toEqual([200, server.id]);
    expect(connections.asked).toContainEqual({
      call: 'finishAuthorization',
      tenantId: 'acme',
      serverId: server.id,
      with: {
        redirectUrl: `${running.url}/mcp/oauth/callback`,
        params: { state, code: 'c0de', iss: 'https://issuer.example' },
      },
    });
    running.clock.advance(10 * 60_000);
    expect((await admin(rows.completeAuthorization, answer)).status).toBe(409);
    expect((await admin(rows.authorize, at(await added()))).error.error_code).toBe('INVALID_STATE');
  });

  it('comes back to a page that hands on what it was given, and shows nothing of it', async () => {
    const asked = (query: string) => fetch(`${running.url}/mcp/oauth/callback?${query}`);
    const good = await asked('state=s&code=c0de');
    const page = await good.text();
    expect([good.status, good.headers.get('cache-control'), good.headers.get('referrer-policy')]).toEqual([
      200,
      'no-store',
      'no-referrer',
    ]);
    expect(good.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-/);
    expect(page).not.toContain('c0de');
    const denied = await asked('error=access_denied&error_description=%3Cb%3ENo%3C/b%3E');
    expect([denied.status, await denied.text()]).toEqual([400, expect.stringContaining('&#60;b&#62;No')]);
    expect((await asked('code=c0de')).status).toBe(400);
  });

  it('is begun anew when something else is asked for', async () => {
    const server = await added({ auth });
    await running.store.mcpCredentials.change('acme', server.id, undefined, { oauth: 'sealed tokens' });
    const body = { name: server.name, transport: http };
    const { clientSecret, ...kept } = auth;
    const same = await admin(rows.replace, over(server, { ...body, auth: kept }));
    expect(await credentialsOf(server)).toEqual({ clientSecret: expect.any(String), oauth: 'sealed tokens' });
    await admin(rows.replace, over(same.body, { ...body, auth: { ...kept, scopes: ['files:write'] } }));
    expect(await credentialsOf(server)).toEqual({ clientSecret: expect.any(String) });
    expect(clientSecret).toBe(planted);
  });
});

it('is connected anew and read anew in every gateway, whichever was asked', async () => {
  const { store } = running;
  const coordination = await openCoordination({
    redisUrl: undefined,
    now: running.clock.now,
    after: running.clock.after,
    newId: () => 'shared',
  });
  const other = fakeMcpConnections();
  const here = await startGateway({ store, coordination, mcpServers: access(store) });
  const there = await startGateway({
    store,
    coordination,
    mcpServers: { ...access(store), connections: other },
  });
  const signed = await tokenMaker(store, here.gateway.issuer);
  const asked = apiClient(here.url, await signed({ sub: 'admin', roles: ['admin'] }));
  const { body } = await asked(rows.create, { body: wish() });
  const told = { tenantId: 'acme', serverId: body.id };
  expect(other.asked).toEqual([{ call: 'serverChanged', ...told }]);
  there.gateway.mcpNews('acme', body.id, { kind: 'locks' });
  await expect.poll(() => connections.asked).toContainEqual({ call: 'locksChanged', ...told });
  expect((await asked(rows.delete, at(body))).status).toBe(204);
  expect(other.asked.at(-1)).toEqual({ call: 'serverChanged', ...told });
  expect(await store.mcpLocks.get('acme', body.id)).toBeUndefined();
  await here.stop();
  await there.stop();
});
