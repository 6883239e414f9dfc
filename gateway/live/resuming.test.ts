import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Coordination, openCoordination } from '@baton/infra/coordination';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes, type ServerMessage, table } from '../api/index.ts';
import { apiClient } from '../test/apiClient.ts';
import { connectLive } from '../test/liveClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { createTestClock } from '../test/testClock.ts';
import { tokenMaker } from '../test/tokens.ts';

const clock = createTestClock();
/** Two gateways over one store and one log of events. */
let running: Running;
let other: Running;
let coordination: Coordination;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: string;

beforeAll(async () => {
  coordination = await openCoordination({
    redisUrl: undefined,
    now: clock.now,
    after: clock.after,
    newId: () => 'one',
  });
  running = await startGateway({ clock, coordination });
  other = await startGateway({
    clock,
    coordination,
    store: running.store,
    publicUrl: running.url,
    issuer: { kind: 'embedded', developmentUsers: false },
  });
  token = await tokenMaker(running.store, running.gateway.issuer);
});
afterAll(async () => {
  await other.stop();
  await running.stop();
});
beforeEach(async () => {
  admin = await token({ roles: ['admin'] }, { expiresAt: clock.now() + 3_600_000 });
});

const address = ({ gateway }: Running) => `http://127.0.0.1:${gateway.port}`;

let saved = 0;
async function saveWorkflow(at: Running): Promise<string> {
  const xml = '<definitions><process id="p" isExecutable="true"/></definitions>';
  const name = `Workflow ${saved++}`;
  const { status } = await apiClient(address(at), admin)(table.workflows.createWorkflow, {
    body: { name, xml },
  });
  expect(status).toBe(201);
  return name;
}

/** A wire to a gateway that can be cut, or go dead without a word. */
async function wireTo({ gateway }: Running) {
  const ends: { near: Socket; far: Socket }[] = [];
  const server: Server = createServer((near) => {
    const far = connect(gateway.port, '127.0.0.1');
    near.pipe(far);
    far.pipe(near);
    for (const end of [near, far]) end.on('error', () => {});
    ends.push({ near, far });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      for (const { near, far } of ends) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
      server.close();
    },
    /** Nothing goes either way any more; resolves when the gateway has given the connection up. */
    async dead() {
      const [{ near, far } = {}] = ends;
      near!.unpipe();
      far!.unpipe();
      far!.resume();
      await new Promise((resolve) => far!.once('close', resolve));
      near!.destroy();
      server.close();
    },
  };
}

/** Subscribes and writes down what comes. */
async function follow(url: string, topic: string, after?: number) {
  const client = await connectLive(url, admin);
  client.send({ type: 'subscribe', topic, ...(after === undefined ? {} : { after }) });
  const start = (await client.next()) as { type: string; id: number };
  return {
    client,
    start,
    async events(count: number) {
      const events: Extract<ServerMessage, { type: 'event' }>[] = [];
      while (events.length < count) events.push((await client.next()) as (typeof events)[number]);
      return events;
    },
  };
}
const nameOf = ({ data }: { data?: unknown }) => (data as { name: string }).name;

describe('a client that lost its connection', () => {
  it('hears all of ten seconds it missed, in order and once, at another gateway', async () => {
    const witness = await follow(address(running), 'workflows');
    const wire = await wireTo(running);
    const before = await follow(wire.url, 'workflows');
    const names = [await saveWorkflow(running)];
    const [seen] = await before.events(1);
    wire.cut();
    expect(await before.client.closed).toMatchObject({ code: 1006 });
    for (let second = 0; second < 10; second++) {
      names.push(await saveWorkflow(second % 2 ? running : other));
      clock.advance(1_000);
    }

    const after = await follow(address(other), 'workflows', seen!.id);
    names.push(await saveWorkflow(running));
    const missed = await after.events(11);

    expect(after.start).toEqual({ type: 'subscribed', topic: 'workflows', id: seen!.id });
    expect([seen!, ...missed].map(nameOf)).toEqual(names);
    expect(await witness.events(12)).toEqual([seen, ...missed]);
    await after.client.close();
    await witness.client.close();
  });

  it('is given up when it does not answer, however open the connection looks', async () => {
    const wire = await wireTo(running);
    const silent = await follow(wire.url, 'workflows');
    const gone = wire.dead();
    clock.advance(31_000);
    clock.advance(31_000);
    await gone;
    await expect(silent.client.closed).resolves.toMatchObject({ code: 1006 });
  });

  it('and reads too slowly is told so, and resumes where it was cut', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${running.gateway.port}/ws`, ['baton', `bearer.${admin}`]);
    const ids: number[] = [];
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => socket.send(JSON.stringify({ type: 'subscribe', topic: 'alerts' })));
      socket.on('message', (text) => {
        const message = JSON.parse(String(text)) as { type: string; id: number };
        if (message.type === 'event') ids.push(message.id);
        else resolve();
      });
    });
    socket.pause();
    const isCut = () => running.logLines.some((line) => line.includes('its reader is too slow'));
    const large = 'x'.repeat(256 * 1024);
    let told = 0;
    while (!isCut()) {
      running.gateway.publish('acme', 'alerts', { n: told++, large });
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.resume();
    expect(await closed).toBe(closeCodes.tooSlow);

    const after = await follow(address(other), 'alerts', ids.at(-1));
    const rest = await after.events(told - ids.length);
    expect([after.start.type, rest.map(({ data }) => (data as { n: number }).n)]).toEqual([
      'subscribed',
      Array.from({ length: told - ids.length }, (_, n) => ids.length + n),
    ]);
    await after.client.close();
  });
});

it('tells every one of five hundred sockets every event once', async () => {
  const clients = [];
  for (let n = 0; n < 10; n++) {
    const at = address(n % 2 ? running : other);
    clients.push(...(await Promise.all(Array.from({ length: 50 }, () => follow(at, 'workflows')))));
  }
  const names = [await saveWorkflow(running), await saveWorkflow(other), await saveWorkflow(running)];
  const heard = await Promise.all(clients.map(({ events }) => events(3)));
  running.gateway.publish('acme', 'workflows', { name: 'end' });
  const ends = await Promise.all(clients.map(({ events }) => events(1)));

  expect(heard[0]!.map(nameOf)).toEqual(names);
  for (const events of heard) expect(events).toEqual(heard[0]);
  for (const [end] of ends) expect(nameOf(end!)).toBe('end');
  await Promise.all(clients.map(({ client }) => client.close()));
}, 60_000);

describe('a program with a key', () => {
  const keyWith = async (...scopes: ('workflows:read' | 'agents:read' | 'instances:read')[]) => {
    const { body } = await apiClient(address(running), admin)(table.apiKeys.create, {
      body: { name: `key ${saved++}`, scopes },
    });
    return body as unknown as { id: string; key: string };
  };
  const open = (headers: Record<string, string>, protocols: string[] = []) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${running.gateway.port}/ws`, protocols, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('error', reject);
    });
  const answer = (socket: WebSocket, topic: string) =>
    new Promise<ServerMessage>((resolve) => {
      socket.once('message', (text) => resolve(JSON.parse(String(text))));
      socket.send(JSON.stringify({ type: 'subscribe', topic }));
    });

  it('follows by header or sub-protocol what the key may read, and nothing else', async () => {
    const { id, key } = await keyWith('workflows:read', 'agents:read');
    for (const socket of [
      await open({ 'x-api-key': key }),
      await open({}, ['baton', `key.${key}`]),
      await open({ 'x-api-key': key }, ['baton']),
    ]) {
      expect(await answer(socket, 'workflows')).toMatchObject({ type: 'subscribed' });
      expect(await answer(socket, 'runs')).toMatchObject({
        type: 'error',
        error_code: 'PERMISSION_DENIED',
      });
      socket.close();
    }
    const entries = await running.store.audit.list('acme', { actor: id }, { limit: 50, offset: 0 });
    const told = entries.items.map(({ action, outcome }) => `${action} ${outcome}`);
    expect([...new Set(told)].sort()).toEqual([
      'live.open done',
      'live.subscribe denied',
      'live.subscribe done',
    ]);
    expect(JSON.stringify(entries)).not.toContain(key);
    expect(running.logLines.join()).not.toContain(key);
  });

  it('comes by header with a token too, and not with both', async () => {
    const { key } = await keyWith('workflows:read');
    const socket = await open({ authorization: `Bearer ${admin}` });
    expect(await answer(socket, 'workflows')).toMatchObject({ type: 'subscribed' });
    socket.close();
    await expect(open({ authorization: `Bearer ${admin}`, 'x-api-key': key })).rejects.toThrow('401');
    await expect(open({ 'x-api-key': `${key}x` })).rejects.toThrow('401');
    await expect(open({ 'x-api-key': key }, ['soap'])).rejects.toThrow('401');
  });

  it('is out at once when the key is revoked, at every gateway', async () => {
    const { id, key } = await keyWith('workflows:read');
    const socket = await open({ 'x-api-key': key });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await apiClient(address(other), admin)(table.apiKeys.revoke, { params: { id } });
    expect(await closed).toBe(closeCodes.tokenEnded);
  });
});

it('tells of runs those who may see both agents and processes', async () => {
  const { client, start } = await follow(address(running), 'runs');
  expect(start.type).toBe('subscribed');
  const record = {
    position: 1,
    timestamp: 1_767_323_045_006,
    recordType: 'EVENT',
    valueType: 'PROCESS_INSTANCE',
    intent: 'ELEMENT_ACTIVATED',
    key: '90',
    tenantId: 'acme',
    value: { processInstanceKey: '90', elementId: 'p', bpmnElementType: 'PROCESS', bpmnProcessId: 'triage' },
  } as const;
  // Each gateway hears the engine for itself.
  for (const { engine } of [running, other]) {
    engine.records.emit([
      record,
      { ...record, position: 2, timestamp: record.timestamp + 5, intent: 'ELEMENT_COMPLETED' },
    ]);
  }
  running.gateway.publish('acme', 'runs', { change: 'created', id: 'r1', name: 'helper', kind: 'agent' });

  expect(await client.next()).toMatchObject({
    data: { change: 'created', id: '90', name: 'triage', kind: 'process' },
  });
  expect(await client.next()).toMatchObject({ data: { change: 'updated', id: '90', kind: 'process' } });
  expect(await client.next()).toMatchObject({ data: { id: 'r1', kind: 'agent' } });
  await client.close();
});
