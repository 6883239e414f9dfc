import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Broker, createBroker } from '@baton/engine/broker';
import { createFeel } from '@baton/engine/feel';
import type { AnyRecord } from '@baton/engine/protocol';
import { type Client, type ClientReadableStream, credentials, loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestWorld, type TestWorld } from '../broker/stream/testWorld.ts';
import { createGrpcServer, type GrpcServer } from './index.ts';

const proto = join(
  dirname(createRequire(import.meta.url).resolve('@camunda8/sdk/package.json')),
  'dist/proto/zeebe.proto',
);
// biome-ignore lint/suspicious/noExplicitAny: the client is generated at run time
type Rpc = (...of: any[]) => any;
const { gateway_protocol } = loadPackageDefinition(
  loadSync(proto, { keepCase: true, longs: String, defaults: true }),
) as unknown as {
  gateway_protocol: { Gateway: new (...of: unknown[]) => Client & { [rpc: string]: Rpc } };
};

const order = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="x">
  <bpmn:process id="order" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="pay" />
    <bpmn:serviceTask id="pay">
      <bpmn:extensionElements><zeebe:taskDefinition type="pay" /></bpmn:extensionElements>
      <bpmn:incoming>a</bpmn:incoming>
    </bpmn:serviceTask>
  </bpmn:process>
</bpmn:definitions>`;

interface Job {
  key: string;
  retries: number;
  variables: string;
}

let broker: Broker;
let world: TestWorld;
let server: GrpcServer;
let address: string;
let records: AnyRecord[];
const clients: Client[] = [];

beforeEach(async () => {
  world = createTestWorld();
  broker = await createBroker({
    dataDirectory: undefined,
    world,
    feel: createFeel(),
    maxPendingCommands: 1000,
  });
  records = [];
  broker.subscribe(-1, (batch) => void records.push(...batch));
  server = createGrpcServer({ broker, schedule: world.schedule });
  address = `127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  await call('DeployResource', { resources: [{ name: 'order.bpmn', content: Buffer.from(order) }] });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  const closed = server.close();
  world.advance(1000);
  await closed;
  await broker.close();
});

/** A client with a connection of its own. */
function connect() {
  const client = new gateway_protocol.Gateway(address, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
  clients.push(client);
  return client;
}

function call<T>(rpc: string, request: object, client = connect()): Promise<T> {
  return new Promise((resolve, reject) => {
    client[rpc]!(request, (error: Error | null, answer: T) => (error ? reject(error) : resolve(answer)));
  });
}

const start = (variables: object = {}, tenantId = '') =>
  call('CreateProcessInstance', {
    bpmnProcessId: 'order',
    version: -1,
    variables: JSON.stringify(variables),
    tenantId,
  });

const wanted = { type: 'pay', worker: 'till', timeout: 60_000, maxJobsToActivate: 10 };

/** Ends with the jobs that came. */
function activate(more: object = {}): Promise<Job[]> {
  return collect(connect().ActivateJobs!({ ...wanted, ...more }));
}

function collect(stream: ClientReadableStream<{ jobs: Job[] }>): Promise<Job[]> {
  return new Promise((resolve, reject) => {
    const jobs: Job[] = [];
    stream.on('data', (message) => jobs.push(...message.jobs));
    stream.on('end', () => resolve(jobs));
    stream.on('error', reject);
  });
}

function listen(more: object = {}) {
  const stream: ClientReadableStream<Job> = connect().StreamActivatedJobs!({ ...wanted, ...more });
  const jobs: Job[] = [];
  stream.on('data', (job) => jobs.push(job));
  stream.on('error', () => {});
  const open = new Promise<void>((resolve) => stream.on('metadata', () => resolve()));
  return { stream, jobs, open };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const intents = (valueType: string) =>
  records
    .filter((record) => record.valueType === valueType && record.recordType === 'EVENT')
    .map(({ intent }) => intent);

describe('workers that poll', () => {
  it('get what there is at once, and do not wait for more', async () => {
    await start();
    await start();
    expect(await activate({ maxJobsToActivate: 5 })).toHaveLength(2);
  });

  it('are served in the order in which they asked, each as far as there are jobs', async () => {
    const answers: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      void activate({ maxJobsToActivate: 1 }).then((jobs) => answers.push(`${name} ${jobs.length}`));
      // each asks when the one before waits
      const asked = () =>
        records.filter(({ valueType, recordType }) => valueType === 'JOB_BATCH' && recordType === 'COMMAND')
          .length;
      const before = asked();
      await until(() => asked() > before);
    }
    await start();
    await until(() => answers.length === 1);
    await start();
    await until(() => answers.length === 2);
    expect(answers).toEqual(['first 1', 'second 1']);
    world.advance(10_000);
    await until(() => answers.length === 3);
    expect(answers[2]).toBe('third 0');
  });

  it('get jobs oldest first, also those that come back', async () => {
    for (let n = 0; n < 3; n++) await start({ n });
    const [first] = await activate({ maxJobsToActivate: 1 });
    await call('FailJob', { jobKey: first!.key, retries: 2 });
    const jobs = await activate();
    expect(jobs.map(({ variables }) => JSON.parse(variables).n)).toEqual([0, 1, 2]);
  });

  it('who are gone when the answer comes give their jobs back untouched', async () => {
    const stream = connect().ActivateJobs!(wanted);
    stream.on('error', () => {});
    await until(() => records.some(({ valueType }) => valueType === 'JOB_BATCH'));
    // the worker goes away while the job is made for it
    const started = start();
    stream.cancel();
    await started;
    const jobs = await activate();
    expect(jobs).toMatchObject([{ retries: 3 }]);
  });

  it('get as much as one answer holds; the rest waits', async () => {
    for (let n = 0; n < 3; n++) await start({ text: 'x'.repeat(1_500_000) });
    expect(await activate()).toHaveLength(2);
    expect(await activate()).toHaveLength(1);
  });

  it('get the variables they name, as far as there are', async () => {
    await start({ amount: 12, note: 'hurry' });
    const [job] = await activate({ fetchVariable: ['amount', 'nothing'] });
    expect(JSON.parse(job!.variables)).toEqual({ amount: 12 });
  });

  it('see the jobs of the tenants they name, of the default one when they name none', async () => {
    const acme = { resources: [{ name: 'order.bpmn', content: Buffer.from(order) }], tenantId: 'acme' };
    await call('DeployResource', acme);
    await start({ of: 'acme' }, 'acme');
    await start({ of: 'default' });
    expect(await activate()).toHaveLength(1);
    expect(await activate({ tenantIds: ['globex'], requestTimeout: -1 })).toHaveLength(0);
    expect(await activate({ tenantIds: ['globex', 'acme'] })).toHaveLength(1);
  });
});

describe('workers that listen', () => {
  it('get what comes up from then on, in turns, with the variables they name', async () => {
    await start({ n: 'before' });
    const streams = [listen({ fetchVariable: ['n'] }), listen({ fetchVariable: ['n'] })];
    await Promise.all(streams.map(({ open }) => open));
    for (let n = 0; n < 4; n++) await start({ n, other: true });
    await until(() => streams.every(({ jobs }) => jobs.length === 2));
    expect(streams.map(({ jobs }) => jobs.map(({ variables }) => JSON.parse(variables)))).toEqual([
      [{ n: 0 }, { n: 2 }],
      [{ n: 1 }, { n: 3 }],
    ]);
    expect(await activate()).toHaveLength(1);
  });

  it('get what fails with retries left, what comes back after its backoff and what runs out of time', async () => {
    const { jobs, open } = listen();
    await open;
    await start();
    await until(() => jobs.length === 1);
    await call('FailJob', { jobKey: jobs[0]!.key, retries: 2 });
    await until(() => jobs.length === 2);
    await call('FailJob', { jobKey: jobs[0]!.key, retries: 1, retryBackOff: 5000 });
    world.advance(5000);
    await until(() => jobs.length === 3);
    world.advance(60_000);
    await until(() => jobs.length === 4);
    expect(jobs.map(({ retries }) => retries)).toEqual([3, 2, 1, 1]);
  });

  it('who do not keep up lose jobs to others, or to those who poll, with their retries', async () => {
    const slow = listen();
    await slow.open;
    slow.stream.pause();
    const large = { text: 'x'.repeat(900_000) };
    for (let n = 0; n < 12; n++) await start(large);
    await until(() => intents('JOB').includes('YIELDED'));
    const other = listen();
    await other.open;
    other.stream.resume();
    await start(large);
    const polled = await activate({ maxJobsToActivate: 1 });
    expect(polled).toMatchObject([{ retries: 3 }]);
  });

  it('who went away keep what they were sent until its time is over', async () => {
    const { stream, jobs, open } = listen();
    await open;
    await start();
    await until(() => jobs.length === 1);
    stream.cancel();
    expect(await activate({ requestTimeout: -1 })).toEqual([]);
    world.advance(60_000);
    await until(() => intents('JOB').includes('TIMED_OUT'));
    expect(await activate()).toHaveLength(1);
  });
});

it('a key of another tenant is not there for those who name theirs', async () => {
  const refusal = await call<{ code: number }>('CreateProcessInstance', {
    processDefinitionKey: String(2 ** 51 + 2),
    tenantId: 'acme',
  }).catch((error) => error);
  expect(refusal.code).toBe(5);
});

it('a server that stops says so to those who wait', async () => {
  const waiting = activate().catch((error) => error);
  const { stream, open } = listen();
  await open;
  const ended = new Promise<{ code: number }>((resolve) => stream.on('error', resolve));
  await until(() => records.some(({ valueType }) => valueType === 'JOB_BATCH'));
  void server.close();
  expect((await waiting).code).toBe(14);
  expect((await ended).code).toBe(14);
});
