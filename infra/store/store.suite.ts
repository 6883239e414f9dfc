import type { CallRecord } from '@baton/engine/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AgentRunRecord,
  type ApiKeyRecord,
  type Assignment,
  type AuditRecord,
  type DocumentStore,
  type ProviderSave,
  resourceKinds,
  type SaveRequest,
} from './ports.ts';

export interface StoreUnderTest {
  store: DocumentStore;
  clock: { now: Date };
  close(): Promise<void>;
}

const page = { limit: 50, offset: 0 };

function saving(name: string, content: unknown, message = ''): SaveRequest {
  return { name, content, author: 'ada', message, at: new Date('2026-03-01T09:00:00Z') };
}

async function created(store: DocumentStore, tenant: string, id: string, save: SaveRequest) {
  const result = await store.resources.create(tenant, 'agent', id, save);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

/** What every form of the document store must do. */
export function storeSuite(form: string, open: () => Promise<StoreUnderTest>): void {
  describe(`document store, ${form}`, () => {
    let opened: StoreUnderTest;
    let store: DocumentStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened?.close());

    test('a designer saves a resource and reads back exactly what was saved', async () => {
      const content = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: { 'a.b': { $ref: '#/x' }, 2: 'two', 1: 'one', ['__proto__']: null },
        emoji: '🦉',
      };
      const saved = await created(store, 'exact', 'a1', saving('triage', content, 'first'));
      expect(saved).toEqual({
        id: 'a1',
        kind: 'agent',
        tenantId: 'exact',
        name: 'triage',
        version: 1,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        content,
        author: 'ada',
        message: 'first',
        savedAt: new Date('2026-03-01T09:00:00Z'),
        labels: [],
      });
      expect(await store.resources.get('exact', 'agent', 'a1')).toEqual(saved);
      expect(await store.resources.getByName('exact', 'agent', 'triage')).toEqual(saved);
    });

    test('each save is a version, listed newest first, and every version stays readable', async () => {
      const first = await created(store, 'versions', 'a1', saving('triage', { prompt: 1 }));
      const second = await store.resources.update(
        'versions',
        'agent',
        'a1',
        first.hash,
        saving('triage', { prompt: 2 }),
      );
      const hash = second.ok ? second.value.hash : '';
      await store.resources.update('versions', 'agent', 'a1', hash, saving('triage', { prompt: 3 }));

      const { items, total } = await store.resources.versions('versions', 'agent', 'a1', page);
      expect({ total, versions: items.map(({ version }) => version) }).toEqual({
        total: 3,
        versions: [3, 2, 1],
      });
      expect(
        (await store.resources.versions('versions', 'agent', 'a1', { limit: 1, offset: 1 })).items[0]
          ?.version,
      ).toBe(2);
      expect(
        (await store.resources.versions('versions', 'agent', 'a1', { limit: 1, offset: 0 })).items[0]
          ?.version,
      ).toBe(3);
      const prompts = [];
      for (const version of [1, 2, 3, 4])
        prompts.push((await store.resources.get('versions', 'agent', 'a1', version))?.content);
      expect(prompts).toEqual([{ prompt: 1 }, { prompt: 2 }, { prompt: 3 }, undefined]);
    });

    test('saving the same content again, members in any order, makes no version', async () => {
      const first = await created(store, 'same', 'a1', saving('triage', { a: 1, b: { c: 2, d: 3 } }));
      const again = await store.resources.update(
        'same',
        'agent',
        'a1',
        first.hash,
        saving('triage', { b: { d: 3, c: 2 }, a: 1 }),
      );
      expect(again).toEqual({ ok: true, value: first });
    });

    test('of two designers who save over the same version one is told what the other saved', async () => {
      const first = await created(store, 'race', 'a1', saving('triage', { prompt: 0 }));
      const results = await Promise.all(
        [1, 2, 3, 4].map((prompt) =>
          store.resources.update('race', 'agent', 'a1', first.hash, saving('triage', { prompt })),
        ),
      );
      const winners = results.filter(({ ok }) => ok);
      const latest = await store.resources.get('race', 'agent', 'a1');
      expect(winners).toEqual([{ ok: true, value: latest }]);
      expect(latest?.version).toBe(2);
      for (const result of results.filter(({ ok }) => !ok))
        expect(result).toEqual({ ok: false, failure: { code: 'VERSION_CONFLICT', latest } });
    });

    test('a name is taken once per tenant and kind, also by renaming', async () => {
      await created(store, 'names', 'a1', saving('triage', 1));
      const other = await created(store, 'names', 'a2', saving('lookup', 2));
      await created(store, 'names-elsewhere', 'a1', saving('triage', 1));
      const taken = { ok: false, failure: { code: 'ALREADY_EXISTS' } };
      expect(await store.resources.create('names', 'agent', 'a3', saving('triage', 3))).toEqual(taken);
      expect(await store.resources.create('names', 'agent', 'a1', saving('fresh', 3))).toEqual(taken);
      expect(await store.resources.update('names', 'agent', 'a2', other.hash, saving('triage', 2))).toEqual(
        taken,
      );
      expect(await store.resources.get('names', 'agent', 'a2')).toEqual(other);
      expect((await store.resources.create('names', 'tool', 'a3', saving('triage', 3))).ok).toBe(true);
    });

    test('after a deletion the name is free, and the versions that runs named stay', async () => {
      const first = await created(store, 'deleted', 'a1', saving('triage', 1));
      expect(await store.resources.delete('deleted', 'agent', 'a1')).toBe(true);
      expect(await store.resources.delete('deleted', 'agent', 'a1')).toBe(false);
      expect(await store.resources.get('deleted', 'agent', 'a1')).toBeUndefined();
      expect(await store.resources.getByName('deleted', 'agent', 'triage')).toBeUndefined();
      expect(await store.resources.list('deleted', 'agent', page)).toEqual({ items: [], total: 0 });
      expect(await store.resources.update('deleted', 'agent', 'a1', first.hash, saving('triage', 2))).toEqual(
        {
          ok: false,
          failure: { code: 'NOT_FOUND' },
        },
      );
      expect(await store.resources.get('deleted', 'agent', 'a1', 1)).toEqual(first);
      expect(await store.resources.getByName('deleted', 'agent', 'triage', 1)).toEqual(first);

      await created(store, 'deleted', 'a2', saving('triage', 'another'));
      expect((await store.resources.getByName('deleted', 'agent', 'triage'))?.id).toBe('a2');
      const revived = await created(store, 'deleted', 'a1', saving('revived', 'again'));
      expect(revived.version).toBe(2);
      expect(await store.resources.get('deleted', 'agent', 'a1', 1)).toEqual(first);
    });

    test('a list has the names in order, page by page, of one tenant and kind', async () => {
      for (const name of ['c', 'a', 'b']) await created(store, 'lists', name, saving(name, name));
      await store.resources.create('lists', 'tool', 't', saving('t', 't'));
      const first = await store.resources.list('lists', 'agent', { limit: 2, offset: 0 });
      const rest = await store.resources.list('lists', 'agent', { limit: 2, offset: 2 });
      expect([first.items, rest.items].map((items) => items.map(({ name }) => name))).toEqual([
        ['a', 'b'],
        ['c'],
      ]);
      expect([first.total, rest.total]).toEqual([3, 3]);
    });

    test('no tenant reaches what belongs to another', async () => {
      const saved = await created(store, 'own', 'a1', saving('triage', 1));
      expect(await store.resources.get('other', 'agent', 'a1')).toBeUndefined();
      expect(await store.resources.get('other', 'agent', 'a1', 1)).toBeUndefined();
      expect(await store.resources.delete('other', 'agent', 'a1')).toBe(false);
      expect((await store.resources.update('other', 'agent', 'a1', saved.hash, saving('x', 2))).ok).toBe(
        false,
      );
      expect(await store.resources.get('own', 'agent', 'a1')).toEqual(saved);
    });

    test('deployments are listed newest first, told twice they are one, and the latest of each workflow is found', async () => {
      const deployment = (key: string, workflowId: string, hour: number) => ({
        key,
        tenantId: 'deployments',
        workflowId,
        workflowVersion: hour,
        workflowHash: 'h',
        processes: [{ processDefinitionKey: '1', bpmnProcessId: 'p', version: 1, duplicate: false }],
        deployedAt: new Date(Date.UTC(2026, 0, 1, hour)),
        deployedBy: 'ada',
      });
      const [a1, b, a2] = [deployment('1', 'a', 1), deployment('2', 'b', 2), deployment('3', 'a', 3)];
      for (const one of [a1, a2, b, a2]) await store.deployments.append(one);
      expect(await store.deployments.list('deployments', {}, page)).toEqual({ items: [a2, b, a1], total: 3 });
      expect(
        await store.deployments.list('deployments', { workflowId: 'a' }, { limit: 1, offset: 1 }),
      ).toEqual({
        items: [a1],
        total: 2,
      });
      expect(await store.deployments.latest('deployments', ['a', 'b', 'c'])).toEqual(
        new Map([
          ['a', a2],
          ['b', b],
        ]),
      );
      expect(await store.deployments.latest('other', ['a'])).toEqual(new Map());
    });

    test('users are saved, changed and found by id and by name', async () => {
      const user = {
        id: 'u1',
        username: 'ada',
        name: 'Ada',
        email: 'ada@acme.example',
        tenantId: 'acme',
        roles: ['designer'],
        enabled: true,
        passwordHash: 'salt:hash',
      };
      await store.identity.saveUser(user);
      await store.identity.saveUser({ ...user, roles: ['admin'] });
      expect(await store.identity.userByName('ada')).toEqual({ ...user, roles: ['admin'] });
      expect(await store.identity.user('u1')).toEqual({ ...user, roles: ['admin'] });
      expect(await store.identity.users()).toHaveLength(1);
      await expect(store.identity.saveUser({ ...user, id: 'u2' })).rejects.toThrow(/E11000|duplicate/i);
    });

    test('a user is made once, listed, changed and deleted by their own tenant only', async () => {
      const person = (id: string, username: string) => ({
        id,
        username,
        name: '',
        email: '',
        tenantId: 'people',
        roles: ['viewer'],
        enabled: true,
        passwordHash: '',
      });
      const [ben, amy] = [person('p1', 'ben'), person('p2', 'amy')];
      expect(await store.identity.createUser(ben)).toEqual({ ok: true });
      expect(await store.identity.createUser(amy)).toEqual({ ok: true });
      expect(await store.identity.createUser(person('p3', 'amy'))).toEqual({
        ok: false,
        failure: { code: 'ALREADY_EXISTS' },
      });
      expect(await store.identity.usersOf('people', { limit: 1, offset: 1 })).toEqual({
        items: [ben],
        total: 2,
      });
      expect(await store.identity.usersOf('other', { limit: 9, offset: 0 })).toEqual({ items: [], total: 0 });
      expect(await store.identity.changeUser('other', 'p1', { enabled: false })).toBe(false);
      expect(await store.identity.changeUser('people', 'p1', { enabled: false })).toBe(true);
      expect(await store.identity.user('p1')).toEqual({ ...ben, enabled: false });
      expect(await store.identity.deleteUser('other', 'p1')).toBe(false);
      expect(await store.identity.deleteUser('people', 'p1')).toBe(true);
      expect(await store.identity.user('p1')).toBeUndefined();
    });

    test('ended sessions are remembered for a day: one by one, or all of before', async () => {
      const at = new Date('2026-03-01T09:00:00Z');
      const later = new Date('2026-03-01T10:00:00Z');
      expect(await store.sessions.ends('sessions', 'u1')).toEqual({ before: undefined, sessions: [] });
      await store.sessions.end('sessions', 'u1', { at, sessionId: 's1' });
      await store.sessions.end('sessions', 'u1', { at: later });
      await store.sessions.end('sessions', 'u1', { at });
      expect(await store.sessions.ends('sessions', 'u1')).toEqual({ before: later, sessions: ['s1'] });
      expect(await store.sessions.ends('other', 'u1')).toEqual({ before: undefined, sessions: [] });
      await store.sessions.end('sessions', 'u1', { at: new Date('2026-03-02T09:30:00Z'), sessionId: 's2' });
      expect(await store.sessions.ends('sessions', 'u1')).toEqual({ before: later, sessions: ['s2'] });
    });

    test('of many who accept an invitation at once one does', async () => {
      const at = new Date('2026-03-01T09:00:00Z');
      const invitation = {
        id: 'i1',
        tenantId: 'inviting',
        email: 'ada@acme.example',
        roles: ['viewer'],
        expiresAt: new Date('2026-03-08T09:00:00Z'),
        createdAt: at,
        createdBy: 'sam',
      };
      await store.invitations.create(invitation, 'hash-1');
      await store.invitations.create({ ...invitation, id: 'i2', createdAt: new Date(0) }, 'hash-2');
      expect(await store.invitations.byToken('hash-1')).toEqual({ ...invitation, status: 'open' });
      expect(await store.invitations.byToken('other')).toBeUndefined();
      const accept = (user: string) => store.invitations.change('inviting', 'i1', 'open', 'accepted', user);
      const accepted = await Promise.all(['a', 'b', 'c', 'd'].map(accept));
      expect(accepted.filter(Boolean)).toHaveLength(1);
      expect(await store.invitations.change('other', 'i2', 'open', 'revoked')).toBe(false);
      expect(await store.invitations.change('inviting', 'i2', 'open', 'revoked')).toBe(true);
      const { items, total } = await store.invitations.list('inviting', { limit: 9, offset: 0 });
      expect([total, ...items.map(({ id, status }) => `${id} ${status}`)]).toEqual([
        2,
        'i1 accepted',
        'i2 revoked',
      ]);
      expect(await store.invitations.get('other', 'i1')).toBeUndefined();
    });

    test('a tenant is made once, renamed, suspended with a reason, let in again, deleted', async () => {
      const at = new Date('2026-03-01T09:00:00Z');
      const later = new Date('2026-03-02T09:00:00Z');
      const made = { id: 'acme', name: 'Acme', status: 'active', createdAt: at, changedAt: at };
      expect(await store.tenants.create({ id: 'acme', name: 'Acme', at })).toEqual({ ok: true, value: made });
      expect(await store.tenants.create({ id: 'acme', name: 'Other', at })).toEqual({
        ok: false,
        failure: { code: 'ALREADY_EXISTS' },
      });
      await store.tenants.create({ id: 'globex', name: 'Globex', at });
      expect(
        await store.tenants.update('acme', { status: 'suspended', statusReason: 'unpaid' }, later),
      ).toEqual({ ...made, status: 'suspended', statusReason: 'unpaid', changedAt: later });
      expect((await store.tenants.update('acme', { name: 'Acme Ltd' }, later))?.statusReason).toBe('unpaid');
      const active = { ...made, name: 'Acme Ltd', changedAt: later };
      expect(await store.tenants.update('acme', { status: 'active' }, later)).toEqual(active);
      expect(await store.tenants.get('acme')).toEqual(active);
      expect((await store.tenants.all()).map(({ id }) => id)).toEqual(['acme', 'globex']);
      expect(await store.tenants.list({ limit: 1, offset: 1 })).toMatchObject({
        items: [{ id: 'globex' }],
        total: 2,
      });
      expect(await store.tenants.update('none', { name: 'None' }, later)).toBeUndefined();
      expect([await store.tenants.delete('globex'), await store.tenants.delete('globex')]).toEqual([
        true,
        false,
      ]);
      expect(await store.tenants.get('globex')).toBeUndefined();
    });

    test('what a tenant has is counted: resources that are there, bytes of every version ever saved', async () => {
      const none = Object.fromEntries(resourceKinds.map((kind) => [kind, 0]));
      expect(await store.resources.stored('counting')).toEqual({
        counts: { ...none },
        bytes: 0,
      });
      const first = await created(store, 'counting', 'a1', saving('one', { text: 'ä' }));
      await store.resources.update('counting', 'agent', 'a1', first.hash, saving('one', { text: 'bb' }));
      await created(store, 'counting', 'a2', saving('two', {}));
      await store.resources.delete('counting', 'agent', 'a2');
      const bytes = ['{"text":"ä"}', '{"text":"bb"}', '{}'].reduce(
        (sum, text) => sum + Buffer.byteLength(text),
        0,
      );
      expect(await store.resources.stored('counting')).toEqual({
        counts: { ...none, agent: 1 },
        bytes,
      });
    });

    test('limits are nothing until set; what is set replaces its part, and no other tenant’s', async () => {
      const nothing = { granted: {}, own: {} };
      expect(await store.limits.get('limited')).toEqual({
        rates: nothing,
        quotas: nothing,
        allow: [],
        deny: [],
      });
      await Promise.all([
        store.limits.change('limited', { rates: { granted: { 'user.read': 9 } } }),
        store.limits.change('limited', { allow: ['10.0.0.0/8'] }),
      ]);
      await store.limits.change('limited', { rates: { own: { 'user.read': 4 } }, deny: ['10.1.0.0/16'] });
      expect(await store.limits.change('limited', {})).toEqual({
        rates: { granted: { 'user.read': 9 }, own: { 'user.read': 4 } },
        quotas: nothing,
        allow: ['10.0.0.0/8'],
        deny: ['10.1.0.0/16'],
      });
      expect((await store.limits.get('unlimited')).allow).toEqual([]);
    });

    test('a ledger reserves all or nothing, never past a cap, whoever asks at once', async () => {
      const until = new Date(opened.clock.now.getTime() + 3_600_000);
      const tries = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          store.ledger.reserve(
            'spender',
            { id: `r${n}`, until, amounts: { 'tokens@2026-03-01': 10, runs: 1 } },
            { 'tokens@2026-03-01': 100 },
          ),
        ),
      );
      expect(tries.filter(({ ok }) => ok)).toHaveLength(10);
      expect(tries.find(({ ok }) => !ok)).toEqual({
        ok: false,
        failure: { code: 'EXCEEDED', account: 'tokens@2026-03-01', used: 0, reserved: 100 },
      });
      expect((await store.ledger.get('spender')).accounts.get('runs')).toEqual({ used: 0, reserved: 10 });

      const kept = tries.flatMap(({ ok }, n) => (ok ? [`r${n}`] : []));
      await store.ledger.settle(
        'spender',
        kept[0]!,
        { 'tokens@2026-03-01': 10, runs: 1 },
        { 'tokens@2026-03-01': 7 },
      );
      await store.ledger.settle('spender', kept[1]!, { 'tokens@2026-03-01': 10, runs: 1 }, {});
      const { accounts } = await store.ledger.get('spender');
      expect(accounts.get('tokens@2026-03-01')).toEqual({ used: 7, reserved: 80 });
      expect(accounts.get('runs')).toEqual({ used: 0, reserved: 8 });
      expect((await store.ledger.get('saver')).accounts.size).toBe(0);
    });

    test('what is reserved ends with its time, and counts all the same when it was used after that', async () => {
      const amounts = { money: 60 };
      const past = { id: 'late', until: new Date(opened.clock.now.getTime() - 1), amounts };
      const future = { id: 'next', until: new Date(opened.clock.now.getTime() + 3_600_000), amounts };
      expect(await store.ledger.reserve('late', past, { money: 100 })).toMatchObject({ ok: true });
      expect(await store.ledger.reserve('late', future, { money: 100 })).toMatchObject({ ok: true });
      await store.ledger.settle('late', 'late', amounts, { money: 55 });
      expect((await store.ledger.get('late')).accounts.get('money')).toEqual({ used: 55, reserved: 60 });
    });

    test('a ledger is corrected by who has seen it, and warns once', async () => {
      await store.ledger.add('counted', { agents: 3, 'tokens@2026-01-01': 9 });
      const { revision } = await store.ledger.get('counted');
      await store.ledger.add('counted', { agents: -1 });
      expect(await store.ledger.correct('counted', revision, { agents: 7 }, [])).toBe(false);
      const seen = await store.ledger.get('counted');
      expect(await store.ledger.correct('counted', seen.revision, { agents: 7 }, ['tokens@2026-01-01'])).toBe(
        true,
      );
      expect([...(await store.ledger.get('counted')).accounts]).toEqual([
        ['agents', { used: 7, reserved: 0 }],
      ]);

      const firsts = await Promise.all([1, 2, 3].map(() => store.ledger.warn('counted', 'agents')));
      expect(firsts.filter(Boolean)).toHaveLength(1);
      await store.ledger.unwarn('counted', 'agents');
      expect(await store.ledger.warn('counted', 'agents')).toBe(true);
    });

    test('two owners who step down at once: one of them stays', async () => {
      await store.tenants.create({ id: 'owned', name: 'Owned', at: new Date() });
      for (const owner of ['ada', 'bob', 'ada']) await store.tenants.addOwner('owned', owner);
      const gone = await Promise.all(
        ['ada', 'bob'].map((owner) => store.tenants.removeOwner('owned', owner)),
      );
      expect(gone.sort()).toEqual([false, true]);
    });

    test('a member is kept with their roles, and what was decided outlives what a token says', async () => {
      const at = new Date('2026-03-01T09:00:00Z');
      const ada = { userId: 'u1', username: 'ada', name: 'Ada', roles: ['designer'] };
      await Promise.all([store.members.note('members', ada), store.members.note('members', ada)]);
      expect(await store.members.get('members', 'u1')).toEqual({
        tenantId: 'members',
        ...ada,
        removed: false,
        changedAt: new Date(0),
        changedBy: '',
      });
      const decided = {
        tenantId: 'members',
        ...ada,
        roles: ['viewer', 'reviewer'],
        removed: false,
        changedAt: at,
        changedBy: 'sam',
      };
      await store.members.put(decided);
      await store.members.note('members', ada);
      expect(await store.members.get('members', 'u1')).toEqual(decided);
      const page = { limit: 50, offset: 0 };
      expect(await store.members.list('members', { role: 'reviewer' }, page)).toEqual({
        items: [decided],
        total: 1,
      });
      expect(await store.members.list('members', { role: 'designer' }, page)).toEqual({
        items: [],
        total: 0,
      });
      await store.members.put({ ...decided, removed: true });
      expect(await store.members.list('members', {}, page)).toEqual({ items: [], total: 0 });
      expect((await store.members.get('members', 'u1'))?.removed).toBe(true);
      expect(await store.members.get('other', 'u1')).toBeUndefined();
    });

    test('a tenant’s own role is made once, changed by who has seen it, and deleted', async () => {
      const at = new Date('2026-03-01T09:00:00Z');
      const reviewer = { name: 'reviewer', description: '', permissions: ['instances:read'], at, by: 'ada' };
      const made = await store.roles.create('roles', reviewer);
      if (!made.ok) throw new Error(made.failure.code);
      expect(await store.roles.create('roles', reviewer)).toEqual({
        ok: false,
        failure: { code: 'ALREADY_EXISTS' },
      });
      const wider = { ...reviewer, permissions: ['instances:read', 'tools:read'] };
      const changed = await store.roles.update('roles', made.value.hash, wider);
      expect(changed).toMatchObject({ ok: true, value: { permissions: wider.permissions } });
      expect(await store.roles.update('roles', made.value.hash, reviewer)).toMatchObject({
        failure: { code: 'VERSION_CONFLICT', latest: { permissions: wider.permissions } },
      });
      expect(await store.roles.list('roles')).toEqual([await store.roles.get('roles', 'reviewer')]);
      expect(await store.roles.list('other')).toEqual([]);
      expect(await store.roles.delete('other', 'reviewer')).toBe(false);
      expect(await store.roles.delete('roles', 'reviewer')).toBe(true);
      expect(await store.roles.update('roles', made.value.hash, wider)).toEqual({
        ok: false,
        failure: { code: 'NOT_FOUND' },
      });
    });

    test('a signing key is made once: whoever comes later gets the one that is stored', async () => {
      expect(await store.settings.get('keys')).toBeUndefined();
      const answers = await Promise.all(
        [1, 2, 3].map((n) => store.settings.initialise('keys', { kty: 'EC', n })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await store.settings.initialise('keys', { kty: 'other' })).toEqual(answers[0]);
      expect(await store.settings.get('keys')).toEqual(answers[0]);
    });

    test('a session is gone the moment it expires; without an expiry it stays', async () => {
      const start = new Date('2026-03-01T09:00:00Z');
      opened.clock.now = start;
      await store.expiring.put('Session', 's1', { 'a.b': 1 }, new Date(start.getTime() + 1000), { uid: 'u' });
      await store.expiring.put('Client', 'c1', { c: 1 }, undefined, {});
      expect(await store.expiring.get('Session', 's1')).toEqual({ 'a.b': 1 });
      expect(await store.expiring.findBy('Session', 'uid', 'u')).toEqual({ 'a.b': 1 });
      expect(await store.expiring.findBy('Grant', 'uid', 'u')).toBeUndefined();
      opened.clock.now = new Date(start.getTime() + 1000);
      expect(await store.expiring.get('Session', 's1')).toBeUndefined();
      expect(await store.expiring.findBy('Session', 'uid', 'u')).toBeUndefined();
      expect(await store.expiring.get('Client', 'c1')).toEqual({ c: 1 });
    });

    test('revoking a grant removes all that came from it; putting again replaces', async () => {
      await store.expiring.put('AccessToken', 't1', { n: 1 }, undefined, { grantId: 'g1' });
      await store.expiring.put('RefreshToken', 't2', { n: 2 }, undefined, { grantId: 'g1' });
      await store.expiring.put('AccessToken', 't3', { n: 3 }, undefined, { grantId: 'g2' });
      await store.expiring.put('AccessToken', 't3', { n: 4 }, undefined, { grantId: 'g2' });
      await store.expiring.removeByGrant('g1');
      expect(await store.expiring.get('AccessToken', 't1')).toBeUndefined();
      expect(await store.expiring.get('RefreshToken', 't2')).toBeUndefined();
      expect(await store.expiring.get('AccessToken', 't3')).toEqual({ n: 4 });
      await store.expiring.remove('AccessToken', 't3');
      expect(await store.expiring.get('AccessToken', 't3')).toBeUndefined();
    });

    test('a recorded call is found by its place and request, and listed with its run', async () => {
      const call = (id: string, sequence: number, over: Partial<CallRecord> = {}): CallRecord => ({
        id,
        tenantId: 'calls',
        kind: 'model',
        name: 'triage',
        version: 1,
        model: 'mock/mock-1',
        processInstanceKey: '10',
        elementInstanceKey: '11',
        elementId: 'classify',
        jobKey: '12',
        sequence,
        requestHash: `h${sequence}`,
        request: { $schema: 1, 'a.b': [null, 'x'] },
        response: { text: 'angry' },
        error: null,
        usage: { inputTokens: 10, outputTokens: 2, cost: 0.001 },
        startedAt: 1000 + sequence,
        duration: 5,
        ...over,
      });
      const failedFirst = call('c0', 1, { startedAt: 1000, error: { code: 'TIMEOUT', message: 'late' } });
      for (const record of [failedFirst, call('c2', 2), call('c1', 1), call('c1', 1)])
        await store.calls.append(record);
      expect(await store.calls.find('calls', '11', 1, 'h1')).toEqual(call('c1', 1));
      expect(await store.calls.find('calls', '11', 1, 'h2')).toBeUndefined();
      expect(await store.calls.find('other', '11', 1, 'h1')).toBeUndefined();
      expect(await store.calls.list('calls', '10')).toEqual([failedFirst, call('c1', 1), call('c2', 2)]);
    });

    describe('the audit', () => {
      const entry = (id: string, over: Partial<AuditRecord> = {}): AuditRecord => ({
        id,
        tenantId: 'audit',
        actor: { kind: 'user', id: 'u1', name: 'ada' },
        action: 'agents.update',
        outcome: 'done',
        resource: { kind: 'agents', id: 'a1' },
        before: 'b'.repeat(64),
        after: 'c'.repeat(64),
        requestId: 'r1',
        traceId: 'd'.repeat(32),
        at: 1_000,
        ...over,
      });
      const idsOf = async (tenantId: string, filter = {}) =>
        (await store.audit.list(tenantId, filter, page)).items.map(({ id }) => id);

      test('keeps every entry as it was told, once, newest first, for its tenant', async () => {
        const refused: AuditRecord = {
          id: 'e2',
          tenantId: 'audit',
          actor: { kind: 'anonymous', id: '', name: '' },
          action: 'session.signIn',
          outcome: 'denied',
          errorCode: 'UNAUTHENTICATED',
          resource: { kind: 'session', id: '' },
          requestId: 'r2',
          at: 2_000,
        };
        const told = [
          entry('e1'),
          refused,
          entry('e1', { action: 'told.again' }),
          entry('e3', { at: 1_000 }),
        ];
        await Promise.all(told.map((each) => store.audit.append(each)));
        expect(await store.audit.list('audit', {}, page)).toEqual({
          items: [refused, entry('e3'), entry('e1')],
          total: 3,
        });
        expect(await store.audit.list('audit', {}, { limit: 1, offset: 1 })).toEqual({
          items: [entry('e3')],
          total: 3,
        });
        expect(await idsOf('other')).toEqual([]);
      });

      test('is searched by actor, action, resource and time', async () => {
        const tenantId = 'audit-search';
        for (const each of [
          entry('s1', { actor: { kind: 'key', id: 'k', name: 'ci' } }),
          entry('s2', { action: 'agents.create', at: 2_000 }),
          entry('s3', { resource: { kind: 'agents', id: 'a2' }, at: 3_000 }),
          entry('s4', { resource: { kind: 'tools', id: 'a1' }, at: 4_000 }),
        ])
          await store.audit.append({ ...each, tenantId });
        expect(await idsOf(tenantId, { actor: 'k' })).toEqual(['s1']);
        expect(await idsOf(tenantId, { action: 'agents.create' })).toEqual(['s2']);
        expect(await idsOf(tenantId, { resourceKind: 'agents' })).toEqual(['s3', 's2', 's1']);
        expect(await idsOf(tenantId, { resourceKind: 'agents', resourceId: 'a2' })).toEqual(['s3']);
        expect(await idsOf(tenantId, { from: 2_000, to: 4_000 })).toEqual(['s3', 's2']);
      });

      test('an act that nobody came back from is told, once it is old enough', async () => {
        const tenantId = 'audit-begun';
        const [lost, ended, fresh] = ['b1', 'b2', 'b3'].map((id, i) => entry(id, { tenantId, at: 100 + i }));
        await Promise.all([lost, ended, fresh].map((each) => store.audit.begin(each!)));
        await store.audit.append({ ...ended!, at: 200 });
        expect(await store.audit.recover(102)).toBe(1);
        expect(await store.audit.recover(102)).toBe(0);
        expect((await store.audit.list(tenantId, {}, page)).items).toEqual([
          { ...ended, at: 200 },
          { ...lost, outcome: 'unknown' },
        ]);
        // Its maker was only slow: what was said about it stays said.
        await store.audit.append({ ...lost!, outcome: 'done' });
        expect(await idsOf(tenantId)).toEqual(['b2', 'b1']);
        expect(await store.audit.recover(103)).toBe(1);
      });
    });

    test('who refers to a thing is found by its latest version only, until it is deleted', async () => {
      const naming = (provider: string) => ({
        ...saving('triage', { provider }),
        references: [`provider/${provider}`],
      });
      const referring = async (provider: string) => {
        const { items, total } = await store.resources.referring(
          'refs',
          'agent',
          `provider/${provider}`,
          page,
        );
        return [total, ...items.map(({ name }) => name)];
      };
      const first = await created(store, 'refs', 'a1', naming('cloud'));
      expect([await referring('cloud'), await referring('office')]).toEqual([[1, 'triage'], [0]]);
      await store.resources.update('refs', 'agent', 'a1', first.hash, naming('office'));
      expect([await referring('cloud'), await referring('office')]).toEqual([[0], [1, 'triage']]);
      expect(await store.resources.referring('refs', 'tool', 'provider/office', page)).toEqual({
        items: [],
        total: 0,
      });
      expect(await store.resources.referring('other', 'agent', 'provider/office', page)).toEqual({
        items: [],
        total: 0,
      });
      await store.resources.delete('refs', 'agent', 'a1');
      expect(await referring('office')).toEqual([0]);
    });

    const at = new Date('2026-03-01T09:00:00Z');
    const provider = (name: string, over: Partial<ProviderSave> = {}): ProviderSave => ({
      name,
      type: 'openai',
      sealedKey: 'sealed-1',
      keyChangedAt: at,
      prices: [{ model: 'gpt-4.1-mini', input: 0.4, output: 1.6 }],
      validation: { status: 'validating', code: '', message: '' },
      check: 'c1',
      by: 'ada',
      at,
      ...over,
    });

    test('a provider is read back as saved; its name is taken in its tenant only', async () => {
      const made = await store.providers.create('prov', 'p1', provider('cloud'));
      expect(made).toEqual({
        ok: true,
        value: {
          id: 'p1',
          tenantId: 'prov',
          name: 'cloud',
          type: 'openai',
          sealedKey: 'sealed-1',
          keyChangedAt: at,
          prices: [{ model: 'gpt-4.1-mini', input: 0.4, output: 1.6 }],
          models: [],
          validation: { status: 'validating', code: '', message: '' },
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          createdAt: at,
          changedAt: at,
          changedBy: 'ada',
          retired: false,
        },
      });
      expect(await store.providers.get('prov', 'p1')).toEqual(made.ok && made.value);
      expect(await store.providers.getByName('prov', 'cloud')).toEqual(made.ok && made.value);
      expect(await store.providers.create('prov', 'p2', provider('cloud'))).toEqual({
        ok: false,
        failure: { code: 'ALREADY_EXISTS' },
      });
      expect(await store.providers.get('other', 'p1')).toBeUndefined();
      expect((await store.providers.create('other', 'p2', provider('cloud'))).ok).toBe(true);
      expect(await store.providers.list('prov', page)).toMatchObject({ items: [{ id: 'p1' }], total: 1 });
    });

    test('a save over a provider counts only from what was read, and may take its key away', async () => {
      const made = await store.providers.create('prov-cas', 'p1', provider('cloud'));
      const { hash } = made.ok ? made.value : { hash: '' };
      const { sealedKey, keyChangedAt, ...keyless } = provider('local', {
        type: 'ollama',
        baseUrl: 'http://localhost:11434',
      });
      const saved = await store.providers.update('prov-cas', 'p1', hash, keyless);
      expect(saved).toMatchObject({ ok: true, value: { name: 'local', type: 'ollama' } });
      expect(saved.ok && 'sealedKey' in saved.value).toBe(false);
      expect(await store.providers.update('prov-cas', 'p1', hash, provider('mine'))).toMatchObject({
        ok: false,
        failure: { code: 'VERSION_CONFLICT', latest: { name: 'local' } },
      });
      await store.providers.create('prov-cas', 'p2', provider('cloud'));
      expect(
        await store.providers.update('prov-cas', 'p1', saved.ok ? saved.value.hash : '', provider('cloud')),
      ).toEqual({ ok: false, failure: { code: 'ALREADY_EXISTS' } });
      expect(await store.providers.update('prov-cas', 'none', hash, provider('x'))).toEqual({
        ok: false,
        failure: { code: 'NOT_FOUND' },
      });
    });

    test('only the check that began last says how a provider is', async () => {
      await store.providers.create('prov-check', 'p1', provider('cloud'));
      const begun = await store.providers.beginCheck('prov-check', 'p1', 'c2');
      expect(begun?.validation.status).toBe('validating');
      const late = { status: 'error', code: 'TIMEOUT', message: 'late', validatedAt: at } as const;
      expect(await store.providers.endCheck('prov-check', 'p1', 'c1', late, undefined)).toBeUndefined();
      const good = { status: 'connected', code: '', message: '', validatedAt: at } as const;
      expect(await store.providers.endCheck('prov-check', 'p1', 'c2', good, ['m.1', 'm2'])).toMatchObject({
        validation: good,
        models: ['m.1', 'm2'],
      });
      await store.providers.beginCheck('prov-check', 'p1', 'c3');
      expect(await store.providers.endCheck('prov-check', 'p1', 'c3', late, undefined)).toMatchObject({
        validation: late,
        models: ['m.1', 'm2'],
      });
    });

    test('a retired provider is found by its name until another one takes it, and then goes for good', async () => {
      const names = async () => (await store.providers.list('prov-old', page)).items.map(({ id }) => id);
      await store.providers.create('prov-old', 'p1', provider('cloud'));
      expect(await store.providers.remove('prov-old', 'p1')).toBe(false);
      expect(await store.providers.retire('prov-old', 'p1')).toBe(true);
      expect(await store.providers.retire('prov-old', 'p1')).toBe(false);
      expect([await names(), (await store.providers.getByName('prov-old', 'cloud'))?.id]).toEqual([[], 'p1']);
      expect(await store.providers.beginCheck('prov-old', 'p1', 'c9')).toBeUndefined();
      expect((await store.providers.create('prov-old', 'p2', provider('cloud'))).ok).toBe(true);
      expect((await store.providers.getByName('prov-old', 'cloud'))?.id).toBe('p2');
      expect((await store.providers.all('prov-old')).map(({ id }) => id)).toEqual(['p1', 'p2']);
      expect(await store.providers.remove('prov-old', 'p1')).toBe(true);
      expect(await store.providers.get('prov-old', 'p1')).toBeUndefined();
    });

    test('a key is sealed anew only in place of the one that was read', async () => {
      await store.providers.create('prov-seal', 'p1', provider('cloud'));
      expect(await store.providers.reseal('prov-seal', 'p1', 'sealed-0', 'sealed-2')).toBe(false);
      expect(await store.providers.reseal('prov-seal', 'p1', 'sealed-1', 'sealed-2')).toBe(true);
      expect((await store.providers.get('prov-seal', 'p1'))?.sealedKey).toBe('sealed-2');
    });

    describe('keys for programs', () => {
      const key = (id: string, over: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
        id,
        tenantId: 'keys',
        name: 'ci',
        scopes: ['tools:read'],
        secrets: [{ hash: 'h1' }],
        createdBy: { id: 'u1', name: 'ada' },
        createdAt: 1_000,
        ...over,
      });

      test('are found by what a caller presents, and listed newest first in their tenant only', async () => {
        const [one, two] = [key('k1'), key('k2', { createdAt: 2_000, expiresAt: 9_000 })];
        for (const each of [one, two, key('k3', { tenantId: 'keys-elsewhere' })])
          await store.apiKeys.create(each);
        expect(await store.apiKeys.find('k2')).toEqual(two);
        expect(await store.apiKeys.find('none')).toBeUndefined();
        expect(await store.apiKeys.list('keys', page)).toEqual({ items: [two, one], total: 2 });
        expect(await store.apiKeys.get('keys', 'k3')).toBeUndefined();
        expect(await store.apiKeys.revoke('keys', 'k3', 1)).toBe(false);
        expect(await store.apiKeys.rotate('keys', 'k3', 'h1', [])).toBe(false);
        expect((await store.apiKeys.find('k3'))?.revokedAt).toBeUndefined();
        await expect(store.apiKeys.create(one)).rejects.toThrow(/E11000|duplicate/i);
      });

      test('have one newest secret: of two who replace it at once one is told no', async () => {
        await store.apiKeys.create(key('k4'));
        const secrets = (hash: string) => [{ hash }, { hash: 'h1', until: 5_000 }];
        const rotated = await Promise.all(
          ['h2', 'h3'].map((hash) => store.apiKeys.rotate('keys', 'k4', 'h1', secrets(hash))),
        );
        expect(rotated.filter(Boolean)).toHaveLength(1);
        expect((await store.apiKeys.get('keys', 'k4'))?.secrets).toEqual(secrets(rotated[0] ? 'h2' : 'h3'));
      });

      test('are revoked once and for all; their last use only moves on', async () => {
        await store.apiKeys.create(key('k5'));
        for (const at of [3_000, 2_000]) await store.apiKeys.used('keys', 'k5', at);
        expect(await store.apiKeys.revoke('keys', 'k5', 4_000)).toBe(true);
        expect(await store.apiKeys.revoke('keys', 'k5', 5_000)).toBe(true);
        expect(await store.apiKeys.find('k5')).toEqual(key('k5', { lastUsedAt: 3_000, revokedAt: 4_000 }));
        expect(await store.apiKeys.rotate('keys', 'k5', 'h1', [{ hash: 'h2' }])).toBe(false);
      });
    });

    describe('an answer kept to be given again', () => {
      const start = new Date('2026-03-02T09:00:00Z');
      const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
      const taken = (owner: string, fingerprint = 'f') => ({
        owner,
        fingerprint,
        leaseUntil: new Date(opened.clock.now.getTime() + 60_000),
        expiresAt: new Date(opened.clock.now.getTime() + 3_600_000),
      });
      const take = (key: string, owner: string, fingerprint?: string) =>
        store.replies.take('replies', key, taken(owner, fingerprint));

      test('is given to one of many who ask at once; the others are told that it is under way', async () => {
        opened.clock.now = start;
        const all = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => take('race', owner)));
        expect(all.filter((each) => each.taken)).toHaveLength(1);
        expect(all.find((each) => !each.taken)).toEqual({
          taken: false,
          fingerprint: 'f',
          reply: undefined,
        });
        expect(await store.replies.take('elsewhere', 'race', taken('e'))).toEqual({ taken: true });
      });

      test('is the same until it expires', async () => {
        opened.clock.now = start;
        await take('kept', 'a');
        await store.replies.keep('replies', 'kept', 'b', { not: 'mine' });
        await store.replies.keep('replies', 'kept', 'a', { status: 201, 'a.b': { $x: null } });
        await store.replies.release('replies', 'kept', 'a');
        opened.clock.now = at(3_599);
        expect(await take('kept', 'b', 'other')).toEqual({
          taken: false,
          fingerprint: 'f',
          reply: { status: 201, 'a.b': { $x: null } },
        });
        opened.clock.now = at(3_600);
        expect(await take('kept', 'b', 'other')).toEqual({ taken: true });
      });

      test('who gave up, or is gone, leaves the question to the next', async () => {
        opened.clock.now = start;
        await take('given-up', 'a');
        await store.replies.release('replies', 'given-up', 'a');
        expect(await take('given-up', 'b')).toEqual({ taken: true });
        opened.clock.now = at(60);
        const next = await Promise.all(['c', 'd'].map((owner) => take('given-up', owner)));
        expect(next.filter((each) => each.taken)).toHaveLength(1);
        await store.replies.keep('replies', 'given-up', 'b', { late: true });
        expect(await take('given-up', 'e')).toMatchObject({ taken: false, reply: undefined });
      });
    });

    test('runs of agents are listed newest first, each tenant its own', async () => {
      const run = (id: string, startedAt: number, over: Partial<AgentRunRecord> = {}): AgentRunRecord => ({
        id,
        tenantId: 'runs',
        agentId: 'a1',
        agentName: 'triage',
        agentVersion: 2,
        model: 'mock-1',
        prompt: 'Hello',
        answer: 'Hi',
        error: null,
        usage: { inputTokens: 3, outputTokens: 1, cost: 0 },
        actor: { kind: 'key', id: 'k1', name: 'ci' },
        startedAt,
        duration: 7,
        ...over,
      });
      const failed = run('r2', 2_000, { answer: null, error: { code: 'BUDGET_EXCEEDED', message: 'No' } });
      for (const each of [run('r1', 1_000), failed, run('r3', 3_000, { tenantId: 'other' })])
        await store.agentRuns.append(each);
      expect(await store.agentRuns.list('runs', page)).toEqual({
        items: [failed, run('r1', 1_000)],
        total: 2,
      });
      expect((await store.agentRuns.list('runs', { limit: 1, offset: 1 })).items).toEqual([run('r1', 1_000)]);
    });

    describe('claims on names', () => {
      const claim = (id: string, side: 'naming' | 'ending', references: string[], ms = 30_000) => ({
        id,
        side,
        references,
        until: new Date(opened.clock.now.getTime() + ms),
      });

      test('are seen by the other side, in this tenant, until they are taken back', async () => {
        await store.claims.claim('claiming', claim('c1', 'naming', ['tool/a', 'prompt/b']));
        expect(await store.claims.claimed('claiming', 'naming', ['tool/x', 'prompt/b', 'tool/a'])).toEqual([
          'prompt/b',
          'tool/a',
        ]);
        expect(await store.claims.claimed('claiming', 'ending', ['tool/a'])).toEqual([]);
        expect(await store.claims.claimed('elsewhere', 'naming', ['tool/a'])).toEqual([]);
        await store.claims.release('elsewhere', 'c1');
        expect(await store.claims.claimed('claiming', 'naming', ['tool/a'])).toEqual(['tool/a']);
        await store.claims.release('claiming', 'c1');
        expect(await store.claims.claimed('claiming', 'naming', ['tool/a'])).toEqual([]);
      });

      test('of somebody who never came back end by themselves', async () => {
        await store.claims.claim('claiming-late', claim('c1', 'ending', ['tool/a'], 1_000));
        opened.clock.now = new Date(opened.clock.now.getTime() + 1_000);
        expect(await store.claims.claimed('claiming-late', 'ending', ['tool/a'])).toEqual([]);
      });

      test('of two sides that claim and then look, at least one sees the other', async () => {
        for (let round = 0; round < 10; round++) {
          const reference = [`tool/${round}`];
          const [named, ended] = await Promise.all([
            store.claims
              .claim('claiming-race', claim(`n${round}`, 'naming', reference))
              .then(() => store.claims.claimed('claiming-race', 'ending', reference)),
            store.claims
              .claim('claiming-race', claim(`e${round}`, 'ending', reference))
              .then(() => store.claims.claimed('claiming-race', 'naming', reference)),
          ]);
          expect([...named, ...ended]).not.toEqual([]);
        }
      });
    });

    describe('assignments', () => {
      const assigned = (id: string, over: Partial<Assignment> = {}): Assignment => ({
        id,
        tenantId: 'assigning',
        agentId: 'a1',
        taskId: 't1',
        taskVersion: 2,
        assignedAt: new Date(`2026-03-01T09:00:0${id.slice(-1)}Z`),
        assignedBy: 'ada',
        ...over,
      });

      test('of a hundred who assign one task to one agent at once, one does', async () => {
        const ids = Array.from({ length: 100 }, (_, index) => `race-${index}`);
        const made = await Promise.all(
          ids.map((id) => store.assignments.create(assigned(id, { tenantId: 'assigning-race' }))),
        );
        expect(made.filter(Boolean)).toHaveLength(1);
        const { items, total } = await store.assignments.ofAgent('assigning-race', 'a1', page);
        expect([total, items[0]?.id]).toEqual([1, ids[made.indexOf(true)]]);
      });

      test('they are read by agent and by task in the order they were made, each tenant its own', async () => {
        const all = [
          assigned('as1'),
          assigned('as2', { taskId: 't2' }),
          assigned('as3', { agentId: 'a2' }),
          assigned('as4', { tenantId: 'other' }),
        ];
        for (const each of all) expect(await store.assignments.create(each)).toBe(true);
        expect(await store.assignments.get('assigning', 'a1', 't1')).toEqual(all[0]);
        expect(await store.assignments.get('assigning', 'a2', 't2')).toBeUndefined();
        expect(await store.assignments.ofAgent('assigning', 'a1', page)).toEqual({
          items: [all[0], all[1]],
          total: 2,
        });
        expect(await store.assignments.ofTask('assigning', 't1', { limit: 1, offset: 1 })).toEqual({
          items: [all[2]],
          total: 2,
        });
        expect(await store.assignments.ofTask('assigning', 't1', { limit: 0, offset: 0 })).toEqual({
          items: [],
          total: 2,
        });
      });

      test('one is moved to another version, taken back, and made again as another', async () => {
        const first = assigned('mv1', { tenantId: 'moving' });
        await store.assignments.create(first);
        expect(await store.assignments.move('moving', 'a1', 't1', 3)).toEqual({ ...first, taskVersion: 3 });
        expect(await store.assignments.move('moving', 'a1', 't9', 3)).toBeUndefined();
        expect(await store.assignments.move('elsewhere', 'a1', 't1', 9)).toBeUndefined();
        expect(await store.assignments.delete('moving', 'a1', 't1', 'another')).toBeUndefined();
        expect(await store.assignments.delete('moving', 'a1', 't1')).toEqual({ ...first, taskVersion: 3 });
        expect(await store.assignments.delete('moving', 'a1', 't1')).toBeUndefined();
        const again = assigned('mv2', { tenantId: 'moving' });
        expect(await store.assignments.create(again)).toBe(true);
        expect((await store.assignments.ofAgent('moving', 'a1', page)).items).toEqual([again]);
      });
    });

    test('an id of another tenant is told from one that is not there, and no more', async () => {
      await created(store, 'yours', 'elsewhere1', saving('mine', 1));
      expect(await store.resources.existsElsewhere('mine', 'agent', 'elsewhere1')).toBe(true);
      expect(await store.resources.existsElsewhere('yours', 'agent', 'elsewhere1')).toBe(false);
      expect(await store.resources.existsElsewhere('mine', 'tool', 'elsewhere1')).toBe(false);
      await store.resources.delete('yours', 'agent', 'elsewhere1');
      expect(await store.resources.existsElsewhere('mine', 'agent', 'elsewhere1')).toBe(false);
    });

    test('it answers a ping', () => expect(store.ping()).resolves.toBeUndefined());
  });
}
