import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createEngineClient, type EngineClient, type StreamedRecord } from '@baton/engine/client';
import { type JsonObject, readJson, writeJson } from '@baton/engine/protocol';
import { type Job, type JobOutcome, startWorker, type Worker } from '@baton/engine/worker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from './main.ts';
import { adHocSubProcess, bpmn, path, serviceTask as task, userTask } from './test/bpmn.ts';

const schedule = (ms: number, callback: () => void) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};
const world = { now: Date.now, schedule };

const order = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="order" name="Order handling" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>toCharge</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="toCharge" sourceRef="start" targetRef="charge" />
    <bpmn:serviceTask id="charge" name="Charge the card">
      <bpmn:extensionElements><zeebe:taskDefinition type="charge" /></bpmn:extensionElements>
      <bpmn:incoming>toCharge</bpmn:incoming><bpmn:outgoing>toDone</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="toDone" sourceRef="charge" targetRef="done" />
    <bpmn:endEvent id="done"><bpmn:incoming>toDone</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

const approval = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="approval" name="Approval" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>toDecide</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="toDecide" sourceRef="start" targetRef="decide" />
    <bpmn:userTask id="decide" name="Decide">
      <bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerks" /></bpmn:extensionElements>
      <bpmn:incoming>toDecide</bpmn:incoming><bpmn:outgoing>toDone</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="toDone" sourceRef="decide" targetRef="done" />
    <bpmn:endEvent id="done"><bpmn:incoming>toDone</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

let folder: string;
let engine: Engine;
let client: EngineClient;
let workers: Worker[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-engine-'));
  engine = await startEngine({ host: '127.0.0.1', grpcPort: 0, restPort: 0, dataDirectory: folder });
  client = createEngineClient({ ...engine, onlyTenant: undefined, fetch, schedule });
  workers = [];
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.close(0)));
  await client.close();
  await engine.close();
  await rm(folder, { recursive: true });
});

async function deploy(content: string, tenantId = 'acme'): Promise<string> {
  const deployed = await client.commands.deploy(tenantId, [{ name: 'process.bpmn', content }]);
  if (!deployed.ok) throw new Error(deployed.failure.message);
  return deployed.value.processes[0]!.processDefinitionKey;
}

async function start(bpmnProcessId: string, variables = {}, tenantId = 'acme'): Promise<string> {
  const created = await client.commands.createInstance(tenantId, { bpmnProcessId }, variables);
  if (!created.ok) throw new Error(created.failure.message);
  return created.value.processInstanceKey;
}

function work(handler: (job: Job) => Promise<object>, options = {}): void {
  workers.push(
    startWorker(
      client,
      {
        type: 'charge',
        name: 'till',
        tenantIds: ['acme'],
        timeout: 60_000,
        maxActiveJobs: 10,
        handler: async (job) => ({ kind: 'complete', variables: (await handler(job)) as JsonObject }),
        ...options,
      },
      world,
    ),
  );
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function completed(key: string) {
  return until(async () => {
    const found = await client.queries.instance('acme', key);
    return found.ok && found.value.state === 'COMPLETED' ? found.value : undefined;
  });
}

it('integers of 64 bits keep their digits through a worker and into the result', async () => {
  await deploy(order);
  const digits = (text: string) => readJson(text) as JsonObject;
  const seen: string[] = [];
  work(async (job) => {
    seen.push(writeJson(job.variables));
    return digits('{"receipt":9223372036854775807}');
  });
  const result = await client.commands.createInstanceWithResult(
    'acme',
    { bpmnProcessId: 'order' },
    digits('{"id":9007199254740993,"list":[-9007199254740995]}'),
    { requestTimeout: 10_000 },
  );
  expect(seen).toEqual(['{"id":9007199254740993,"list":[-9007199254740995]}']);
  expect(result.ok && writeJson(result.value.variables)).toBe(
    '{"id":9007199254740993,"list":[-9007199254740995],"receipt":9223372036854775807}',
  );
});

it('a worker decides what an ad-hoc sub-process does, and a listener what becomes of a user task', async () => {
  await deploy(
    bpmn(
      'agency',
      '<bpmn:startEvent id="start" />',
      adHocSubProcess('tools', { type: 'agent', collection: 'results', element: '=out' }, task('tool')),
      userTask(
        'sign',
        '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="notary" /></zeebe:taskListeners>',
      ),
      path('start', 'tools', 'sign'),
    ),
  );
  const seen: string[] = [];
  const handle = (type: string, outcome: (job: Job) => JobOutcome) =>
    work(async () => ({}), {
      type,
      handler: async (job: Job) => {
        seen.push(`${job.kind} ${job.listenerEventType}`);
        return outcome(job);
      },
    });
  handle('agent', ({ variables: { results } }) => {
    const enough = (results as unknown[]).length > 0;
    return {
      kind: 'complete',
      variables: {},
      result: {
        type: 'adHocSubProcess',
        activateElements: enough ? [] : [{ elementId: 'tool', variables: { given: 7 } }],
        isCompletionConditionFulfilled: enough,
        isCancelRemainingInstances: false,
      },
    };
  });
  handle('tool', ({ variables: { given } }) => ({ kind: 'complete', variables: { out: given! } }));
  let asked = 0;
  handle('notary', () => ({
    kind: 'complete',
    variables: {},
    result: { type: 'userTask', denied: asked++ === 0, deniedReason: 'not yet' },
  }));
  const key = await start('agency');
  const signing = await until(async () => {
    const found = await client.queries.userTasks('acme', { processInstanceKey: key }, { from: 0, limit: 1 });
    return found.ok && found.value.items[0];
  });
  const denied = await client.commands.completeUserTask(signing.userTaskKey, {});
  expect(denied).toMatchObject({
    failure: { code: 'INVALID_STATE', message: expect.stringContaining("Reason to deny: 'not yet'") },
  });
  expect(await client.commands.completeUserTask(signing.userTaskKey, {})).toMatchObject({ ok: true });
  await completed(key);
  expect(seen).toEqual([
    'AD_HOC_SUB_PROCESS UNSPECIFIED',
    'BPMN_ELEMENT UNSPECIFIED',
    'AD_HOC_SUB_PROCESS UNSPECIFIED',
    'TASK_LISTENER COMPLETING',
    'TASK_LISTENER COMPLETING',
  ]);
  expect(await client.queries.variables('acme', key)).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ name: 'results', value: [7] })]),
  });
});

describe('a process with one job', () => {
  it('runs from deployment to its end, and can be read afterwards', async () => {
    const processDefinitionKey = await deploy(order);
    work(async (job) => ({ paid: job.variables.amount }));
    const key = await start('order', { amount: 12 });
    expect(await completed(key)).toEqual({
      processInstanceKey: key,
      processDefinitionId: 'order',
      processDefinitionName: 'Order handling',
      processDefinitionVersion: 1,
      processDefinitionKey,
      state: 'COMPLETED',
      startDate: expect.stringMatching(/^\d{4}-.*Z$/),
      endDate: expect.stringMatching(/^\d{4}-.*Z$/),
      hasIncident: false,
      incidents: 0,
      tenantId: 'acme',
    });

    const elements = await client.queries.elementInstances('acme', key);
    expect(elements).toMatchObject({
      ok: true,
      value: [
        { elementId: 'start', type: 'START_EVENT', state: 'COMPLETED', scopeKey: key },
        { elementId: 'charge', elementName: 'Charge the card', type: 'SERVICE_TASK', state: 'COMPLETED' },
        { elementId: 'done', type: 'END_EVENT', state: 'COMPLETED' },
      ],
    });
    expect(await client.queries.takenFlows('acme', key)).toEqual({ ok: true, value: ['toCharge', 'toDone'] });
    expect(await client.queries.variables('acme', key)).toEqual({
      ok: true,
      value: [
        { name: 'amount', value: 12, scopeKey: key },
        { name: 'paid', value: 12, scopeKey: key },
      ],
    });
    const history = await client.queries.history('acme', key, { from: 0, limit: 1000 });
    expect(
      history.ok && history.value.items.map(({ valueType, intent }) => `${valueType} ${intent}`),
    ).toEqual(expect.arrayContaining(['JOB CREATED', 'JOB COMPLETED', 'PROCESS_INSTANCE ELEMENT_COMPLETED']));
  });

  it('is not seen by another tenant', async () => {
    await deploy(order);
    const key = await start('order');
    expect(await client.queries.instance('globex', key)).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
    expect(await client.queries.instances('globex', {}, { from: 0, limit: 10 })).toEqual({
      ok: true,
      value: { items: [], total: 0 },
    });
    expect(await client.queries.elementInstances('globex', key)).toEqual({ ok: true, value: [] });
    expect(await client.queries.takenFlows('globex', key)).toEqual({ ok: true, value: [] });
    expect(await client.queries.history('globex', key, { from: 0, limit: 10 })).toEqual({
      ok: true,
      value: { items: [], total: 0 },
    });
  });

  it('answers its result to who waits for it', async () => {
    await deploy(order);
    work(async () => ({ paid: true }));
    const result = await client.commands.createInstanceWithResult(
      'acme',
      { bpmnProcessId: 'order' },
      { amount: 3 },
      { requestTimeout: 10_000, fetchVariables: ['paid'] },
    );
    expect(result).toMatchObject({ ok: true, value: { variables: { paid: true } } });
  });

  it('stops with an incident when its job fails for good, and goes on when that is resolved', async () => {
    await deploy(order);
    let broken = true;
    work(async () => {
      if (broken) throw new Error('Card reader is off');
      return {};
    });
    const key = await start('order');
    const incident = await until(async () => {
      const found = await client.queries.incidents(
        'acme',
        { processInstanceKey: key },
        { from: 0, limit: 10 },
      );
      return found.ok && found.value.items[0];
    });
    expect(incident).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: 'Card reader is off',
      elementId: 'charge',
      state: 'ACTIVE',
      tenantId: 'acme',
    });
    expect(await client.queries.instance('acme', key)).toMatchObject({
      value: { hasIncident: true, incidents: 1, state: 'ACTIVE' },
    });

    broken = false;
    expect(await client.commands.updateJobRetries(incident.jobKey!, 1)).toMatchObject({ ok: true });
    expect(await client.commands.resolveIncident(incident.incidentKey)).toMatchObject({ ok: true });
    expect(await completed(key)).toMatchObject({ hasIncident: false });
  });

  it('can be cancelled once', async () => {
    await deploy(order);
    const key = await start('order');
    expect(await client.commands.cancelInstance(key)).toMatchObject({ ok: true });
    expect(await client.queries.instance('acme', key)).toMatchObject({ value: { state: 'TERMINATED' } });
    expect(await client.commands.cancelInstance(key)).toEqual({
      ok: false,
      failure: {
        code: 'NOT_FOUND',
        message: `Command 'CANCEL' rejected with code 'NOT_FOUND': Expected to cancel a process instance with key '${key}', but no such process was found`,
      },
    });
  });

  it('is deployed once for the same bytes, and refused when it is no BPMN', async () => {
    await deploy(order);
    expect(await client.commands.deploy('acme', [{ name: 'process.bpmn', content: order }])).toMatchObject({
      ok: true,
      value: { processes: [{ version: 1, duplicate: true }] },
    });
    expect(
      await client.commands.deploy('acme', [
        { name: 'process.bpmn', content: order.replace('Charge the', 'Take the') },
      ]),
    ).toMatchObject({ ok: true, value: { processes: [{ version: 2, duplicate: false }] } });
    expect(await client.commands.deploy('acme', [{ name: 'broken.bpmn', content: '<bpmn:' }])).toMatchObject({
      ok: false,
      failure: { code: 'INVALID_ARGUMENT' },
    });
  });
});

describe('a person has something to do', () => {
  it('sees the task with its variables, takes it, and completes it', async () => {
    await deploy(approval);
    const key = await start('approval', { amount: 900 });
    const page = { from: 0, limit: 10 };
    const tasks = await client.queries.userTasks('acme', { state: 'CREATED' }, page);
    if (!tasks.ok) throw new Error(tasks.failure.message);
    const [task] = tasks.value.items;
    expect(task).toMatchObject({
      name: 'Decide',
      processName: 'Approval',
      processInstanceKey: key,
      state: 'CREATED',
      assignee: '',
      candidateGroups: ['clerks'],
      priority: 50,
    });
    expect(await client.queries.userTaskVariables('acme', task!.userTaskKey)).toEqual({
      ok: true,
      value: { amount: 900 },
    });

    expect(await client.commands.assignUserTask(task!.userTaskKey, 'ann')).toMatchObject({ ok: true });
    expect(await client.queries.userTasks('acme', { assignee: 'ann' }, page)).toMatchObject({
      value: { total: 1 },
    });
    expect(await client.commands.unassignUserTask(task!.userTaskKey)).toMatchObject({ ok: true });
    expect(await client.queries.userTask('acme', task!.userTaskKey)).toMatchObject({
      value: { assignee: '' },
    });
    expect(await client.commands.completeUserTask(task!.userTaskKey, { approved: true })).toMatchObject({
      ok: true,
    });
    await completed(key);
    expect(await client.queries.userTask('acme', task!.userTaskKey)).toMatchObject({
      value: { state: 'COMPLETED', completionDate: expect.any(String) },
    });
  });
});

describe('the engine goes away and comes back', () => {
  async function restart(): Promise<void> {
    const grpcPort = Number(engine.grpcAddress.split(':')[1]);
    const restPort = Number(new URL(engine.restAddress).port);
    await engine.close();
    engine = await startEngine({ host: '127.0.0.1', grpcPort, restPort, dataDirectory: folder });
  }

  it('the same client and worker go on, with nothing lost and nothing told twice', async () => {
    await deploy(order);
    const positions: number[] = [];
    client.records.subscribe(-1, (records: StreamedRecord[]) => {
      for (const { position } of records) positions.push(position);
    });
    const before = await start('order', { when: 'before' });
    await restart();
    work(async () => ({}));
    await completed(before);
    await restart();
    const after = await until(async () => {
      const created = await client.commands.createInstance('acme', { bpmnProcessId: 'order' }, {});
      return created.ok && created.value.processInstanceKey;
    });
    await completed(after);
    const last = await until(async () => {
      const history = await client.queries.history('acme', after, { from: 0, limit: 1000 });
      const position = history.ok && history.value.items.at(-1)!.position;
      return position && positions.includes(position) ? position : undefined;
    });
    expect(positions.slice(0, last + 1)).toEqual(Array.from({ length: last + 1 }, (_, i) => i));
  });

  it('a job that was finished while the engine was away is completed when it is back', async () => {
    await deploy(order);
    let finish = () => {};
    let runs = 0;
    const began = new Promise<void>((resolve) => {
      work(async () => {
        runs++;
        resolve();
        await new Promise<void>((done) => {
          finish = done;
        });
        return {};
      });
    });
    const key = await start('order');
    await began;
    const restarted = restart();
    finish();
    await restarted;
    await completed(key);
    expect(runs).toBe(1);
  });
});

describe('refusals to start', () => {
  it('names the port that is taken and the variable that changes it', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    await expect(
      startEngine({ host: '127.0.0.1', grpcPort: port, restPort: 0, dataDirectory: undefined }),
    ).rejects.toThrow(
      `Expected port ${port} to be free, but another program listens on it. Name another port with BROKER_GRPC_PORT`,
    );
    other.close();
  });
});

describe('an unmodified zbctl', () => {
  const run = promisify(execFile);
  const zbctl = (...args: string[]) => {
    const binary = join(
      dirname(createRequire(import.meta.url).resolve('zbctl/package.json')),
      'bin',
      { linux: 'zbctl-cli.linux', darwin: 'zbctl-cli.darwin', win32: 'zbctl-cli.exe' }[
        process.platform as 'linux'
      ],
    );
    return run(binary, ['--insecure', '--address', engine.grpcAddress, ...args]).then(({ stdout }) => stdout);
  };

  it('reads the status, deploys, starts, works and completes', async () => {
    const file = join(folder, 'order.bpmn');
    await writeFile(file, order);
    expect(await zbctl('status')).toContain('Leader, Healthy');
    const deployed = JSON.parse(await zbctl('deploy', 'resource', file));
    expect(deployed).toMatchObject({ deployments: [{ process: { bpmnProcessId: 'order', version: 1 } }] });
    const created = JSON.parse(await zbctl('create', 'instance', 'order', '--variables', '{"amount":7}'));
    const activated = JSON.parse(await zbctl('activate', 'jobs', 'charge', '--maxJobsToActivate', '1'));
    expect(activated.jobs).toMatchObject([
      { type: 'charge', variables: '{"amount":7}', processInstanceKey: created.processInstanceKey },
    ]);
    await zbctl('complete', 'job', String(activated.jobs[0].key), '--variables', '{"paid":true}');
    const found = await fetch(`${engine.restAddress}/v2/process-instances/${created.processInstanceKey}`);
    expect(await found.json()).toMatchObject({ state: 'COMPLETED', tenantId: '<default>' });
  });
});
