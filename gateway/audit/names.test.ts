import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { agent } from '../test/bodies.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
let sam: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const names = { preferred_username: 'sam', name: 'Sam Vimes', email: 'vimes@acme.example' };
  sam = apiClient(running.url, await token({ sub: 'u-sam', roles: ['owner'], ...names }));
});
afterAll(() => running.stop());

async function found(text: string): Promise<string[]> {
  const { body } = await sam(table.audit.list, { query: { text } });
  return body.items.map(({ action }) => action).reverse();
}

it('who did something is found by full name and e-mail address', async () => {
  await sam(table.roles.createRole, { body: { name: 'reader', permissions: ['tools:read'] } });
  expect(await found('vimes@ACME')).toEqual(['roles.createRole']);
  expect(await found('Sam Vi')).toEqual(['roles.createRole']);
});

it('what was done to somebody is found by their names, when they are gone, too', async () => {
  const person = { username: 'carrot', name: 'Carrot Ironfoundersson', email: 'carrot@acme.example' };
  const made = await sam(table.users.create, {
    body: { ...person, password: 'covers on the reports 9', roles: ['viewer'] },
  });
  await sam(table.users.setPassword, {
    params: { id: made.body.id },
    body: { password: 'a field of purple tulips 7' },
  });
  await sam(table.users.update, { params: { id: made.body.id }, body: { email: 'captain@acme.example' } });
  await sam(table.users.delete, { params: { id: made.body.id } });
  expect(await found('ironfounders')).toEqual([
    'users.create',
    'users.setPassword',
    'users.update',
    'users.delete',
  ]);
  expect(await found('captain@')).toEqual(['users.update', 'users.delete']);
});

it('a resource is found by the name it had then, when it is renamed or deleted since, too', async () => {
  const { body } = await sam(table.agents.create, { body: { name: 'sorting', content: agent } });
  await sam(table.renaming.rename, { params: { kind: 'agent', id: body.id }, body: { name: 'triage' } });
  await sam(table.agents.delete, { params: { id: body.id } });
  expect(await found('sorting')).toEqual(['agents.create', 'renaming.rename']);
  expect(await found('triage')).toEqual(['renaming.rename', 'agents.delete']);
  const { items } = (await sam(table.audit.list, { query: { text: 'triage' } })).body;
  expect(items.map(({ resource }) => resource)).toEqual([
    { kind: 'agents', id: body.id, names: ['triage'] },
    { kind: 'agents', id: body.id, names: ['triage', 'sorting'] },
  ]);
});
