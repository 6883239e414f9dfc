import { type Coordination, type Notice, openCoordination } from '@baton/infra/coordination';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent } from '../../test/bodies.ts';
import { connectLive } from '../../test/liveClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import { type AgentRuntimeView, nothingRuns } from './agentRuntimes.ts';

let running: Running;
let coordination: Coordination;
let token: string;
let acme: ApiClient;
let viewer: ApiClient;
let view: AgentRuntimeView = nothingRuns;
const { agents, agentRuntimes: rows, audit } = table;

beforeAll(async () => {
  coordination = await openCoordination({
    redisUrl: undefined,
    now: () => 0,
    after: () => () => {},
    newId: () => 'here',
  });
  running = await startGateway({ coordination, agentRuntimes: { view: () => view } });
  const make = await tokenMaker(running.store, running.gateway.issuer);
  token = await make({ roles: ['admin'], preferred_username: 'ada' });
  acme = apiClient(running.url, token);
  viewer = apiClient(running.url, await make({ roles: ['viewer'] }));
});
afterAll(() => running.stop());
beforeEach(() => {
  view = nothingRuns;
});

let count = 0;
async function given() {
  count += 1;
  const made = await acme(agents.create, { body: { name: `running-${count}`, content: agent } });
  return { params: { id: made.body.id }, name: made.body.name };
}

it('an agent that nobody asked for anything idles, without a thread', async () => {
  const { params } = await given();
  expect((await viewer(rows.runtime, { params })).body).toEqual({
    state: 'idle',
    stopped: null,
    runs: [],
    thread: null,
    restarts: 0,
    lastCrash: null,
  });
});

it('what runs is shown with its thread, and how the one before it ended', async () => {
  const { params } = await given();
  const at = running.clock.now();
  const when = new Date(at).toISOString();
  view = {
    runs: [
      { id: '2251799813685260', kind: 'job', instanceKey: '2251799813685249', startedAt: at },
      { id: 'run-1', kind: 'request', instanceKey: undefined, startedAt: at },
    ],
    thread: { startedAt: at, memory: 9_000_000, limit: 128_000_000, shared: false },
    restarts: 1,
    lastCrash: { code: 'AGENT_MEMORY', message: 'Expected …, but …', at, runs: ['run-0'] },
  };
  expect((await acme(rows.runtime, { params })).body).toEqual({
    state: 'running',
    stopped: null,
    runs: [
      { id: '2251799813685260', kind: 'job', instanceKey: '2251799813685249', startedAt: when },
      { id: 'run-1', kind: 'request', instanceKey: null, startedAt: when },
    ],
    thread: { startedAt: when, memory: 9_000_000, limit: 128_000_000, shared: false },
    restarts: 1,
    lastCrash: { code: 'AGENT_MEMORY', message: 'Expected …, but …', at: when, runs: ['run-0'] },
  });
});

it('is stopped and started by who may change it, once; all processes and who looks on are told, the audit too', async () => {
  const { params, name } = await given();
  const heard: Notice[] = [];
  const end = coordination.notices.subscribe(
    (notice) => void heard.push(notice),
    () => {},
  );
  const live = await connectLive(running.url, token);
  live.send({ type: 'subscribe', topic: 'agents' });
  expect(await live.next()).toMatchObject({ type: 'subscribed' });

  expect((await viewer(rows.stop, { params })).status).toBe(403);
  const stopped = await acme(rows.stop, { params });
  expect(stopped.body).toMatchObject({
    state: 'stopped',
    stopped: { at: expect.any(String), by: 'ada' },
  });
  expect((await acme(rows.stop, { params })).body).toEqual(stopped.body);
  const refused = await acme(rows.restart, { params });
  expect(refused.error).toMatchObject({
    error_code: 'INVALID_STATE',
    message: `Expected an agent that is not stopped, but '${name}' is; start it`,
  });
  expect((await acme(rows.start, { params })).body).toMatchObject({ state: 'idle', stopped: null });
  expect((await acme(rows.start, { params })).body).toMatchObject({ state: 'idle' });
  expect((await acme(rows.restart, { params })).body).toMatchObject({ state: 'idle' });

  const { id } = params;
  const notice = { tenantId: 'acme', id };
  expect(heard.filter((each) => each.id === id)).toEqual([
    { kind: 'agentStop', ...notice },
    { kind: 'agentStop', ...notice },
    { kind: 'agentRestart', ...notice },
  ]);
  expect(await live.next()).toMatchObject({ type: 'event', data: { change: 'updated', id, name } });
  const told = (await acme(audit.list, { query: { resource: `agents/${id}` } })).body.items;
  expect(told.map(({ action }: { action: string }) => action)).toContain('agentRuntimes.stop');
  end();
  await live.close();
});

it('nothing of a deleted agent stays stopped', async () => {
  const { params } = await given();
  await acme(rows.stop, { params });
  await acme(agents.delete, { params });
  expect((await acme(rows.runtime, { params })).status).toBe(404);
  expect(await running.store.agentStops.get('acme', params.id)).toBeUndefined();
});
