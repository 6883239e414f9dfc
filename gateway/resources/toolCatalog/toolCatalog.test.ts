import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ToolDocument, table, toolDocumentFile, toolDocumentText } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, members, quotas, roles, session, toolCatalog, tools } = table;

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let acme: ApiClient;
let globex: ApiClient;
beforeAll(async () => {
  running = await startGateway();
  token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(running.url, await token({ roles: ['admin'] }));
  globex = apiClient(running.url, await token({ tenant: 'globex', roles: ['admin'] }));
});
afterAll(() => running.stop());

const capabilities = { network: ['shop.example.com'] };
const save = async (client: ApiClient, name: string, changes: object = {}) => {
  const made = await client(tools.create, { body: { name, content: { ...tool, ...changes } } });
  expect(made.status).toBe(201);
  return made.body;
};
const exported = async (client: ApiClient, names?: string) =>
  (await client(toolCatalog.exportTools, { query: names === undefined ? {} : { names } })).body.tools;
const files = (documents: ToolDocument[]) =>
  Object.fromEntries(documents.map((each) => [toolDocumentFile(each), toolDocumentText(each)]));
const imported = (client: ApiClient, documents: unknown[], more: object) =>
  client(toolCatalog.importTools, { body: { tools: documents, ...more } });

describe('the catalog', () => {
  it('tells of a tool what it is, what it may not yet, and who uses it', async () => {
    const { id } = await save(acme, 'refund-order', { tags: ['billing'], capabilities, sideEffect: true });
    const made = await acme(agents.create, {
      body: { name: 'refunder', content: { ...agent, tools: ['refund-order'] } },
    });
    const read = () => acme(toolCatalog.read, { params: { name: 'refund-order' } });
    expect((await read()).body).toMatchObject({
      id,
      name: 'refund-order',
      tags: ['billing'],
      origin: { kind: 'saved' },
      version: 1,
      sideEffect: true,
      egress: false,
      approval: 'never',
      state: 'notGranted',
      input: {},
      usage: { agents: [{ id: made.body.id, name: 'refunder' }], workflows: [] },
    });
    await acme(tools.setGrants, { params: { id }, body: capabilities });
    expect((await read()).body.state).toBe('ready');
    const found = await acme(toolCatalog.search, { query: { q: 'refund', tag: 'billing' } });
    expect(found.body).toMatchObject({
      items: [{ id, state: 'ready', score: 1 }],
      total: 1,
      has_more: false,
    });
  });

  it('is the tenant’s own, and shows a role with patterns of tools what they name', async () => {
    await save(acme, 'pay-out');
    expect((await globex(toolCatalog.read, { params: { name: 'pay-out' } })).status).toBe(404);
    expect((await globex(toolCatalog.search)).body.total).toBe(0);

    await acme(roles.createRole, {
      body: { name: 'refunds', permissions: ['tools:read', 'tools:run'], tools: ['refund-*'] },
    });
    const clerk = apiClient(running.url, await token({ sub: 'clerk', roles: ['viewer'] }));
    await clerk(session.me);
    running.clock.advance(1_000);
    const given = { params: { id: 'clerk' }, body: { roles: ['refunds'] } };
    expect((await acme(members.setMemberRoles, given)).status).toBe(200);
    const seen = (await clerk(toolCatalog.search)).body.items.map(({ name }) => name);
    expect(seen).toEqual(['refund-order']);
    expect((await clerk(toolCatalog.read, { params: { name: 'pay-out' } })).status).toBe(404);
    const template = { params: { name: 'pay-out' } };
    expect((await clerk(toolCatalog.elementTemplateByName, template)).status).toBe(404);
  });

  it('gives an element template by id and by name', async () => {
    const { id } = await save(acme, 'look-up', { input: { properties: { orderId: { type: 'string' } } } });
    const byId = await acme(toolCatalog.elementTemplate, { params: { id } });
    const byName = await acme(toolCatalog.elementTemplateByName, { params: { name: 'look-up' } });
    expect(byId.body).toEqual(byName.body);
    expect(byId.body).toMatchObject({ id: 'baton.tool.look-up', version: 1 });
    expect((await acme(toolCatalog.elementTemplate, { params: { id: 'none' } })).status).toBe(404);
  });
});

describe('tools as files', () => {
  it('are the same bytes wherever they are exported, and do nothing where they are already', async () => {
    const samples = [{ name: 'one', input: { b: 1, a: [{ z: 1, y: 2 }] } }];
    await save(acme, 'file-one', { samples, input: { type: 'object', properties: { b: {}, a: {} } } });
    await save(acme, 'file-two', { tags: ['x'] });
    const documents = await exported(acme, 'file-two,file-one');
    expect(documents.map(({ name }) => name)).toEqual(['file-one', 'file-two']);
    expect(files(documents)['file-one.tool.json']).toMatch(/^\{\n {2}"format": "baton-tool",\n[\s\S]*\}\n$/);

    const read = documents.map((each) => JSON.parse(toolDocumentText(each)));
    const there = await imported(globex, read, { mode: 'write' });
    expect(there.body).toMatchObject({
      written: true,
      tools: [
        { name: 'file-one', action: 'create', version: 1 },
        { name: 'file-two', action: 'create', version: 1 },
      ],
    });
    expect(files(await exported(globex, 'file-one,file-two'))).toEqual(files(documents));
    const again = await imported(globex, read, { mode: 'write' });
    expect(again.body.tools.map(({ action, version }) => [action, version])).toEqual([
      ['none', 1],
      ['none', 1],
    ]);
  });

  it('that conflict are told before anything is written, and replace or stay as one says', async () => {
    await save(acme, 'mine', { description: 'Mine' });
    const [mine] = await exported(acme, 'mine');
    const theirs = { ...mine!, content: { ...mine!.content, description: 'Theirs' } };
    const other = { ...mine!, name: 'other' };
    const check = await imported(acme, [theirs, other], { mode: 'check' });
    expect(check.body).toMatchObject({
      written: false,
      tools: [
        {
          name: 'mine',
          action: 'refuse',
          version: 1,
          problems: [
            {
              code: 'ALREADY_EXISTS',
              message: "Expected a new name or the same content, but 'mine' is there with another one",
            },
          ],
        },
        { name: 'other', action: 'create' },
      ],
    });
    const refused = await imported(acme, [theirs, other], { mode: 'write' });
    expect([refused.status, refused.error.error_code]).toEqual([409, 'ALREADY_EXISTS']);
    expect((await exported(acme)).some(({ name }) => name === 'other')).toBe(false);

    const skipped = await imported(acme, [theirs], { mode: 'write', conflicts: 'skip' });
    expect(skipped.body.tools).toMatchObject([{ action: 'none', version: 1 }]);
    const updated = await imported(acme, [theirs, other], { mode: 'write', conflicts: 'update' });
    expect(updated.body.tools).toMatchObject([
      { action: 'update', version: 2 },
      { action: 'create', version: 1 },
    ]);
    expect((await exported(acme, 'mine'))[0]!.content.description).toBe('Theirs');
  });

  it('that are no tools are refused with what is wrong in each, and nothing is written', async () => {
    const [good] = await exported(acme, 'mine');
    const bad = [
      null,
      { ...good, format: 'zip' },
      { ...good, name: 'http.request' },
      { ...good, name: 'bad-schema', content: { ...good!.content, input: { type: 'text' } } },
      { ...good, name: 'no-source', content: { ...good!.content, source: '' } },
      { ...good, name: 'twice' },
      { ...good, name: 'twice' },
    ];
    const { body } = await imported(acme, bad, { mode: 'check' });
    expect(body.tools.map(({ name, action, problems }) => [name, action, problems[0]?.path])).toEqual([
      ['', 'refuse', []],
      ['mine', 'refuse', ['format']],
      ['http.request', 'refuse', ['name']],
      ['bad-schema', 'refuse', ['content', 'input', 'type']],
      ['no-source', 'refuse', ['content', 'source']],
      ['twice', 'create', undefined],
      ['twice', 'refuse', ['name']],
    ]);
    const refused = await imported(acme, bad, { mode: 'write' });
    expect([refused.status, refused.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await exported(acme)).some(({ name }) => name === 'twice')).toBe(false);
  });

  it('that are not there are named', async () => {
    const { status, error } = await acme(toolCatalog.exportTools, { query: { names: 'mine,gone' } });
    expect([status, error.details]).toEqual([404, { missing: ['gone'] }]);
  });

  it('count for the quota, each of them', async () => {
    const used = async () =>
      (await acme(quotas.listQuotas)).body.items.find(({ name }) => name === 'tools')!.used;
    const [good] = await exported(acme, 'mine');
    const before = await used();
    await imported(
      acme,
      [1, 2, 3].map((n) => ({ ...good, name: `quota-${n}` })),
      { mode: 'write' },
    );
    expect(await used()).toBe(before + 3);
  });
});
