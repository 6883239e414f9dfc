import { afterAll, beforeAll, expect, it } from 'vitest';
import { preferencesLimit, table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { preferences: rows } = table;
let running: Running;
let ada: ApiClient;
let bob: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  const make = await tokenMaker(running.store, running.gateway.issuer);
  ada = apiClient(running.url, await make({ sub: 'ada', roles: ['viewer'] }));
  bob = apiClient(running.url, await make({ sub: 'bob', roles: ['admin'] }));
});
afterAll(() => running.stop());

const over = (hash: string) => ({ headers: { 'If-Match': `"${hash}"` } });
const liked = {
  settings: { 'workbench.theme': 'light', 'editor.wordWrap': true },
  keybindings: [{ key: 'ctrl+alt+n', command: 'workflow.new', when: 'workspaceFocus' }],
  futureKey: { kept: ['as', null, 'it is'] },
};

it('preferences are one’s own, empty until saved, and what is not known is kept', async () => {
  const before = await ada(rows.get);
  expect(before.body.preferences).toEqual({});
  expect(before.headers.get('etag')).toBe(`"${before.body.hash}"`);
  const saved = await ada(rows.save, { body: liked, ...over(before.body.hash) });
  expect(saved.body.preferences).toEqual(liked);
  expect((await ada(rows.get)).body).toEqual(saved.body);
  expect((await bob(rows.get)).body.preferences).toEqual({});
});

it('what was changed meanwhile is not written over unseen', async () => {
  const { hash } = (await bob(rows.get)).body;
  await bob(rows.save, { body: { settings: { a: 1 } }, ...over(hash) });
  const late = await bob(rows.save, { body: { settings: { a: 2 } }, ...over(hash) });
  expect([late.status, late.error.error_code]).toEqual([412, 'VERSION_CONFLICT']);
  expect((await bob(rows.save, { body: { settings: { a: 2 } } })).status).toBe(428);
  expect((await bob(rows.save, { body: { settings: { a: 3 } }, ...over('*') })).status).toBe(200);
});

it.each([
  ['a setting that is no value', { settings: { a: { b: 1 } } }, 400],
  ['a key without its command', { keybindings: [{ key: 'f5' }] }, 400],
  ['a list instead of an object', [], 400],
  ['more than is kept', { notes: 'é'.repeat(preferencesLimit / 2) }, 413],
])('refuses %s', async (_what, body, status) => {
  const answer = await ada(rows.save, { body, ...over('*') });
  expect(answer.status).toBe(status);
  expect(answer.error.message).toMatch(/^Expected .*, but /);
});
