import { type Coordination, openCoordination } from '@baton/infra/coordination';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Permission, table } from '../../api/index.ts';
import { createKeyVerifier } from '../../keys/verifyKey.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { createTestClock } from '../../test/testClock.ts';
import { tokenMaker } from '../../test/tokens.ts';

const hour = 3_600_000;
const clock = createTestClock();
let running: Running;
/** A second gateway process over the same store and coordination. */
let other: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: ApiClient;
let adminToken: string;
let coordination: Coordination;
/** How often the store was asked for a key. */
let finds = 0;

beforeAll(async () => {
  coordination = await openCoordination({
    redisUrl: undefined,
    now: clock.now,
    after: clock.after,
    newId: () => 'one',
  });
  running = await startGateway({ clock, coordination });
  const { apiKeys } = running.store;
  const { find } = apiKeys;
  apiKeys.find = (id) => {
    finds += 1;
    return find(id);
  };
  other = await startGateway({
    clock,
    coordination,
    store: running.store,
    issuer: {
      kind: 'external',
      issuer: running.gateway.issuer,
      clientId: 'editor',
      audience: 'baton-api',
      tenantClaim: 'tenant',
    },
  });
  token = await tokenMaker(running.store, running.gateway.issuer);
});
beforeEach(async () => {
  adminToken = await token({ roles: ['admin'] }, { expiresAt: clock.now() + 1000 * hour });
  admin = apiClient(running.url, adminToken);
});
afterAll(async () => {
  await other.stop();
  await running.stop();
});

async function issued(scopes: Permission[] = ['tools:read'], expiresAt?: number) {
  const { body } = await admin(table.apiKeys.create, {
    body: {
      name: 'ci',
      scopes,
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    },
  });
  return body;
}
const program = (key: string, url = running.url) => apiClient(url, undefined, { 'x-api-key': key });
const listTools = async (key: string, url?: string) => {
  const { status, error } = await program(key, url)(table.tools.list);
  return status === 200 ? 200 : error.error_code;
};

describe('a key for programs', () => {
  it('is shown once, lets its program do what its scopes say, and nothing else', async () => {
    const { key, ...view } = await issued(['tools:read', 'tools:write']);
    expect(key).toMatch(new RegExp(`^bk_${view.id}_`));
    expect(view).toMatchObject({
      name: 'ci',
      scopes: ['tools:read', 'tools:write'],
      status: 'active',
      createdBy: 'admin',
    });

    expect(await listTools(key)).toBe(200);
    expect((await program(key)(table.agents.list)).error).toMatchObject({
      error_code: 'PERMISSION_DENIED',
      details: { permission: 'agents:read' },
    });
    const me = await program(key)(table.session.me);
    expect(me.body).toMatchObject({
      tenant: { id: 'acme' },
      roles: [],
      permissions: ['tools:read', 'tools:write'],
    });

    const again = await admin(table.apiKeys.get, { params: { id: view.id } });
    const listed = await admin(table.apiKeys.list);
    const stored = await running.store.apiKeys.list('acme', { limit: 50, offset: 0 });
    expect(JSON.stringify([again.body, listed.body, stored, running.logLines])).not.toContain(key.slice(-38));
    expect(listed.body.items[0]).toEqual(again.body);
  });

  it('every use of it is in the audit, reading too', async () => {
    const { id, key } = await issued();
    await listTools(key);
    await program(key)(table.agents.list);
    const { body } = await admin(table.audit.list, { query: { actor: id } });
    expect(body.items).toMatchObject([
      { action: 'agents.list', outcome: 'denied', actor: { kind: 'key', id, name: 'ci' } },
      { action: 'tools.list', outcome: 'done', actor: { kind: 'key', id, name: 'ci' } },
    ]);
    const created = await admin(table.audit.list, { query: { resource: `api-keys/${id}` } });
    expect(created.body.items).toMatchObject([{ action: 'apiKeys.create', actor: { name: 'admin' } }]);
  });

  it('that is missing, mistyped, unknown or of a wrong secret is answered 401', async () => {
    const { key } = await issued();
    const { key: revived } = await issued();
    expect((await apiClient(running.url, undefined)(table.tools.list)).error.error_code).toBe(
      'UNAUTHENTICATED',
    );
    const swapped = key.slice(0, 28) + revived.slice(28);
    for (const wrong of ['', 'x', `${key}x`, key.toUpperCase(), swapped, `${key}, ${key}`]) {
      const { status, headers } = await program(wrong)(table.tools.list);
      expect([wrong, status, headers.get('www-authenticate')]).toEqual([wrong, 401, 'Bearer']);
    }
  });

  it('beside an access token is refused: nobody guesses which was meant', async () => {
    const { key } = await issued();
    const both = apiClient(running.url, adminToken, { 'x-api-key': key });
    const { status, error } = await both(table.tools.list);
    expect([status, error.error_code]).toEqual([400, 'CREDENTIALS_AMBIGUOUS']);
  });

  it('ends when it says', async () => {
    const { id, key } = await issued(['tools:read'], clock.now() + hour);
    expect(await listTools(key)).toBe(200);
    clock.advance(hour);
    expect(await listTools(key)).toBe('API_KEY_EXPIRED');
    expect((await admin(table.apiKeys.get, { params: { id } })).body.status).toBe('expired');
    const past = await admin(table.apiKeys.create, {
      body: { name: 'x', scopes: ['tools:read'], expiresAt: new Date(clock.now()).toISOString() },
    });
    expect([past.status, past.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('is revoked at once, in every process', async () => {
    const { id, key } = await issued();
    expect([await listTools(key), await listTools(key, other.url)]).toEqual([200, 200]);
    expect((await admin(table.apiKeys.revoke, { params: { id } })).status).toBe(204);
    expect([await listTools(key), await listTools(key, other.url)]).toEqual([
      'API_KEY_INVALID',
      'API_KEY_INVALID',
    ]);
    expect((await admin(table.apiKeys.get, { params: { id } })).body).toMatchObject({ status: 'revoked' });
    const rotated = await admin(table.apiKeys.rotate, { params: { id }, body: {} });
    expect([rotated.status, rotated.error.error_code]).toEqual([409, 'INVALID_STATE']);
  });

  it('is replaced without an outage: both work for a while, then the new one only', async () => {
    const { id, key: first } = await issued();
    await listTools(first, other.url);
    const rotation = await admin(table.apiKeys.rotate, { params: { id }, body: { overlap: 3600 } });
    const { key: second, replacedUntil } = rotation.body;
    expect(Date.parse(replacedUntil!)).toBeGreaterThan(clock.now() + hour - 60_000);
    expect([await listTools(first, other.url), await listTools(second, other.url)]).toEqual([200, 200]);
    clock.advance(hour);
    expect([await listTools(first), await listTools(second)]).toEqual(['API_KEY_INVALID', 200]);

    const third = await admin(table.apiKeys.rotate, { params: { id }, body: { overlap: 0 } });
    expect([await listTools(second), await listTools(third.body.key)]).toEqual(['API_KEY_INVALID', 200]);
  });

  it('gives nobody more than they hold: neither by making one nor by replacing one', async () => {
    const { id } = await issued(['agents:delete']);
    const { key } = await issued(['apiKeys:write', 'tools:read'], clock.now() + hour);
    const minter = program(key);
    const scopes = ['tools:read', 'tenant:delete', 'agents:delete'];
    const wide = await minter(table.apiKeys.create, { body: { name: 'wide', scopes } });
    expect([wide.status, wide.error.details]).toEqual([403, { lacking: ['tenant:delete', 'agents:delete'] }]);
    expect((await minter(table.apiKeys.rotate, { params: { id }, body: {} })).status).toBe(403);
    const endless = await minter(table.apiKeys.create, { body: { name: 'long', scopes: ['tools:read'] } });
    expect(endless.status).toBe(403);
    const same = await minter(table.apiKeys.create, {
      body: {
        name: 'same',
        scopes: ['tools:read'],
        expiresAt: new Date(clock.now() + hour / 2).toISOString(),
      },
    });
    expect(same.status).toBe(201);
  });

  it('is read from the store once, and its use is written now and then', async () => {
    const { id, key } = await issued();
    const { used } = running.store.apiKeys;
    const written: number[] = [];
    running.store.apiKeys.used = (tenantId, keyOfUse, at) => {
      written.push(at);
      return used(tenantId, keyOfUse, at);
    };
    finds = 0;
    for (let use = 0; use < 5; use++) await listTools(key);
    expect([finds, written.length]).toEqual([1, 1]);
    clock.advance(6 * 60_000);
    await listTools(key);
    expect([finds, written.length]).toEqual([1, 2]);
    running.store.apiKeys.used = used;
    const lastUsed = async () => (await admin(table.apiKeys.get, { params: { id } })).body.lastUsedAt;
    await expect.poll(lastUsed).toBe(new Date(written[1]!).toISOString());
  });

  it('of a suspended tenant is refused at once, in every process, and works again when it is active', async () => {
    const { key } = await issued();
    const outcomes = async () => [await listTools(key), await listTools(key, other.url)];
    const become = async (status: 'active' | 'suspended') => {
      await running.store.tenants.update('acme', { status }, new Date(clock.now()));
      await coordination.notices.publish({ kind: 'tenant', tenantId: 'acme' });
    };
    expect(await outcomes()).toEqual([200, 200]);
    await become('suspended');
    expect(await outcomes()).toEqual(['TENANT_SUSPENDED', 'TENANT_SUSPENDED']);
    await become('active');
    expect(await outcomes()).toEqual([200, 200]);
  });

  it('that is kept in memory is read again when notices may have been missed', async () => {
    const { id, key } = await issued();
    let lost = () => {};
    const deaf = createKeyVerifier({
      store: running.store.apiKeys,
      notices: {
        publish: async () => {},
        subscribe(_heard, onLost) {
          lost = onLost;
          return () => {};
        },
      },
      now: clock.now,
      log: pino({ level: 'silent' }),
    });
    expect((await deaf.verify(key)).ok).toBe(true);
    await admin(table.apiKeys.revoke, { params: { id } });
    lost();
    expect((await deaf.verify(key)).ok).toBe(false);
  });

  it('that is read while it is revoked is not kept', async () => {
    const { id, key } = await issued();
    const { find } = running.store.apiKeys;
    running.store.apiKeys.find = async (asked) => {
      const found = await find(asked);
      await admin(table.apiKeys.revoke, { params: { id } });
      return found;
    };
    await listTools(key);
    running.store.apiKeys.find = find;
    expect(await listTools(key)).toBe('API_KEY_INVALID');
  });
});
