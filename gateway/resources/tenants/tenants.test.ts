import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformTenant, type Role } from '../../access/roles.ts';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, xml } from '../../test/bodies.ts';
import { connectLive } from '../../test/liveClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let platform: ApiClient;

beforeEach(async () => {
  running = await startGateway({ issuer: { kind: 'embedded', developmentUsers: false } });
  token = await tokenMaker(running.store, running.gateway.issuer);
  platform = apiClient(running.url, await of(platformTenant, 'platform'));
});
afterEach(() => running.stop());

const of = (tenant: string, role: Role) =>
  token(
    { sub: `${role}-${tenant}`, tenant, roles: [role], preferred_username: role },
    { issuedAt: running.clock.now() + 1_000 },
  );
const codeOf = async (answer: Promise<{ status: number; error: { error_code: string } | undefined }>) => {
  const { status, error } = await answer;
  return [status, error?.error_code];
};
const acme = { params: { id: 'acme' } };

describe('those who run the installation', () => {
  it('make a tenant, whose first owner comes by an invitation', async () => {
    const made = await platform(table.tenants.createTenant, {
      body: { id: 'initech', name: 'Initech', owner: { email: 'bill@initech.example' } },
    });
    expect(made.body).toMatchObject({ id: 'initech', name: 'Initech', status: 'active' });
    const secret = made.body.invitation!.link.split('/').at(-1)!;
    const accepted = await apiClient(running.url, undefined)(table.invitations.accept, {
      body: { token: secret, username: 'bill', name: 'Bill Lumbergh', password: 'covers on the reports 9' },
    });
    expect(accepted.status).toBeLessThan(300);
    const { items } = await running.store.members.list('initech', {}, { limit: 5, offset: 0 });
    expect(items).toMatchObject([{ username: 'bill', roles: ['owner'] }]);

    const again = { body: { id: 'initech', name: 'Other' } };
    expect(await codeOf(platform(table.tenants.createTenant, again))).toEqual([409, 'ALREADY_EXISTS']);
    for (const id of ['platform', 'www', 'api']) {
      const answer = platform(table.tenants.createTenant, { body: { id, name: id } });
      expect(await codeOf(answer)).toEqual([409, 'ALREADY_EXISTS']);
    }
    for (const id of ['Acme', 'a_b', '-a', 'a.b', 'x'.repeat(32)]) {
      const answer = platform(table.tenants.createTenant, { body: { id, name: id } });
      expect(await codeOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
    }
    const { body } = await platform(table.tenants.listTenants);
    expect(body.items.map(({ id }) => id)).toEqual(['acme', 'globex', 'initech']);
  });

  it('see nothing of what is inside', async () => {
    for (const row of [table.tools.list, table.members.listMembers, table.tenant.getOwnTenant]) {
      expect(await codeOf(platform(row))).toEqual([403, 'PERMISSION_DENIED']);
    }
    expect(await codeOf(platform(table.tenants.exportTenant, acme))).toEqual([409, 'INVALID_STATE']);
    const header = { headers: { 'x-tenant': 'acme' } };
    expect(await codeOf(platform(table.tools.list, header))).toEqual([400, 'TENANT_MISMATCH']);
    const inside = apiClient(running.url, await of('acme', 'platform'));
    expect(await codeOf(inside(table.tenants.listTenants))).toEqual([403, 'PERMISSION_DENIED']);
  });
});

describe('a suspended tenant', () => {
  it('is locked out at once: people, sockets, keys; and let in again', async () => {
    const access = await of('acme', 'admin');
    const admin = apiClient(running.url, access);
    const { body } = await admin(table.apiKeys.create, { body: { name: 'ci', scopes: ['tools:read'] } });
    const key = apiClient(running.url, undefined, { 'x-api-key': body.key });
    const other = apiClient(running.url, await of('globex', 'admin'));
    const socket = await connectLive(running.url, access);
    socket.send({ type: 'subscribe', topic: 'tools' });
    await socket.next();
    const otherSocket = await connectLive(running.url, await of('globex', 'admin'));

    const suspended = await platform(table.tenants.suspendTenant, { ...acme, body: { reason: 'unpaid' } });

    expect(suspended.body).toMatchObject({ status: 'suspended', statusReason: 'unpaid' });
    for (const ask of [admin, key]) {
      expect(await codeOf(ask(table.tools.list))).toEqual([403, 'TENANT_SUSPENDED']);
    }
    expect(await socket.closed).toEqual({ code: 4403, reason: 'TENANT_SUSPENDED' });
    expect(await (await connectLive(running.url, access)).closed).toMatchObject({ code: 4403 });
    expect((await other(table.tools.list)).status).toBe(200);
    otherSocket.send({ type: 'ping' });
    expect(await otherSocket.next()).toEqual({ type: 'pong' });
    await otherSocket.close();

    expect((await platform(table.tenants.resumeTenant, acme)).body).not.toHaveProperty('statusReason');
    for (const ask of [admin, key]) expect((await ask(table.tools.list)).status).toBe(200);
  });

  it('is locked out while a request of its own is under way: the next one is refused', async () => {
    const admin = apiClient(running.url, await of('acme', 'admin'));
    const asked = Array.from({ length: 20 }, () => admin(table.tools.list));
    await platform(table.tenants.suspendTenant, { ...acme, body: {} });
    await Promise.all(asked);
    expect((await admin(table.tools.list)).status).toBe(403);
  });
});

describe('deleting a tenant', () => {
  async function filled() {
    const admin = apiClient(running.url, await of('acme', 'admin'));
    const workflow = await admin(table.workflows.createWorkflow, { body: { name: 'Triage', xml } });
    await admin(table.deployments.createDeployment, { body: { workflowId: workflow.body.id } });
    await admin(table.instances.startInstance, { body: { bpmnProcessId: 'p' } });
    await admin(table.agents.create, { body: { name: 'triage', content: agent } });
    return admin;
  }
  const kept = async (tenantId: string) =>
    Object.keys((await running.store.tenantData.read(tenantId)).collections);

  it('needs its suspension, then an export of all there is; then nothing of it is left', async () => {
    const admin = await filled();
    const remove = (hash: string) =>
      platform(table.tenants.deleteTenant, { ...acme, headers: { 'if-match': `"${hash}"` } });
    expect(await codeOf(remove('x'))).toEqual([409, 'INVALID_STATE']);
    await platform(table.tenants.suspendTenant, { ...acme, body: {} });
    expect(await codeOf(platform(table.tenants.deleteTenant, acme))).toEqual([428, 'IF_MATCH_REQUIRED']);
    for (const hash of ['x', '*']) expect(await codeOf(remove(hash))).toEqual([412, 'VERSION_CONFLICT']);
    const outdated = await platform(table.tenants.exportTenant, acme);
    await running.store.roles.create('acme', {
      name: 'late',
      description: '',
      permissions: [],
      at: new Date(),
      by: 'somebody',
    });
    expect(await codeOf(remove(outdated.body.hash))).toEqual([412, 'VERSION_CONFLICT']);

    const { body, headers } = await platform(table.tenants.exportTenant, acme);
    expect(headers.get('etag')).toBe(`"${body.hash}"`);
    expect(body.collections.resources).toHaveLength(2);
    expect((await remove(body.hash)).status).toBe(204);

    expect(await kept('acme')).toEqual([]);
    expect(running.engine.received.map(({ command }) => command)).toContain('cancelInstance');
    expect(await codeOf(admin(table.tools.list))).toEqual([403, 'TENANT_UNKNOWN']);
    expect(await codeOf(remove(body.hash))).toEqual([404, 'NOT_FOUND']);
    const { items } = await running.store.audit.list(platformTenant, {}, { limit: 50, offset: 0 });
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'tenants.deleteTenant', resource: { kind: 'tenants', id: 'acme' } }),
    );

    expect(await kept('acme')).toEqual([]);

    // A tenant of the same name is another one: the old tokens open nothing of it.
    running.clock.advance(5_000);
    await platform(table.tenants.createTenant, { body: { id: 'acme', name: 'Acme again' } });
    expect(await codeOf(admin(table.tools.list))).toEqual([403, 'TENANT_UNKNOWN']);
  });

  it('is an owner’s right too, and no admin’s', async () => {
    const admin = await filled();
    expect((await admin(table.tenant.exportOwnTenant)).status).toBe(403);
    const owner = apiClient(running.url, await of('acme', 'owner'));
    const remove = (hash: string) =>
      owner(table.tenant.deleteOwnTenant, { headers: { 'if-match': `"${hash}"` } });
    expect(await codeOf(remove('*'))).toEqual([412, 'VERSION_CONFLICT']);
    expect((await admin(table.tools.list)).status).toBe(200);

    const { body } = await owner(table.tenant.exportOwnTenant);
    expect((await remove(body.hash)).status).toBe(204);

    expect(await codeOf(owner(table.tenant.getOwnTenant))).toEqual([403, 'TENANT_UNKNOWN']);
    // What was under way writes its last; a minute later that is gone as well.
    running.clock.advance(61_000);
    await expect.poll(() => kept('acme')).toEqual([]);
    expect(await kept('globex')).not.toEqual([]);
  });

  it('leaves it as it was when the engine cannot end its runs', async () => {
    const admin = await filled();
    const owner = apiClient(running.url, await of('acme', 'owner'));
    const { body } = await owner(table.tenant.exportOwnTenant);
    running.engine.failure = { code: 'UNAVAILABLE', message: 'away' };
    const removed = owner(table.tenant.deleteOwnTenant, { headers: { 'if-match': `"${body.hash}"` } });
    expect(await codeOf(removed)).toEqual([503, 'ENGINE_UNAVAILABLE']);
    expect((await admin(table.agents.list)).body.total).toBe(1);
  });
});

describe('one’s own tenant', () => {
  it('is renamed by who runs it', async () => {
    const admin = apiClient(running.url, await of('acme', 'admin'));
    await admin(table.tenant.renameOwnTenant, { body: { name: 'Acme Ltd' } });
    expect((await admin(table.tenant.getOwnTenant)).body).toMatchObject({ id: 'acme', name: 'Acme Ltd' });
    expect((await admin(table.session.me)).body.tenant).toEqual({ id: 'acme', name: 'Acme Ltd' });
  });

  it('has an address of its own, which is no other tenant’s', async () => {
    const access = await of('acme', 'admin');
    const ask = (name: string) =>
      new Promise<number>((resolve, reject) => {
        // `fetch` does not let a caller name another host.
        import('node:http').then(({ get }) =>
          get(
            `${running.url}/api/me`,
            { headers: { host: `${name}:${running.gateway.port}`, authorization: `Bearer ${access}` } },
            ({ statusCode }) => resolve(statusCode!),
          ).on('error', reject),
        );
      });
    expect([await ask('localhost'), await ask('acme.localhost'), await ask('globex.localhost')]).toEqual([
      200, 200, 400,
    ]);
  });
});
