import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registryMeta, table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import { connectedServer, namespaceOf, ownServer } from './serverDocument.ts';

const { registry } = table;
const at = new Date('2026-03-01T09:00:00Z');
const schemaName = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/;

let running: Running;
let acme: ApiClient;
let globex: ApiClient;
const own = 'baton.mcp';
const namespace = '127.0.0.1.acme';

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(running.url, await token({ roles: ['admin'] }));
  globex = apiClient(running.url, await token({ tenant: 'globex', roles: ['admin'] }));
  const save = (name: string, transport: object, more: object = {}) =>
    running.store.mcpServers.create('acme', `id-${name}`, {
      name,
      description: '',
      transport,
      auth: { kind: 'none' },
      timeout: 60_000,
      enabled: true,
      by: 'ada',
      at,
      ...more,
    });
  await save(
    'github',
    { kind: 'http', url: 'https://mcp.github.example/v1' },
    { auth: { kind: 'header', name: 'X-Key' } },
  );
  await save('old-one', { kind: 'sse', url: 'http://old.example/sse' }, { description: 'd'.repeat(300) });
  await save('off', { kind: 'http', url: 'https://off.example' }, { enabled: false });
  await save('files', {
    kind: 'stdio',
    command: 'npx',
    args: ['-y', '@modelcontextprotocol/server-filesystem@1.2.3', '/data'],
    env: { MODE: { value: 'read' }, TOKEN: { secret: 'FILES_TOKEN' } },
  });
  await save('script', { kind: 'stdio', command: '/opt/run', args: [], env: {} });
});
afterAll(() => running.stop());

const list = async (query: Record<string, string | number> = {}, client = acme) =>
  (await client(registry.servers, { query })).body;
const names = async (query: Record<string, string | number> = {}, client = acme) =>
  (await list(query, client)).servers.map(({ server }) => server.name);

describe('the private registry', () => {
  it('lists the tenant’s own server and those it is connected to that are switched on', async () => {
    expect(await names()).toEqual(
      [own, 'files', 'github', 'old-one', 'script'].map((name) => `${namespace}/${name}`),
    );
    expect(await names({}, globex)).toEqual([`127.0.0.1.globex/${own}`]);
  });

  it('says in server.json how each is reached, without what is secret', async () => {
    const { servers } = await list();
    const byName = Object.fromEntries(servers.map(({ server }) => [server.name.split('/')[1], server]));
    for (const { server } of servers) {
      expect(server.name).toMatch(schemaName);
      expect(server.description.length).toBeGreaterThan(0);
      expect(server.$schema).toBe(
        'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
      );
    }
    expect(byName[own]!.remotes).toMatchObject([{ type: 'streamable-http', url: `${running.url}/mcp` }]);
    expect(byName.github!.remotes).toEqual([
      {
        type: 'streamable-http',
        url: 'https://mcp.github.example/v1',
        headers: [{ name: 'X-Key', isRequired: true, isSecret: true }],
      },
    ]);
    expect(byName['old-one']!.remotes).toEqual([{ type: 'sse', url: 'http://old.example/sse' }]);
    expect(byName.files!.packages).toEqual([
      {
        registryType: 'npm',
        identifier: '@modelcontextprotocol/server-filesystem',
        version: '1.2.3',
        transport: { type: 'stdio' },
        runtimeHint: 'npx',
        runtimeArguments: [{ type: 'positional', value: '-y' }],
        packageArguments: [{ type: 'positional', value: '/data' }],
        environmentVariables: [
          { name: 'MODE', value: 'read' },
          { name: 'TOKEN', isRequired: true, isSecret: true },
        ],
      },
    ]);
    expect(byName.script).not.toHaveProperty('packages');
  });

  it('gives page after page, what was changed since, and what has a text in its name', async () => {
    const first = await list({ limit: 2 });
    expect(first.metadata).toEqual({ count: 2, nextCursor: `${namespace}/files` });
    const cursor = first.metadata.nextCursor!;
    expect(await names({ limit: 2, cursor })).toEqual([`${namespace}/github`, `${namespace}/old-one`]);
    expect((await list({ limit: 100, cursor })).metadata).toEqual({ count: 3 });
    expect(await names({ search: 'GIT' })).toEqual([`${namespace}/github`]);
    expect(await names({ updated_since: '2100-01-01T00:00:00Z' })).toEqual([]);
    expect(await names({ version: '9.9.9' })).toEqual([]);
    expect(await names({ version: 'latest', search: 'script' })).toEqual([`${namespace}/script`]);
  });

  it('tells one server and its version; of a server of another tenant nothing', async () => {
    const name = `${namespace}/github`;
    const { body } = await acme(registry.versions, { params: { name } });
    expect(body.servers).toHaveLength(1);
    const { server, _meta } = body.servers[0]!;
    expect(_meta[registryMeta]).toEqual({
      status: 'active',
      publishedAt: at.toISOString(),
      updatedAt: at.toISOString(),
      isLatest: true,
    });
    for (const version of ['latest', server.version])
      expect((await acme(registry.version, { params: { name, version } })).body.server).toEqual(server);
    expect((await acme(registry.version, { params: { name, version: '0.0.1' } })).status).toBe(404);
    expect((await globex(registry.versions, { params: { name } })).status).toBe(404);
  });
});

it('names are in reverse domain order, of whatever host', () => {
  expect(namespaceOf('https://baton.example.com', 'acme')).toBe('com.example.baton.acme');
  for (const origin of ['http://localhost:3000', 'http://[::1]:3000', 'https://10.0.0.1'])
    expect(ownServer(origin, 'acme', '1.0.0').name).toMatch(schemaName);
  const server = { tenantId: 'acme', name: 'x', description: 'é'.repeat(101), revision: 2 };
  const transport = { kind: 'http', url: 'https://x.example' };
  const document = connectedServer('https://b.example', {
    ...server,
    transport,
    auth: { kind: 'none' },
  } as never);
  expect(document).toMatchObject({ version: '1.0.2', name: 'example.b.acme/x' });
  expect([...document.description]).toHaveLength(100);
});
