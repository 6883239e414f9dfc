import type { AuditRecord } from '@baton/infra/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changesState, type Route, table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { agent, bodies, tool } from '../test/bodies.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
let admin: ApiClient;
let nobody: ApiClient;
/** Who may do what a row does. */
let permitted: (row: Route) => ApiClient;
/** Entries appended, of any tenant, in order. */
const appended: AuditRecord[] = [];
let broken: { begin?: boolean; append?: boolean } = {};

beforeAll(async () => {
  const inner = await startGateway();
  const { audit } = inner.store;
  const noSpace = () => Promise.reject(new Error('no space left'));
  const store = {
    ...inner.store,
    audit: {
      ...audit,
      begin: (record: AuditRecord) => (broken.begin ? noSpace() : audit.begin(record)),
      async append(record: AuditRecord) {
        if (broken.append) return noSpace();
        await audit.append(record);
        appended.push(record);
      },
    },
  };
  const outer = await startGateway({ store });
  running = {
    ...outer,
    async stop() {
      await outer.stop();
      await inner.stop();
    },
  };
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const hours = { expiresAt: Date.now() + 3 * 3_600_000 };
  admin = apiClient(running.url, await token({ roles: ['admin'] }, hours));
  const owner = apiClient(running.url, await token({ roles: ['owner'] }, hours));
  const ofPlatform = { tenant: 'platform', roles: ['platform' as const] };
  const platform = apiClient(running.url, await token(ofPlatform, hours));
  permitted = ({ permission }) =>
    permission.startsWith('tenants:') ? platform : permission === 'tenant:delete' ? owner : admin;
  nobody = apiClient(running.url, await token({ roles: [] }, hours));
});
beforeEach(() => {
  appended.length = 0;
  broken = {};
});
afterAll(() => running.stop());

const rows = Object.entries(table).flatMap(([resource, named]) =>
  Object.entries(named as Record<string, Route>).map(([name, row]) => ({
    operation: `${resource}.${name}`,
    row,
    ask: {
      params: {
        id: 'missing',
        key: '404',
        name: 'missing',
        taskId: 'missing',
        label: 'missing',
        version: '1',
        kind: 'prompt',
      },
      body: (bodies as Record<string, Record<string, object>>)[resource]![name],
      headers: { 'if-match': '*' },
    },
  })),
);
const changing = rows.filter(({ row }) => changesState(row));
const guarded = rows.filter(({ row }) => row.permission !== 'public');
const outcomeOf = (status: number) =>
  status < 400 ? 'done' : status === 401 || status === 403 ? 'denied' : 'failed';

describe('the audit of the route table', () => {
  it('every row that is no GET changes state, but for the questions that need a body', () => {
    const questions = rows.filter(({ row }) => row.question).map(({ operation }) => operation);
    expect(questions).toEqual([
      'invitations.look',
      'workflows.validateWorkflow',
      'agents.validate',
      'recordings.replay',
      'tools.validate',
      'connections.test',
      'tasks.validate',
      'documents.checkFiles',
      'feel.evaluate',
      'decisionTrials.evaluate',
    ]);
  });

  it.each(changing)('$operation leaves one entry, done or failed', async ({ operation, row, ask }) => {
    const { status, headers } = await permitted(row)(row, ask);
    expect(appended).toMatchObject([
      { action: operation, outcome: outcomeOf(status), requestId: headers.get('x-request-id') },
    ]);
    expect(appended[0]!.errorCode === undefined).toBe(status < 400);
  });

  it.each(guarded)('$operation leaves one entry when it is denied', async ({ operation, row, ask }) => {
    const { status } = await apiClient(running.url, undefined)(row, ask);
    expect(status).toBe(401);
    expect(appended.splice(0)).toMatchObject([
      { tenantId: '-', actor: { kind: 'anonymous' }, action: operation, outcome: 'denied' },
    ]);
    const denied = (await nobody(row, ask)).status === 403;
    expect(denied).toBe(row.permission !== 'signedIn');
    if (denied) {
      expect(appended).toMatchObject([
        {
          tenantId: 'acme',
          actor: { kind: 'user', id: 'somebody' },
          action: operation,
          errorCode: 'PERMISSION_DENIED',
        },
      ]);
    }
  });

  it.each(changing)('$operation does nothing when it cannot be recorded', async ({ row, ask }) => {
    broken = { begin: true };
    const received = running.engine.received.length;
    const stored = async () =>
      JSON.stringify(
        await Promise.all(
          (['workflow', 'agent', 'tool', 'task'] as const).map((kind) =>
            running.store.resources.list('acme', kind, { limit: 200, offset: 0 }),
          ),
        ),
      );
    const before = await stored();
    const { status, error } = await permitted(row)(row, ask);
    expect([status, error.error_code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
    expect(running.engine.received).toHaveLength(received);
    expect(await stored()).toBe(before);
  });
});

describe('an entry', () => {
  it('says who did what to which state, within which trace, what it is called, and nothing of the content', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const created = await admin(table.agents.create, {
      body: { name: 'secretive', content: { ...agent, systemPrompt: 'The password is sesame.' } },
      headers: { traceparent },
    });
    const { id, hash } = created.body;
    const updated = await admin(table.agents.update, {
      params: { id },
      body: { content: { ...agent, systemPrompt: 'Open.' } },
      headers: { 'if-match': '*' },
    });
    await admin(table.agents.delete, { params: { id } });

    const common = {
      tenantId: 'acme',
      actor: { kind: 'user', id: 'somebody', name: 'admin' },
      outcome: 'done',
      resource: { kind: 'agents', id, names: ['secretive'] },
      requestId: expect.any(String),
      at: expect.any(Number),
      id: expect.any(String),
    };
    expect(appended).toEqual([
      { ...common, action: 'agents.create', after: hash, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
      { ...common, action: 'agents.update', before: hash, after: updated.body.hash },
      { ...common, action: 'agents.delete', before: updated.body.hash },
    ]);
    expect(JSON.stringify(appended)).not.toMatch(/sesame|Open/);
  });

  it('is left by what failed inside, too', async () => {
    const { instance } = running.engine.queries;
    running.engine.queries.instance = () => {
      throw new Error('a bug');
    };
    await admin(table.instances.cancelInstance, { params: { key: '404' } });
    running.engine.queries.instance = instance;
    expect(appended).toMatchObject([
      { action: 'instances.cancelInstance', outcome: 'failed', errorCode: 'INTERNAL' },
    ]);
  });

  it('is left by no question, and none is left twice', async () => {
    await admin(table.tools.list, { query: { limit: 1 } });
    await admin(table.workflows.validateWorkflow, { body: { xml: '<definitions/>' } });
    expect(appended).toEqual([]);
  });

  it('that cannot be written afterwards is answered 503, and told later as of unknown outcome', async () => {
    broken = { append: true };
    const { status } = await admin(table.tools.create, { body: { name: 'half-told', content: tool } });
    expect(status).toBe(503);
    broken = {};
    running.clock.advance(16 * 60_000);
    const read = async () => {
      const { body } = await admin(table.audit.list, { query: { action: 'tools.create' } });
      return body.items.filter(({ outcome }) => outcome === 'unknown');
    };
    await expect
      .poll(read)
      .toMatchObject([{ resource: { kind: 'tools', id: '' }, actor: { name: 'admin' } }]);
  });

  it('is read by those who may, newest first, by actor, action, resource and time', async () => {
    const from = new Date(running.clock.now()).toISOString();
    const { body: made } = await admin(table.tools.create, { body: { name: 'looked-up', content: tool } });
    await admin(table.tools.delete, { params: { id: made.id } });
    const resource = `tools/${made.id}`;
    const { body } = await admin(table.audit.list, { query: { resource, actor: 'somebody', from } });
    expect(body).toMatchObject({ total: 2, has_more: false });
    expect(body.items.map(({ action }) => action)).toEqual(['tools.delete', 'tools.create']);
    const first = await admin(table.audit.list, { query: { resource: 'tools', to: from, limit: 1 } });
    expect(first.body.items[0]?.resource.id).not.toBe(made.id);
    expect((await nobody(table.audit.list)).status).toBe(403);
  });
});
