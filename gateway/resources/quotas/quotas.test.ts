import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, xml } from '../../test/bodies.ts';
import { connectLive } from '../../test/liveClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

let running: Running;
let client: ApiClient;
let tenants = 0;
let tenant: string;

beforeAll(async () => {
  running = await startGateway({ limits: { quotas: { agents: 5, concurrentRuns: 2, storageBytes: 4_000 } } });
});
afterAll(() => running.stop());
beforeEach(async () => {
  tenant = `quota-${tenants++}`;
  await running.store.tenants.create({ id: tenant, name: tenant, at: new Date() });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  client = apiClient(running.url, await token({ tenant }));
});

const create = (name: string) => client(table.agents.create, { body: { name, content: agent } });
async function quota(name: string) {
  const { items } = (await client(table.quotas.listQuotas)).body;
  const { limit, used, reserved } = items.find((item) => item.name === name)!;
  return { limit, used, reserved };
}

describe('agents', () => {
  it('are as many as the quota says, to the one, whoever makes them at once', async () => {
    const made = await Promise.all(Array.from({ length: 9 }, (_, n) => create(`agent-${n}`)));

    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 429, 429, 429, 429]);
    expect(made.find(({ status }) => status === 429)?.error).toMatchObject({
      error_code: 'QUOTA_EXCEEDED',
      details: { quota: 'agents', limit: 5 },
    });
    expect(await quota('agents')).toEqual({ limit: 5, used: 5, reserved: 0 });
  });

  it('that are deleted make room; those refused take none', async () => {
    const { body } = await create('first');
    for (let n = 0; n < 6; n++) expect((await create('first')).status).toBe(409);
    for (let n = 0; n < 4; n++) await create(`more-${n}`);
    expect((await create('sixth')).status).toBe(429);
    await client(table.agents.delete, { params: { id: body.id } });

    expect((await create('sixth')).status).toBe(201);
    expect((await create('seventh')).status).toBe(429);
  });

  it('made through another door count too', async () => {
    for (let n = 0; n < 5; n++) {
      await running.store.resources.create(tenant, 'agent', `a${n}`, {
        name: `other-${n}`,
        content: {},
        author: '',
        message: '',
        at: new Date(),
      });
    }

    expect((await create('sixth')).status).toBe(429);
  });
});

it('takes the bytes of what is saved, old versions too', async () => {
  const large = { ...agent, systemPrompt: 'x'.repeat(3_000) };
  const { status, body } = await client(table.agents.create, { body: { name: 'large', content: large } });
  const second = await client(table.agents.update, {
    params: { id: body.id },
    body: { content: { ...large, systemPrompt: 'y'.repeat(3_000) } },
    headers: { 'if-match': '*' },
  });

  expect([status, second.status]).toEqual([201, 429]);
  expect(second.error.details).toMatchObject({ quota: 'storageBytes', limit: 4_000 });
});

describe('users', () => {
  const password = 'covers on the reports 9';
  const create = async (username: string) => {
    const person = { username, name: username, email: `${username}@acme.example`, password };
    return client(table.users.create, { body: { ...person, roles: ['viewer'] } });
  };
  const invite = (name: string) =>
    client(table.invitations.create, { body: { email: `${name}@acme.example`, roles: ['viewer'] } });
  const accept = (link: string, username: string) =>
    apiClient(running.url, undefined)(table.invitations.accept, {
      body: { token: link.split('/').at(-1)!, username, name: username, password },
    });

  it('are all there are, whether they have ever come, are disabled or only invited', async () => {
    await running.store.identity.saveUser({
      id: `${tenant}-seeded`,
      username: `seeded-${tenant}`,
      name: 'Seeded',
      email: 'seeded@acme.example',
      tenantId: tenant,
      roles: ['viewer'],
      enabled: true,
      passwordHash: '',
    });
    const [ada, bob] = [await create(`ada-${tenant}`), await create(`bob-${tenant}`)];
    await client(table.users.update, { params: { id: ada.body.id }, body: { enabled: false } });
    const [kept, revoked] = [await invite('carl'), await invite('dora')];
    expect(await quota('users')).toMatchObject({ used: 5 });

    await client(table.invitations.revoke, { params: { id: revoked.body.id } });
    await client(table.members.removeMember, { params: { id: bob.body.id } });
    expect(await quota('users')).toMatchObject({ used: 3 });
    expect((await accept(kept.body.link, `carl-${tenant}`)).status).toBe(201);
    expect(await quota('users')).toMatchObject({ used: 3 });
  });

  it('that are invited have a place, and whoever is one too many is not invited', async () => {
    await client(table.quotas.updateQuotas, { body: { own: { users: 2 } } });
    const invitations = [await invite('ada'), await invite('bob')];
    expect((await invite('carl')).error).toMatchObject({ error_code: 'QUOTA_EXCEEDED' });
    expect((await create(`dora-${tenant}`)).status).toBe(429);

    const [first, second] = invitations.map(({ body }) => body);
    expect((await accept(first!.link, `ada-${tenant}`)).status).toBe(201);
    expect((await invite('carl')).status).toBe(429);
    await client(table.invitations.revoke, { params: { id: second!.id } });
    expect((await invite('carl')).status).toBe(201);
  });
});

describe('runs', () => {
  it('are as many at once as the quota says; one that ends makes room', async () => {
    const workflow = await client(table.workflows.createWorkflow, { body: { name: 'Runs', xml } });
    await client(table.deployments.createDeployment, { body: { workflowId: workflow.body.id } });
    const start = () => client(table.instances.startInstance, { body: { bpmnProcessId: 'p' } });
    const started = [await start(), await start()];
    const refused = await start();
    const [{ body }] = started as [(typeof started)[0]];
    for (const instance of running.engine.instances) {
      if (instance.processInstanceKey === body.key) instance.state = 'COMPLETED';
    }
    expect([...started, refused].map(({ status }) => status)).toEqual([201, 201, 429]);
    expect((await start()).status).toBe(201);
  });
});

describe('what the platform gives', () => {
  it('replaces the defaults, for that tenant only, from the next request on', async () => {
    const token = await tokenMaker(running.store, running.gateway.issuer);
    const platform = apiClient(running.url, await token({ tenant: 'platform', roles: ['platform'] }));
    const given = await platform(table.grants.setGrants, {
      params: { id: tenant },
      body: { quotas: { agents: 1 }, rates: { 'user.read': 7 } },
    });
    const missing = await platform(table.grants.setGrants, {
      params: { id: 'nobody' },
      body: { quotas: {}, rates: {} },
    });
    const own = await client(table.grants.setGrants, {
      params: { id: tenant },
      body: { quotas: { agents: 1_000 }, rates: {} },
    });

    expect([given.status, missing.status, own.status]).toEqual([200, 404, 403]);
    expect([(await create('one')).status, (await create('two')).status]).toEqual([201, 429]);
    expect((await client(table.limits.getLimits)).body.rates).toMatchObject({
      'user.read': 7,
      'user.write': 1_200,
    });
  });
});

describe('what a tenant sets for itself', () => {
  it('is never more than it is given', async () => {
    const { body } = await client(table.quotas.updateQuotas, { body: { own: { agents: 1_000, tools: 1 } } });
    const limits = Object.fromEntries(body.items.map(({ name, limit, own }) => [name, [limit, own]]));

    expect([limits.agents, limits.tools, limits.tokensPerDay]).toEqual([
      [5, 1_000],
      [1, 1],
      [null, null],
    ]);
  });

  it('holds from the next request on', async () => {
    await client(table.quotas.updateQuotas, { body: { own: { agents: 1 } } });

    expect([(await create('one')).status, (await create('two')).status]).toEqual([201, 429]);
  });
});

it('refuses requests beyond those of a day, and says when the next begins', async () => {
  await client(table.quotas.updateQuotas, { body: { own: { requestsPerDay: 5 } } });
  const statuses = [];
  for (let n = 0; n < 8; n++) statuses.push((await client(table.agents.list)).status);
  const { error, headers } = await client(table.agents.list);

  expect(statuses.at(-1)).toBe(429);
  expect(error).toMatchObject({
    error_code: 'QUOTA_EXCEEDED',
    details: { quota: 'requestsPerDay', limit: 5 },
  });
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(86_400);
  // The way out stays open.
  await client(table.quotas.updateQuotas, { body: { own: {} } });
  expect((await client(table.agents.list)).status).toBe(200);
});

it('tells once that a quota comes near its end, live and in the audit', async () => {
  await client(table.quotas.updateQuotas, { body: { own: { tokensPerDay: 100 } } });
  const token = await (await tokenMaker(running.store, running.gateway.issuer))({ tenant });
  const socket = await connectLive(running.url, token);
  socket.send({ type: 'subscribe', topic: 'alerts' });
  await socket.next();
  for (let n = 0; n < 9; n++) await running.gateway.quotas.count(tenant, { tokensPerDay: 10 });

  expect(await socket.next()).toMatchObject({
    topic: 'alerts',
    data: { kind: 'quota', quota: 'tokensPerDay', limit: 100, used: 80 },
  });
  await socket.close();
  const { items } = (await client(table.audit.list)).body;
  expect(items.filter(({ action }) => action === 'quotas.warning')).toMatchObject([
    { resource: { kind: 'quotas', id: 'tokensPerDay' }, actor: { kind: 'system' } },
  ]);
});
