import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection, type Schema } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from './embedded/server.ts';
import { models } from './models/index.ts';
import { tenantDataStore } from './stores/tenantData.ts';

let directory: string;
let server: EmbeddedServer;
let connection: Connection;
let all: ReturnType<typeof models>;
/** Collections in which each tenant has a document: of every model there is. */
const filled: string[] = [];

/** A value of the path's type; `secret` ones are known by it. */
function sampleOf(
  path: string,
  type: { instance: string; options: { secret?: boolean } },
  tenantId: string,
): unknown {
  const text = `${type.options.secret ? 'very-secret' : 'a'} ${path} of ${tenantId}`;
  switch (type.instance) {
    case 'Number':
      return 1;
    case 'Date':
      return new Date('2026-03-01T09:00:00Z');
    case 'Boolean':
      return false;
    case 'Array':
      return [type.options.secret ? { hash: text } : text];
    default:
      return text;
  }
}

function documentOf(schema: Schema, tenantId: string) {
  const document: Record<string, unknown> = {};
  schema.eachPath((path, type) => {
    if (!path.includes('.')) document[path] = sampleOf(path, type as never, tenantId);
  });
  return { ...document, tenantId };
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-tenant-data-'));
  server = await startEmbeddedServer({ directory, now: () => new Date('2026-03-01T09:00:00Z') });
  connection = await mongoose.createConnection(server.uri, { autoCreate: false }).asPromise();
  all = models(connection);
  for (const [name, model] of Object.entries(all)) {
    const { schema, collection } = model as unknown as {
      schema: Schema;
      collection: { insertOne(document: object): Promise<unknown> };
    };
    if (!schema.path('tenantId')) continue;
    filled.push(name);
    for (const tenantId of ['acme', 'globex']) {
      await collection.insertOne({ ...documentOf(schema, tenantId), _id: `${tenantId}-of-${name}` });
    }
  }
  for (const id of ['acme', 'globex']) {
    await all.tenants.create({ _id: id, name: id, status: 'suspended' });
    await all.settings.create({ _id: `examples/${id}`, value: '{}' });
    await all.expiring.create({
      _id: `session/${id}`,
      model: 'Session',
      payload: '{}',
      accountId: `${id}-of-users`,
    });
  }
});
afterAll(async () => {
  await connection.close();
  await server.close();
  await rm(directory, { recursive: true });
});

const count = async (tenantId: string) => {
  let found = 0;
  for (const model of Object.values(all)) {
    const { collection } = model as unknown as {
      collection: { find(filter: object): { toArray(): Promise<object[]> } };
    };
    const documents = await collection.find({}).toArray();
    found += documents.filter((document) => JSON.stringify(document).includes(tenantId)).length;
  }
  return found;
};

test('an export has everything of one tenant, nothing of another, and no secret', async () => {
  const { collections } = await tenantDataStore(all).read('acme');
  expect(Object.keys(collections).sort()).toEqual([...filled, 'settings', 'tenants'].sort());
  const text = JSON.stringify(collections);
  expect(text).not.toContain('globex');
  expect(text).not.toContain('very-secret');
});

test('whatever proves who somebody is, or opens something, is marked as secret', () => {
  const unmarked = Object.entries(all).flatMap(([name, model]) => {
    const found: string[] = [];
    (model.schema as Schema).eachPath((path, type) => {
      const secret = (type.options as { secret?: boolean }).secret === true;
      if (/password|token|secret|sealed/i.test(path) && !secret) found.push(`${name}.${path}`);
    });
    return found;
  });
  // How many tokens of a model were used is no secret, nor which secrets a tool may read: names are told.
  const told =
    /(inputTokens|outputTokens|cachedInputTokens|reasoningTokens|grants\.tokens|toolGrants\.secrets)$/;
  expect(unmarked.filter((path) => !told.test(path))).toEqual([]);
});

test('its hash is of what the tenant made, and changes with it', async () => {
  const data = tenantDataStore(all);
  const { hash } = await data.read('acme');
  await all.tenants.updateOne({ _id: 'acme' }, { $set: { status: 'active' } });
  await all.auditEntries.collection.insertOne({ _id: 'later' as never, tenantId: 'acme' });
  expect((await data.read('acme')).hash).toBe(hash);
  await all.roles.collection.insertOne({ _id: 'new' as never, tenantId: 'acme', name: 'new' });
  expect((await data.read('acme')).hash).not.toBe(hash);
});

test('after it is erased, no collection has anything of it, and the other tenant has all it had', async () => {
  const others = await count('globex');
  const erased = await tenantDataStore(all).erase('acme');
  expect(Object.keys(erased).sort()).toEqual([...filled, 'expiring', 'settings', 'tenants'].sort());
  expect([await count('acme'), await count('globex')]).toEqual([0, others]);
});
