import { jsonHash } from '@baton/infra/store';
import { secretNamePattern } from '@baton/tools-registry/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changesState, type Route, table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { agent, tool } from '../test/bodies.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

const day = 24 * 3_600_000;
let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: ApiClient;
let count = 0;

beforeAll(async () => {
  running = await startGateway();
  token = await tokenMaker(running.store, running.gateway.issuer);
});
beforeEach(async () => {
  admin = await someone('admin');
  count += 1;
});
afterAll(() => running.stop());

async function someone(sub: string, tenant = 'acme') {
  return apiClient(
    running.url,
    await token({ sub, tenant, roles: ['admin'] }, { expiresAt: running.clock.now() + 3 * day }),
  );
}
const withKey = (key: string, more = {}) => ({ headers: { 'idempotency-key': key, ...more } });
const newAgent = (name: string) => ({ body: { name, content: agent } });
const agentNames = async () =>
  (await admin(table.agents.list, { query: { limit: 200 } })).body.items.map(({ name }) => name);

describe('a request with an Idempotency-Key', () => {
  it('that is repeated gets the same answer, and nothing is done again', async () => {
    const key = `again-${count}`;
    const first = await admin(table.agents.create, { ...newAgent('once'), ...withKey(key) });
    const again = await admin(table.agents.create, { ...newAgent('once'), ...withKey(key) });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([
      201,
      first.body,
      first.headers.get('etag'),
    ]);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    const { body } = await admin(table.audit.list, { query: { resource: `agents/${first.body.id}` } });
    expect(body.total).toBe(1);
    // The members of a body in another order are the same body.
    const turned = await admin(table.agents.create, {
      body: { content: agent, name: 'once' },
      ...withKey(key),
    });
    expect(turned.body).toEqual(first.body);
  });

  it('that was refused is refused again, although it would pass by now', async () => {
    await admin(table.tools.create, { body: { name: 'taken', content: tool } });
    const ask = { body: { name: 'taken', content: tool }, ...withKey(`refused-${count}`) };
    expect((await admin(table.tools.create, ask)).status).toBe(409);
    const { items } = (await admin(table.tools.list)).body;
    await admin(table.tools.delete, { params: { id: items.find(({ name }) => name === 'taken')!.id } });
    expect((await admin(table.tools.create, ask)).error.error_code).toBe('ALREADY_EXISTS');
  });

  it('of many at once is done once; the others get its answer or are told that it is at work', async () => {
    const ask = { ...newAgent('rushed'), ...withKey(`rush-${count}`) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => admin(table.agents.create, ask)));
    const done = answers.filter(({ status }) => status === 201);
    const waiting = answers.filter(({ status }) => status !== 201);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    for (const { error, headers } of waiting)
      expect([error.error_code, headers.get('retry-after')]).toEqual(['IDEMPOTENCY_IN_PROGRESS', '1']);
    expect((await agentNames()).filter((name) => name === 'rushed')).toHaveLength(1);
  });

  it('is another one for somebody else, and for another tenant', async () => {
    const key = `shared-${count}`;
    const ask = { ...newAgent('mine'), ...withKey(key) };
    const mine = await admin(table.agents.create, ask);
    const theirs = await (await someone('colleague'))(table.agents.create, ask);
    const foreign = await (await someone('admin', 'globex'))(table.agents.create, ask);
    expect([mine.status, theirs.status, foreign.status]).toEqual([201, 409, 201]);
    expect(foreign.body.id).not.toBe(mine.body.id);
  });

  it('is forgotten after a day', async () => {
    const key = `day-${count}`;
    await admin(table.agents.create, { ...newAgent('before'), ...withKey(key) });
    running.clock.advance(day);
    admin = await someone('admin');
    const later = await admin(table.agents.create, { ...newAgent('after'), ...withKey(key) });
    expect(later.status).toBe(201);
  });

  it('that was not understood, or met a fault of ours, may be sent again with the same key', async () => {
    const key = `fault-${count}`;
    expect((await admin(table.agents.create, { body: { name: '!' }, ...withKey(key) })).status).toBe(400);
    running.engine.failure = { code: 'UNAVAILABLE', message: 'away' };
    const ask = { body: { bpmnProcessId: 'p' }, ...withKey(key) };
    expect((await admin(table.instances.startInstance, ask)).status).toBe(503);
    running.engine.failure = undefined;
    expect((await admin(table.instances.startInstance, ask)).status).toBe(404);
  });

  it('shows a secret once', async () => {
    const ask = { body: { name: 'ci', scopes: ['tools:read'] }, ...withKey(`secret-${count}`) };
    const { status, body } = await admin(table.apiKeys.create, ask);
    const again = await admin(table.apiKeys.create, ask);
    expect([status, again.status, again.error.error_code]).toEqual([201, 409, 'ANSWER_SHOWN_ONCE']);
    const { total } = await running.store.apiKeys.list('acme', { limit: 1, offset: 0 });
    expect(total).toBe(1);
    const taken = await running.store.replies.take('acme', `user/admin/${jsonHash(`secret-${count}`)}`, {
      fingerprint: 'f',
      owner: 'o',
      leaseUntil: new Date(),
      expiresAt: new Date(),
    });
    expect(taken.taken).toBe(false);
    expect(JSON.stringify(taken)).not.toContain(body.key.slice(-38));
  });

  it.each([
    ['another body', newAgent('other'), {}],
    ['another If-Match', newAgent('first'), { 'if-match': '"x"' }],
  ])('and %s is refused: it is not the same request', async (_, ask, headers) => {
    const key = `reused-${count}`;
    await admin(table.agents.create, { ...newAgent('first'), ...withKey(key) });
    const { status, error } = await admin(table.agents.create, { ...ask, ...withKey(key, headers) });
    expect([status, error.error_code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it.each(['', 'two words', 'x'.repeat(201), 'ä'])('%j is refused as a key', async (key) => {
    const { status, error } = await admin(table.agents.create, { ...newAgent('k'), ...withKey(key) });
    expect([status, error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('that only asks is answered as ever', async () => {
    const answers = [];
    for (const query of [{ limit: 1 }, { limit: 2 }])
      answers.push((await admin(table.agents.list, { query, ...withKey(`get-${count}`) })).status);
    expect(answers).toEqual([200, 200]);
  });
});

it('no answer with a secret is kept: rows that show one say so', () => {
  // The name of a secret tells nothing of it.
  const byName = `"secret":${JSON.stringify({ type: 'string', pattern: secretNamePattern.source })}`;
  const shows = ({ response }: Route) =>
    response &&
    /"(secret|token|password|link)":/.test(
      JSON.stringify(z.toJSONSchema(response, { unrepresentable: 'any' })).replaceAll(byName, ''),
    );
  const rows = Object.values(table).flatMap((each) => Object.values(each) as Route[]);
  const silent = rows.filter((row) => changesState(row) && shows(row) && !row.secret);
  expect(silent.map(({ path }) => path)).toEqual([]);
});
