import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const hour = 3_600_000;
let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: ApiClient;
let anonymous: ApiClient;

const as = async (role: Role, tenant = 'acme') =>
  apiClient(
    running.url,
    await token(
      { roles: [role], tenant, sub: `${role}-${tenant}` },
      { expiresAt: running.clock.now() + 1000 * hour },
    ),
  );

beforeAll(async () => {
  running = await startGateway();
  token = await tokenMaker(running.store, running.gateway.issuer);
  admin = await as('admin');
  anonymous = apiClient(running.url, undefined);
});
afterAll(() => running.stop());

async function invited(roles = ['author'], hours?: number) {
  const { body, status, error } = await admin(table.invitations.create, {
    body: { email: 'guest@acme.example', roles, ...(hours === undefined ? {} : { hours }) },
  });
  if (status !== 201) throw new Error(JSON.stringify(error));
  return { ...body, token: body.link.split('/').at(-1)! };
}
const accept = (secret: string, changes: object = {}) =>
  anonymous(table.invitations.accept, {
    body: {
      token: secret,
      username: 'guest',
      name: 'A Guest',
      password: 'correct horse battery',
      ...changes,
    },
  });
async function seen(secret: string) {
  const answer = await fetch(`${running.url}/invitations/${secret}`);
  return [answer.status, /<h1>([^<]+)<\/h1>/.exec(await answer.text())?.[1]];
}

describe('an invitation', () => {
  it('has a link that is shown once and stored and logged nowhere', async () => {
    const made = await invited();
    expect(made.link).toBe(`${running.url}/invitations/${made.token}`);
    expect(await seen(made.token)).toEqual([200, 'Join Acme']);
    const listed = await admin(table.invitations.list);
    expect(listed.body.items[0]).toMatchObject({
      id: made.id,
      email: 'guest@acme.example',
      roles: ['author'],
      status: 'open',
      createdBy: 'admin',
    });
    const stored = await running.store.invitations.list('acme', { limit: 50, offset: 0 });
    expect(JSON.stringify([listed.body, stored, running.logLines])).not.toContain(made.token);
  });

  it('gives nobody more than who invites can do', async () => {
    const { status, error } = await admin(table.invitations.create, {
      body: { email: 'a@acme.example', roles: ['owner'] },
    });
    expect([status, error.error_code]).toEqual([403, 'PERMISSION_DENIED']);
    for (const roles of [['platform'], ['nonsense']]) {
      const refused = await admin(table.invitations.create, { body: { email: 'a@acme.example', roles } });
      expect([refused.status, refused.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
    }
  });

  it('stays good when it is accepted wrongly, and is used up by who comes first', async () => {
    const { token: secret } = await invited();
    expect((await accept(secret, { password: 'short' })).error).toMatchObject({
      error_code: 'VALIDATION_FAILED',
      details: { issues: [{ path: ['body', 'password'] }] },
    });
    expect((await accept(secret, { username: 'designer' })).error.error_code).toBe('ALREADY_EXISTS');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => accept(secret, { username: `guest-${n}` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 201).map(({ error }) => error.error_code);
    expect(new Set(others)).toEqual(new Set(['INVITATION_ENDED']));
    expect(await seen(secret)).toEqual([410, 'This invitation was used']);
    const { body } = await admin(table.users.list, { query: { limit: 200 } });
    expect(body.items.filter(({ username }) => username.startsWith('guest-'))).toMatchObject([
      { name: 'A Guest', roles: ['author'], enabled: true },
    ]);
  });

  it('ends with its time, and when it is taken back', async () => {
    const [short, revoked] = [await invited(['viewer'], 1), await invited()];
    expect((await admin(table.invitations.revoke, { params: { id: revoked.id } })).status).toBe(204);
    expect(await seen(revoked.token)).toEqual([410, 'This invitation was taken back']);
    expect((await accept(revoked.token)).error.details).toEqual({ status: 'revoked' });
    running.clock.advance(hour);
    expect(await seen(short.token)).toEqual([410, 'This invitation has expired']);
    expect((await accept(short.token)).error.details).toEqual({ status: 'expired' });
    expect((await admin(table.invitations.get, { params: { id: short.id } })).body.status).toBe('expired');
    running.clock.advance(-hour);
    expect(await seen('x'.repeat(43))).toEqual([404, 'No such invitation']);
    expect(await seen('<script>')).toEqual([404, 'No such invitation']);
  });

  it('is good for nothing while its tenant is suspended', async () => {
    const { token: secret } = await invited();
    const at = new Date(running.clock.now());
    await running.store.tenants.update('acme', { status: 'suspended' }, at);
    expect((await accept(secret)).error.error_code).toBe('TENANT_SUSPENDED');
    expect(await seen(secret)).toEqual([404, 'Not now']);
    await running.store.tenants.update('acme', { status: 'active' }, at);
    expect(await seen(secret)).toEqual([200, 'Join Acme']);
  });

  it('is in the audit of its tenant, with who came', async () => {
    const { id, token: secret } = await invited();
    await accept(secret, { username: 'audited' });
    const { body } = await admin(table.audit.list, { query: { resource: `invitations/${id}` } });
    expect(body.items.map(({ action, outcome, actor }) => [action, outcome, actor.name])).toEqual([
      ['invitations.accept', 'done', 'guest@acme.example'],
      ['invitations.create', 'done', 'admin'],
    ]);
    expect(JSON.stringify(body)).not.toContain(secret);
  });
});

describe('people', () => {
  it('are not changed by who can do less, and nobody shuts themselves out', async () => {
    const owner = await as('owner');
    const made = await owner(table.users.create, {
      body: {
        username: 'boss',
        name: 'The Boss',
        email: 'boss@acme.example',
        password: 'correct horse battery',
        roles: ['owner'],
      },
    });
    const params = { id: made.body.id };
    for (const [row, body] of [
      [table.users.update, { enabled: false }],
      [table.users.setRoles, { roles: ['viewer'] }],
      [table.users.setPassword, { password: 'correct horse battery' }],
      [table.users.delete, undefined],
    ] as const) {
      expect([row.path, (await admin(row, { params, body })).status]).toEqual([row.path, 403]);
    }
    const boss = apiClient(
      running.url,
      (
        await anonymous(table.session.login, {
          body: { username: 'boss', password: 'correct horse battery' },
        })
      ).body.access_token,
    );
    expect((await boss(table.users.delete, { params })).error.error_code).toBe('INVALID_STATE');
    const disabled = await boss(table.users.update, { params, body: { enabled: false } });
    expect(disabled.error.error_code).toBe('INVALID_STATE');
  });

  it('are not made by strangers where registration is closed', async () => {
    const closed = await startGateway({ registration: 'closed' });
    const { status, error } = await apiClient(closed.url, undefined)(table.registrations.create, {
      body: {
        tenant: { id: 'mine', name: 'Mine' },
        username: 'me',
        name: 'Me',
        email: 'me@mine.example',
        password: 'correct horse battery',
      },
    });
    expect([status, error.error_code]).toEqual([403, 'REGISTRATION_CLOSED']);
    expect(await closed.store.tenants.get('mine')).toBeUndefined();
    await closed.stop();
  });

  it('who sign in leave an entry, refused or not', async () => {
    await anonymous(table.session.login, { body: { username: 'viewer', password: 'guess' } });
    await anonymous(table.session.login, { body: { username: 'viewer', password: 'viewer' } });
    const { body } = await admin(table.audit.list, { query: { action: 'session.login' } });
    expect(body.items.slice(0, 1)).toMatchObject([
      { outcome: 'done', actor: { kind: 'user', name: 'viewer' } },
    ]);
    const refused = await running.store.audit.list('-', { action: 'session.login' }, { limit: 5, offset: 0 });
    expect(refused.items[0]).toMatchObject({
      outcome: 'denied',
      actor: { kind: 'anonymous', name: 'viewer' },
    });
  });
});
