import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Permission, table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { connectLive } from '../test/liveClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';
import type { Role } from './roles.ts';

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;

beforeEach(async () => {
  running = await startGateway({ issuer: { kind: 'embedded', developmentUsers: false } });
  token = await tokenMaker(running.store, running.gateway.issuer);
});
afterEach(() => running.stop());

interface Person {
  id: string;
  token: string;
  api: ApiClient;
}

/** Somebody who has signed in and asked once, a while ago. */
async function signedIn(name: string, roles: Role[], tenant = 'acme'): Promise<Person> {
  const id = `${name}-${tenant}`;
  const user = { id, username: name, name, email: `${id}@example.com`, tenantId: tenant };
  await running.store.identity.saveUser({ ...user, roles, enabled: true, passwordHash: '' });
  const access = await token(
    { sub: id, tenant, roles, preferred_username: name },
    { issuedAt: running.clock.now() },
  );
  const api = apiClient(running.url, access);
  await api(table.session.me);
  running.clock.advance(5_000);
  return { id, token: access, api };
}
const live = (person: Person) => connectLive(running.url, person.token);
const setRoles = (by: Person, of: Person, ...roles: string[]) =>
  by.api(table.members.setMemberRoles, { params: { id: of.id }, body: { roles } });
const makeRole = (by: Person, name: string, ...permissions: Permission[]) =>
  by.api(table.roles.createRole, { body: { name, permissions } });
const codeOf = async (answer: Promise<{ status: number; error: { error_code: string } | undefined }>) => {
  const { status, error } = await answer;
  return [status, error?.error_code];
};

describe('a member whose roles are changed', () => {
  it('is the last admin: they cannot take that from themselves', async () => {
    const sam = await signedIn('sam', ['admin']);
    expect(await codeOf(setRoles(sam, sam, 'viewer'))).toEqual([409, 'INVALID_STATE']);

    await signedIn('ada', ['admin']);
    expect(await codeOf(setRoles(sam, sam, 'viewer'))).toEqual([200, undefined]);
  });

  it('may do more or less on the very next request, with the token they have', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['designer'])];
    const run = () =>
      codeOf(dana.api(table.tools.create, { body: { name: `t${running.clock.now()}`, content: tool } }));
    expect(await run()).toEqual([403, 'PERMISSION_DENIED']);

    expect((await setRoles(sam, dana, 'author')).body).toMatchObject({
      id: dana.id,
      roles: ['author'],
      changedBy: 'sam',
    });

    expect(await run()).toEqual([201, undefined]);
    expect((await dana.api(table.session.me)).body.roles).toEqual(['author']);
    await setRoles(sam, dana, 'viewer');
    running.clock.advance(1);
    expect(await run()).toEqual([403, 'PERMISSION_DENIED']);
  });

  it('loses the topics of an open socket they may not see any more, and is told', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['designer'])];
    await makeRole(sam, 'reader', 'workflows:read');
    const socket = await live(dana);
    for (const topic of ['workflows', 'agents']) {
      socket.send({ type: 'subscribe', topic });
      expect(await socket.next()).toMatchObject({ type: 'subscribed', topic });
    }

    await setRoles(sam, dana, 'reader');

    expect(await socket.next()).toEqual({
      type: 'ended',
      topic: 'agents',
      error_code: 'PERMISSION_DENIED',
      message: 'Expected a role with the permission agents:read, but dana has none',
    });
    expect(await socket.next()).toEqual({ type: 'access' });
    await sam.api(table.agents.create, { body: { name: 'unseen', content: agent } });
    await sam.api(table.workflows.createWorkflow, { body: { name: 'Seen', xml: '<definitions/>' } });
    expect(await socket.next()).toMatchObject({ type: 'event', topic: 'workflows', data: { name: 'Seen' } });
    socket.send({ type: 'subscribe', topic: 'agents' });
    expect(await socket.next()).toMatchObject({ type: 'error', topic: 'agents' });

    await setRoles(sam, dana, 'viewer');
    expect(await socket.next()).toEqual({ type: 'access' });
    socket.send({ type: 'subscribe', topic: 'agents' });
    expect(await socket.next()).toMatchObject({ type: 'subscribed', topic: 'agents' });
    await socket.close();
  });

  it('loses them too when a role they hold is changed', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', [])];
    const made = await makeRole(sam, 'reader', 'workflows:read', 'agents:read');
    await setRoles(sam, dana, 'reader');
    const socket = await live(dana);
    socket.send({ type: 'subscribe', topic: 'agents' });
    expect(await socket.next()).toMatchObject({ type: 'subscribed' });

    await sam.api(table.roles.updateRole, {
      params: { name: 'reader' },
      body: { permissions: ['workflows:read'] },
      headers: { 'if-match': `"${made.body.hash}"` },
    });

    expect(await socket.next()).toMatchObject({ type: 'ended', topic: 'agents' });
    expect((await dana.api(table.agents.list)).status).toBe(403);
    expect((await dana.api(table.workflows.listWorkflows)).status).toBe(200);
    await socket.close();
  });

  it('keeps them over a newer token only until the issuer says something else', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['designer'])];
    await makeRole(sam, 'reader', 'audit:read');
    await setRoles(sam, dana, 'viewer', 'reader');
    const later = apiClient(
      running.url,
      await token({ sub: dana.id, roles: ['operator'] }, { issuedAt: running.clock.now() + 10_000 }),
    );
    expect((await later(table.session.me)).body.roles).toEqual(['operator', 'reader']);
    expect((await dana.api(table.session.me)).body.roles).toEqual(['viewer', 'reader']);
  });
});

describe('a removed member', () => {
  it('is refused at once, their socket closes, and is told why', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['designer'])];
    const socket = await live(dana);
    socket.send({ type: 'subscribe', topic: 'agents' });
    await socket.next();

    expect((await sam.api(table.members.removeMember, { params: { id: dana.id } })).status).toBe(204);

    expect(await socket.closed).toEqual({ code: 4403, reason: 'MEMBER_REMOVED' });
    expect(await codeOf(dana.api(table.session.me))).toEqual([403, 'MEMBER_REMOVED']);
    expect(await (await live(dana)).closed).toEqual({ code: 4403, reason: 'MEMBER_REMOVED' });
    const { body } = await sam.api(table.members.listMembers);
    expect(body.items.map(({ username }) => username)).toEqual(['sam']);
    expect(await codeOf(setRoles(sam, dana, 'viewer'))).toEqual([404, 'NOT_FOUND']);
  });

  it('stays one when their roles are set at the same moment', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['designer'])];
    for (let round = 0; round < 5; round++) {
      const person = await signedIn(`dana${round}`, ['designer']);
      await Promise.all([
        setRoles(sam, person, 'viewer'),
        sam.api(table.members.removeMember, { params: { id: person.id } }),
        setRoles(sam, person, 'author'),
      ]);
      expect(await codeOf(person.api(table.session.me))).toEqual([403, 'MEMBER_REMOVED']);
    }
    expect((await dana.api(table.session.me)).status).toBe(200);
  });
});

describe('nobody gives or takes more than they hold', () => {
  it('an admin makes no owner, and neither demotes nor removes one', async () => {
    const [olga, sam, dana] = [
      await signedIn('olga', ['owner']),
      await signedIn('sam', ['admin']),
      await signedIn('dana', ['designer']),
    ];
    const refused = [403, 'PERMISSION_DENIED'];
    expect(await codeOf(setRoles(sam, dana, 'owner'))).toEqual(refused);
    expect(await codeOf(setRoles(sam, sam, 'admin', 'owner'))).toEqual(refused);
    expect(await codeOf(setRoles(sam, olga, 'viewer'))).toEqual(refused);
    expect(await codeOf(sam.api(table.members.removeMember, { params: { id: olga.id } }))).toEqual(refused);
    expect((await setRoles(olga, dana, 'owner')).body.roles).toEqual(['owner']);
    expect((await dana.api(table.session.me)).body.permissions).toContain('tenant:delete');
  });

  it('no role is made, changed or deleted above one’s own permissions', async () => {
    const [olga, sam] = [await signedIn('olga', ['owner']), await signedIn('sam', ['admin'])];
    const refused = [403, 'PERMISSION_DENIED'];
    expect(await codeOf(makeRole(sam, 'ender', 'tenant:delete'))).toEqual(refused);
    expect(await codeOf(makeRole(olga, 'ruler', 'tenants:write'))).toEqual(refused);
    const made = await makeRole(olga, 'ender', 'tenant:delete');
    const change = (permissions: Permission[]) =>
      sam.api(table.roles.updateRole, {
        params: { name: 'ender' },
        body: { permissions },
        headers: { 'if-match': `"${made.body.hash}"` },
      });
    expect(await codeOf(change(['tools:read']))).toEqual(refused);
    expect(await codeOf(sam.api(table.roles.deleteRole, { params: { name: 'ender' } }))).toEqual(refused);
    await makeRole(sam, 'reader', 'tools:read');
    expect(
      await codeOf(
        sam.api(table.roles.updateRole, {
          params: { name: 'reader' },
          body: { permissions: ['tenant:delete'] },
          headers: { 'if-match': '*' },
        }),
      ),
    ).toEqual(refused);
  });

  it('who may only manage people gives no more than that', async () => {
    const [sam, hr, dana] = [
      await signedIn('sam', ['admin']),
      await signedIn('hr', []),
      await signedIn('dana', []),
    ];
    await makeRole(sam, 'people', 'users:read', 'users:write');
    await setRoles(sam, hr, 'people');
    expect(await codeOf(setRoles(hr, hr, 'people', 'admin'))).toEqual([403, 'PERMISSION_DENIED']);
    expect(await codeOf(setRoles(hr, dana, 'viewer'))).toEqual([403, 'PERMISSION_DENIED']);
    expect(await codeOf(setRoles(hr, dana, 'people'))).toEqual([200, undefined]);
  });

  it('nobody is made one of those who run the installation, nor given a role there is not', async () => {
    const [olga, dana] = [await signedIn('olga', ['owner']), await signedIn('dana', [])];
    expect(await codeOf(setRoles(olga, dana, 'platform'))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(setRoles(olga, dana, 'nothing'))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(makeRole(olga, 'platform', 'tools:read'))).toEqual([409, 'ALREADY_EXISTS']);
  });
});

describe('the last owner', () => {
  it('stays one, whoever asks', async () => {
    const olga = await signedIn('olga', ['owner']);
    expect(await codeOf(setRoles(olga, olga, 'admin'))).toEqual([409, 'INVALID_STATE']);
    expect(await codeOf(olga.api(table.members.removeMember, { params: { id: olga.id } }))).toEqual([
      409,
      'INVALID_STATE',
    ]);
    expect((await olga.api(table.session.me)).body.roles).toEqual(['owner']);
  });

  it('is one of two who step down at the same moment', async () => {
    const owners = [await signedIn('olga', ['owner']), await signedIn('otto', ['owner'])];
    const answers = await Promise.all(owners.map((owner) => setRoles(owner, owner, 'viewer')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('a tenant’s own role', () => {
  it('is made, listed, changed by who has seen it, and deleted when nobody has it', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['viewer'])];
    const made = await makeRole(sam, 'reviewer', 'userTasks:read', 'userTasks:complete');
    expect(made.status).toBe(201);
    expect(await codeOf(makeRole(sam, 'reviewer', 'tools:read'))).toEqual([409, 'ALREADY_EXISTS']);
    expect(await codeOf(makeRole(sam, 'viewer', 'tools:read'))).toEqual([409, 'ALREADY_EXISTS']);
    const { body } = await sam.api(table.roles.listRoles);
    expect(body.items.map(({ name }) => name)).toEqual([
      'owner',
      'admin',
      'designer',
      'author',
      'operator',
      'viewer',
      'reviewer',
    ]);

    await setRoles(sam, dana, 'reviewer');
    expect((await dana.api(table.session.me)).body.permissions).toEqual([
      'userTasks:read',
      'userTasks:complete',
    ]);
    const of = { params: { name: 'reviewer' } };
    expect(await codeOf(sam.api(table.roles.deleteRole, of))).toEqual([409, 'IN_USE']);
    await setRoles(sam, dana, 'viewer');
    const stale = { ...of, body: { permissions: [] }, headers: { 'if-match': '"0"' } };
    expect(await codeOf(sam.api(table.roles.updateRole, stale))).toEqual([412, 'VERSION_CONFLICT']);
    expect((await sam.api(table.roles.deleteRole, of)).status).toBe(204);
    expect(await codeOf(sam.api(table.roles.getRole, of))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(sam.api(table.roles.deleteRole, { params: { name: 'viewer' } }))).toEqual([
      409,
      'INVALID_STATE',
    ]);
  });
});

describe('why', () => {
  it('names the line of the policy that lets somebody in, and each role that does not', async () => {
    const [sam, dana] = [await signedIn('sam', ['admin']), await signedIn('dana', ['viewer'])];
    await makeRole(sam, 'tester', 'tools:run');
    await setRoles(sam, dana, 'viewer', 'tester');
    const why = async (user: string, permission: Permission) =>
      (await sam.api(table.access.why, { query: { user, permission } })).body;

    expect(await why('dana', 'tools:run')).toEqual({
      allowed: true,
      permission: 'tools:run',
      subject: { kind: 'user', id: dana.id, name: 'dana' },
      reasons: [
        { rule: 'tenant', says: 'silent', because: 'The tenant Acme is active' },
        {
          rule: 'member',
          says: 'silent',
          because: expect.stringMatching(/^sam set the roles at 20\d\d-/),
        },
        { rule: 'role', says: 'silent', because: 'The built-in role viewer does not permit tools:run' },
        {
          rule: 'role',
          says: 'allows',
          because: 'The tenant’s own role tester permits tools:run',
          policy: ['tester', 'acme', 'tools', 'run'],
        },
      ],
    });
    expect(await why(dana.id, 'tools:write')).toMatchObject({ allowed: false });
    const mine = await dana.api(table.access.whyMe, { query: { permission: 'agents:read' } });
    expect(mine.body).toMatchObject({ allowed: true });
    expect(mine.body.reasons.at(-2)).toMatchObject({ policy: ['viewer', '*', 'agents', 'read'] });
  });

  it('says who removed somebody, and knows nobody of another tenant', async () => {
    const [sam, dana, gil] = [
      await signedIn('sam', ['admin']),
      await signedIn('dana', ['viewer']),
      await signedIn('gil', ['viewer'], 'globex'),
    ];
    await sam.api(table.members.removeMember, { params: { id: dana.id } });
    const why = (user: string) => sam.api(table.access.why, { query: { user, permission: 'tools:read' } });
    expect((await why(dana.id)).body).toMatchObject({
      allowed: false,
      reasons: [{}, { rule: 'member', says: 'denies', because: expect.stringMatching(/^sam removed them/) }],
    });
    expect(await codeOf(why(gil.id))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(why('gil'))).toEqual([404, 'NOT_FOUND']);
  });

  it('says what a key is for', async () => {
    const sam = await signedIn('sam', ['admin']);
    const { body } = await sam.api(table.apiKeys.create, { body: { name: 'ci', scopes: ['tools:read'] } });
    const key = apiClient(running.url, undefined, { 'x-api-key': body.key });
    const why = async (permission: Permission) =>
      (await key(table.access.whyMe, { query: { permission } })).body;
    expect(await why('tools:read')).toMatchObject({
      allowed: true,
      subject: { kind: 'key' },
      reasons: [{}, { rule: 'scope', says: 'allows' }],
    });
    expect(await why('tools:write')).toMatchObject({ allowed: false });
  });
});

const agent = { provider: 'mock' as const, model: 'one', systemPrompt: 'Classify.' };
const tool = { description: 'Looks up', input: {}, output: {}, source: 'export default 1' };
