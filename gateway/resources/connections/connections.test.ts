import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import { unlimited } from '../../test/twoTenants.ts';

const { connections } = table;
const password = 'correct horse battery';
const shop = {
  kind: 'postgres' as const,
  description: 'Orders',
  url: 'postgres://app@db.example.com:5432/shop',
  readOnly: false,
};

let running: Running;
let admin: ApiClient;
let author: ApiClient;
let globex: ApiClient;

beforeAll(async () => {
  running = await startGateway({ limits: { rates: unlimited } });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const as = async (role: Role, tenant: string) =>
    apiClient(
      running.url,
      await token({ sub: `${role}-${tenant}`, tenant, roles: [role], preferred_username: role }),
    );
  admin = await as('admin', 'acme');
  author = await as('author', 'acme');
  globex = await as('admin', 'globex');
});
afterAll(() => running.stop());

const stored = async (name: string) => running.gateway.connection('acme', name);

describe('a connection', () => {
  it('is made by an admin and named by all; its password is answered to nobody', async () => {
    const made = await admin(connections.create, { body: { ...shop, name: 'shop', password } });
    expect([made.status, made.body]).toMatchObject([201, { ...shop, name: 'shop', hasPassword: true }]);
    const listed = await author(connections.list, {});
    expect(listed.body.items.map(({ name }) => name)).toEqual(['shop']);
    expect(JSON.stringify([made.body, listed.body])).not.toContain(password);
    expect((await author(connections.create, { body: { ...shop, name: 'mine' } })).status).toBe(403);
    expect(await stored('shop')).toMatchObject({ url: shop.url, password, readOnly: false });
  });

  it('keeps its password until it is given another one, or none', async () => {
    const params = { name: 'kept' };
    await admin(connections.create, { body: { ...shop, ...params, password } });
    await admin(connections.replace, { params, body: { ...shop, readOnly: true } });
    expect(await stored('kept')).toMatchObject({ password, readOnly: true });
    const before = await stored('kept');
    await admin(connections.replace, { params, body: { ...shop, password: 'another one' } });
    expect((await stored('kept'))?.revision).not.toBe(before?.revision);
    const { body } = await admin(connections.replace, { params, body: { ...shop, password: null } });
    expect(body.hasPassword).toBe(false);
    expect((await stored('kept'))?.password).toBeUndefined();
  });

  it('is tried as tools use it', async () => {
    const tried = await admin(connections.test, { params: { name: 'shop' }, body: {} });
    expect([tried.status, tried.body]).toMatchObject([200, { ok: true, message: 'PostgreSQL 15' }]);
    expect((await admin(connections.test, { params: { name: 'none' }, body: {} })).status).toBe(404);
  });

  it('is of its tenant, and gone when it is deleted', async () => {
    const params = { name: 'shop' };
    expect((await globex(connections.get, { params })).status).toBe(404);
    expect((await globex(connections.delete, { params })).status).toBe(404);
    expect((await admin(connections.create, { body: { ...shop, ...params } })).status).toBe(409);
    expect((await admin(connections.delete, { params })).status).toBe(204);
    expect(await stored('shop')).toBeUndefined();
  });

  it.each([
    ['with its password in the address', 'postgres://app:secret@db.example.com/shop', 'a field of its own'],
    ['to another kind of server', 'mysql://app@db.example.com/shop', 'but it begins with mysql:'],
    ['to nothing', 'shop', 'Expected an address like postgres://'],
    ['to a file', 'postgres:///shop', 'names no host'],
  ])('%s is refused', async (_what, url, message) => {
    const { status, error } = await admin(connections.create, { body: { ...shop, name: 'wrong', url } });
    expect(status).toBe(400);
    expect(JSON.stringify(error)).toContain(message);
  });
});
