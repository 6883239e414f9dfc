import type { StreamedRecord } from '@baton/engine/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../api/index.ts';
import { apiClient } from '../test/apiClient.ts';
import { connectLive } from '../test/liveClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let designer: string;

beforeAll(async () => {
  running = await startGateway();
  token = await tokenMaker(running.store, running.gateway.issuer);
});
afterAll(() => running.stop());
beforeEach(async () => {
  designer = await token({ roles: ['designer'] }, { expiresAt: running.clock.now() + 300_000 });
});

const connect = (access = designer, headers: Record<string, string> = {}) =>
  connectLive(running.url, access, headers);

const xml = '<definitions><process id="p" isExecutable="true"/></definitions>';
const saveWorkflow = async (name: string, access = designer) =>
  (await apiClient(running.url, access)(table.workflows.createWorkflow, { body: { name, xml } })).body;

const record = (changes: Partial<StreamedRecord>): StreamedRecord => ({
  position: 1,
  timestamp: 1_767_323_045_006,
  recordType: 'EVENT',
  valueType: 'PROCESS_INSTANCE',
  intent: 'ELEMENT_ACTIVATED',
  key: '90',
  tenantId: 'acme',
  value: { processInstanceKey: '90', elementId: 'p', bpmnElementType: 'PROCESS' },
  ...changes,
});

describe('live topics', () => {
  it('tells of a save by anybody of the tenant, and of no other tenant', async () => {
    const client = await connect();
    expect(client.protocol).toBe('baton');
    client.send({ type: 'subscribe', topic: 'workflows' });
    const start = await client.next();
    expect(start).toMatchObject({ type: 'subscribed', topic: 'workflows' });

    await saveWorkflow(
      'Foreign',
      await token({ tenant: 'globex' }, { expiresAt: running.clock.now() + 60_000 }),
    );
    const saved = await saveWorkflow('Own');

    expect(await client.next()).toEqual({
      type: 'event',
      topic: 'workflows',
      id: expect.toSatisfy((id: number) => id > (start as { id: number }).id),
      data: { change: 'created', id: saved.id, name: 'Own', version: 1, by: 'designer' },
    });
    await client.close();
  });

  it('resumes after a broken connection without a gap', async () => {
    const before = await connect();
    before.send({ type: 'subscribe', topic: 'workflows' });
    await before.next();
    await saveWorkflow('Seen');
    const { id } = (await before.next()) as { id: number };
    await before.close();
    await saveWorkflow('Missed 1');
    await saveWorkflow('Missed 2');

    const after = await connect();
    after.send({ type: 'subscribe', topic: 'workflows', after: id });

    expect(await after.next()).toEqual({ type: 'subscribed', topic: 'workflows', id });
    expect(await after.next()).toMatchObject({ data: { name: 'Missed 1' } });
    expect(await after.next()).toMatchObject({ data: { name: 'Missed 2' } });
    await after.close();
  });

  it('says reset when the place is gone', async () => {
    const client = await connect();
    client.send({ type: 'subscribe', topic: 'agents', after: 12 });
    expect(await client.next()).toMatchObject({ type: 'reset', topic: 'agents' });
    await client.close();
  });

  it('shows the records of one run, the run in the list, and user tasks', async () => {
    running.engine.instances.push({
      processInstanceKey: '90',
      processDefinitionId: 'p',
      processDefinitionName: 'Process',
      processDefinitionVersion: 1,
      processDefinitionKey: '80',
      state: 'ACTIVE',
      startDate: '2026-01-02T03:04:05.006Z',
      endDate: undefined,
      hasIncident: false,
      incidents: 0,
      tenantId: 'acme',
    });
    const client = await connect();
    for (const topic of ['instances', 'instance:90', 'user-tasks']) {
      client.send({ type: 'subscribe', topic });
      expect(await client.next()).toMatchObject({ type: 'subscribed', topic });
    }

    running.engine.records.emit([
      record({ tenantId: 'globex' }),
      record({ position: 2 }),
      record({ position: 3, intent: 'ELEMENT_COMPLETED' }),
      record({ position: 4, valueType: 'USER_TASK', intent: 'CREATED', key: '95' }),
    ]);
    running.clock.advance(100);

    expect(await client.next()).toMatchObject({
      topic: 'instance:90',
      data: { position: 2, elementId: 'p' },
    });
    expect(await client.next()).toMatchObject({ topic: 'instance:90', data: { position: 3 } });
    expect(await client.next()).toMatchObject({ topic: 'instance:90', data: { position: 4 } });
    expect(await client.next()).toMatchObject({ topic: 'user-tasks', data: { change: 'created', id: '95' } });
    expect(await client.next()).toMatchObject({
      topic: 'instances',
      data: { key: '90', processName: 'Process', state: 'COMPLETED', endedAt: '2026-01-02T03:04:05.006Z' },
    });
    await client.close();
  });

  it('answers a ping, and refuses what it does not understand', async () => {
    const client = await connect();
    client.send({ type: 'ping' });
    expect(await client.next()).toEqual({ type: 'pong' });
    client.send({ type: 'subscribe', topic: 'secrets' });
    expect(await client.next()).toMatchObject({ type: 'error', error_code: 'VALIDATION_FAILED' });
    await client.close();
  });

  it('gives no topic to somebody without a role', async () => {
    const client = await connect(await token({ roles: [] }, { expiresAt: running.clock.now() + 60_000 }));
    client.send({ type: 'subscribe', topic: 'instance:90' });
    expect(await client.next()).toMatchObject({ type: 'error', error_code: 'PERMISSION_DENIED' });
    await client.close();
  });

  it('denies nobody without telling the audit', async () => {
    const client = await connect(await token({ roles: [] }, { expiresAt: running.clock.now() + 60_000 }));
    client.send({ type: 'subscribe', topic: 'instances' });
    await client.next();
    await client.close();
    await expect(connect('abc')).rejects.toThrow('401');
    await expect(connect(designer, { origin: 'https://elsewhere.example' })).rejects.toThrow('403');
    const newest = async (tenantId: string, limit: number) =>
      (await running.store.audit.list(tenantId, { resourceKind: 'live' }, { limit, offset: 0 })).items;
    expect(await newest('acme', 1)).toMatchObject([
      {
        action: 'live.subscribe',
        outcome: 'denied',
        errorCode: 'PERMISSION_DENIED',
        actor: { kind: 'user', id: 'somebody' },
        resource: { id: 'instances' },
      },
    ]);
    const strangers = await newest('-', 2);
    expect(strangers.map(({ errorCode }) => errorCode).sort()).toEqual([
      'PERMISSION_DENIED',
      'TOKEN_INVALID',
    ]);
  });

  it('closes with 4401 when the token ends', async () => {
    const client = await connect();
    running.clock.advance(301_000);
    expect(await client.closed).toEqual({ code: 4401, reason: 'TOKEN_EXPIRED' });
  });

  it('lets in no stranger, no expired token and no foreign page', async () => {
    const expired = await token({}, { expiresAt: running.clock.now() - 1000 });
    await expect(connect('abc')).rejects.toThrow('401');
    await expect(connect(expired)).rejects.toThrow('401');
    await expect(connect(designer, { origin: 'https://elsewhere.example' })).rejects.toThrow('403');
    await (await connect(designer, { origin: running.url })).close();
  });
});
