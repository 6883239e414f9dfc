import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  type ActivatedJob,
  type Broker,
  type CommandRequest,
  createPendingBytes,
  type JobStream,
} from '@baton/engine/broker';
import { type AnyRecord, completeGatewayProtocol, failed, ok, type Rejection } from '@baton/engine/protocol';
import { type Client, credentials, loadPackageDefinition, Metadata } from '@grpc/grpc-js';
import { fromJSON, loadSync } from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGrpcServer, type GrpcServer } from './index.ts';

const JOB_KEY = 2 ** 51 + 9;

const job: ActivatedJob = {
  key: JOB_KEY,
  type: 'pay',
  processInstanceKey: 2 ** 51 + 3,
  bpmnProcessId: 'order',
  processDefinitionVersion: 2,
  processDefinitionKey: 2 ** 51 + 1,
  elementId: 'charge',
  elementInstanceKey: 2 ** 51 + 7,
  customHeaders: { retry: 'no' },
  worker: 'till',
  retries: 3,
  deadline: 1_700_000_000_000,
  variables: { amount: 12.5, note: 'für Björn' },
  tenantId: 'acme',
  kind: 'BPMN_ELEMENT',
  listenerEventType: 'UNSPECIFIED',
  tags: [],
};

/** A broker whose answers the test gives. */
function scriptedBroker() {
  const commands: CommandRequest[] = [];
  const streams = new Set<JobStream>();
  const jobListeners = new Map<string, () => void>();
  const available: ActivatedJob[] = [];
  let refusal: Rejection | undefined;
  const broker = {
    async execute(command: CommandRequest) {
      commands.push(command);
      if (refusal) return failed(refusal);
      const attachment = command.valueType === 'JOB_BATCH' ? available.splice(0) : undefined;
      return ok({
        valueType: command.valueType,
        intent: 'CREATED',
        key: 2 ** 51 + 1,
        value: command.value,
        attachment,
      });
    },
    executeAndAwaitResult: () => new Promise(() => {}),
    onJobsAvailable(type: string, callback: () => void) {
      jobListeners.set(type, callback);
      return () => jobListeners.delete(type);
    },
    openJobStream(stream: JobStream) {
      streams.add(stream);
      return () => streams.delete(stream);
    },
    subscribe: () => () => {},
    recordsAt: (): AnyRecord[] => [],
    lastPosition: 0,
    queries: { process: () => undefined, processes: () => [] },
    close: async () => {},
  } as unknown as Broker;
  return {
    broker,
    commands,
    streams,
    refuse: (rejection: Rejection) => {
      refusal = rejection;
    },
    offer: (one: ActivatedJob) => {
      available.push(one);
      jobListeners.get(one.type)?.();
    },
    waiting: (type: string) => jobListeners.has(type),
  };
}

/** Fires what was scheduled when the test says that its time has come. */
function scriptedClock() {
  const pending = new Set<{ ms: number; callback: () => void }>();
  return {
    schedule(ms: number, callback: () => void) {
      const entry = { ms, callback };
      pending.add(entry);
      return () => void pending.delete(entry);
    },
    pass(ms: number) {
      for (const entry of [...pending]) {
        if (entry.ms > ms || !pending.delete(entry)) continue;
        entry.callback();
      }
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the client is generated at run time
type Rpc = (...of: any[]) => any;

const proto = join(
  dirname(createRequire(import.meta.url).resolve('@camunda8/sdk/package.json')),
  'dist/proto/zeebe.proto',
);
interface Gateways {
  gateway_protocol: { Gateway: new (...of: unknown[]) => Client & { [rpc: string]: Rpc } };
}
const protoOptions = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true } as const;
const { gateway_protocol } = loadPackageDefinition(loadSync(proto, protoOptions)) as unknown as Gateways;

let scripted: ReturnType<typeof scriptedBroker>;
let clock: ReturnType<typeof scriptedClock>;
let server: GrpcServer;
let port: number;
let client: InstanceType<typeof gateway_protocol.Gateway>;

beforeEach(async () => {
  scripted = scriptedBroker();
  clock = scriptedClock();
  server = createGrpcServer({ broker: scripted.broker, schedule: clock.schedule });
  port = await server.listen(0, '127.0.0.1');
  client = new gateway_protocol.Gateway(`127.0.0.1:${port}`, credentials.createInsecure());
});

afterEach(async () => {
  client.close();
  const closed = server.close();
  clock.pass(1000);
  await closed;
});

function call(rpc: string, request: object, by = client): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    by[rpc]!(request, (error: Error | null, answer: Record<string, unknown>) =>
      error ? reject(error) : resolve(answer),
    );
  });
}

/** A request as no client library would send it; answers with headers, trailers and what came between. */
async function sendRaw(
  headers: { [name: string]: string },
  bytes: readonly number[],
): Promise<{ [name: string]: unknown }> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await new Promise((resolve, reject) => {
      const request = session.request({
        ':method': 'POST',
        ':path': '/gateway_protocol.Gateway/Topology',
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      });
      const answer: { [name: string]: unknown } = {};
      const chunks: Buffer[] = [];
      request.on('response', (given) => Object.assign(answer, given));
      request.on('trailers', (given) => Object.assign(answer, given));
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', reject);
      request.on('close', () => resolve({ ...answer, body: Buffer.concat(chunks) }));
      if (headers[':method'] !== 'GET') request.write(Buffer.from(bytes));
      request.end();
    });
  } finally {
    session.close();
  }
}

function collect(stream: NodeJS.ReadableStream): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const messages: unknown[] = [];
    stream.on('data', (message) => messages.push(message));
    stream.on('end', () => resolve(messages));
    stream.on('error', reject);
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a Zeebe client talks to the gateway', () => {
  it('reads the topology of one healthy leader that speaks 8.8', async () => {
    expect(await call('Topology', {})).toEqual({
      brokers: [
        {
          nodeId: 0,
          host: '127.0.0.1',
          port,
          version: '8.8.0',
          partitions: [{ partitionId: 1, role: 'LEADER', health: 'HEALTHY' }],
        },
      ],
      clusterSize: 1,
      partitionsCount: 1,
      replicationFactor: 1,
      gatewayVersion: '8.8.0',
    });
  });

  it('hands a command with its key, variables and tenant to the broker', async () => {
    await call('CompleteJob', { jobKey: String(JOB_KEY), variables: '{"paid":true}' });
    expect(scripted.commands).toMatchObject([
      { valueType: 'JOB', intent: 'COMPLETE', key: JOB_KEY, value: { variables: { paid: true } } },
    ]);
  });

  it.each([
    ['CancelProcessInstance', { processInstanceKey: String(JOB_KEY) }],
    ['CreateProcessInstance', { bpmnProcessId: 'order', version: -1 }],
    ['ModifyProcessInstance', { processInstanceKey: String(JOB_KEY) }],
    ['MigrateProcessInstance', { processInstanceKey: String(JOB_KEY), migrationPlan: {} }],
    ['SetVariables', { elementInstanceKey: String(JOB_KEY), variables: '{"a":1}' }],
    ['ResolveIncident', { incidentKey: String(JOB_KEY) }],
    ['UpdateJobRetries', { jobKey: String(JOB_KEY), retries: 1 }],
    ['UpdateJobTimeout', { jobKey: String(JOB_KEY), timeout: 1 }],
    ['DeleteResource', { resourceKey: String(JOB_KEY) }],
  ])('may give %s a number of its own', async (rpc, request) => {
    await call(rpc, { ...request, operationReference: '77' });
    await call(rpc, request);
    expect(scripted.commands.map(({ operationReference }) => operationReference)).toEqual([77, undefined]);
  });

  it('hears the refusal of the broker in its own words, with any characters', async () => {
    scripted.refuse({ type: 'INVALID_STATE', reason: "it is in state 'FAILED' – 100 % naïve" });
    await expect(call('CompleteJob', { jobKey: String(JOB_KEY) })).rejects.toMatchObject({
      code: 9,
      details: "Command 'COMPLETE' rejected with code 'INVALID_STATE': it is in state 'FAILED' – 100 % naïve",
    });
  });

  it.each([
    [
      '{a',
      'Invalid JSON value: {a\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]',
    ],
    ['[1]', "Property 'variables' is invalid: Expected document to be a root level object, but was 'ARRAY'"],
  ])('is told that %s is no variables document', async (variables, details) => {
    await expect(call('CompleteJob', { jobKey: String(JOB_KEY), variables })).rejects.toMatchObject({
      code: 3,
      details,
    });
    expect(scripted.commands).toEqual([]);
  });

  it('is told that a key of another partition is out of reach', async () => {
    await expect(call('CancelProcessInstance', { processInstanceKey: '12' })).rejects.toMatchObject({
      code: 14,
      details:
        'Expected to execute command on partition 0, but either it does not exist, or the gateway is not yet aware of it',
    });
  });

  it('is told that a tenant id is malformed', async () => {
    await expect(
      call('CreateProcessInstance', { bpmnProcessId: 'order', version: -1, tenantId: 'a b' }),
    ).rejects.toMatchObject({ code: 3, details: expect.stringContaining('contains illegal characters') });
  });

  it('broadcasts a signal to a tenant', async () => {
    const signal = { signalName: 'stop', variables: '{"why":"storm"}', tenantId: 'acme' };
    expect(await call('BroadcastSignal', signal)).toEqual({ key: String(2 ** 51 + 1), tenantId: 'acme' });
    expect(scripted.commands.at(-1)).toMatchObject({
      valueType: 'SIGNAL',
      intent: 'BROADCAST',
      value: { signalName: 'stop', variables: { why: 'storm' } },
      tenantId: 'acme',
    });
    await expect(call('BroadcastSignal', { signalName: 'stop', variables: '[]' })).rejects.toMatchObject({
      code: 3,
    });
  });

  it('evaluates the conditions of start events, of all definitions when none is named', async () => {
    const { root } = protobuf.parse(completeGatewayProtocol(readFileSync(proto, 'utf8')), { keepCase: true });
    const later = loadPackageDefinition(fromJSON(root.toJSON(), protoOptions)) as unknown as Gateways;
    const newer = new later.gateway_protocol.Gateway(`127.0.0.1:${port}`, credentials.createInsecure());
    const evaluated = { tenantId: 'acme', variables: '{"x":1}' };
    expect(await call('EvaluateConditional', evaluated, newer)).toEqual({
      processInstances: [],
      conditionalEvaluationKey: String(2 ** 51 + 1),
      tenantId: 'acme',
    });
    expect(scripted.commands.at(-1)).toMatchObject({
      valueType: 'CONDITIONAL_EVALUATION',
      intent: 'EVALUATE',
      value: { processDefinitionKey: -1, variables: { x: 1 } },
      tenantId: 'acme',
    });
    await call('EvaluateConditional', { ...evaluated, processDefinitionKey: String(JOB_KEY) }, newer);
    expect(scripted.commands.at(-1)).toMatchObject({ value: { processDefinitionKey: JOB_KEY } });
    newer.close();
  });

  it('finds the refusal in the status details too', async () => {
    scripted.refuse({ type: 'NOT_FOUND', reason: `no such job ${'x'.repeat(200)}` });
    const error = await call('CompleteJob', { jobKey: String(JOB_KEY) }).catch((refusal) => refusal);
    const [details] = error.metadata.get('grpc-status-details-bin');
    const message = Buffer.from(error.details);
    // google.rpc.Status: 1 = code, 2 = message, whose length takes two bytes here
    const length = [(message.length & 0x7f) | 0x80, message.length >> 7];
    expect(details).toEqual(Buffer.concat([Buffer.from([0x08, 5, 0x12, ...length]), message]));
  });

  it.each([20_000, 59_000, 500_000])(
    'hears a refusal of %d characters as far as headers go',
    async (length) => {
      scripted.refuse({ type: 'INVALID_ARGUMENT', reason: 'x'.repeat(length) });
      const refusal = await call('CompleteJob', { jobKey: String(JOB_KEY) }).catch((error) => error);
      const whole = `Command 'COMPLETE' rejected with code 'INVALID_ARGUMENT': ${'x'.repeat(length)}`;
      const told = whole.length <= 60_000 ? whole : `${whole.slice(0, 59_997)}...`;
      expect(refusal).toMatchObject({ code: 3, details: told });
    },
  );

  it.each([
    ['CompleteJob', { jobKey: String(JOB_KEY) }, 'Reached maximum capacity of requests handled'],
    [
      'CreateProcessInstance',
      { bpmnProcessId: 'order', version: -1 },
      'Expected to execute the command on one of the partitions, but all failed; there are no more partitions ' +
        'available to retry. Please try again. If the error persists contact your zeebe operator',
    ],
  ])('is told with %s that the broker has too much to do', async (rpc, request, details) => {
    scripted.refuse({ type: 'RESOURCE_EXHAUSTED', reason: 'Reached maximum capacity of requests handled' });
    await expect(call(rpc, request)).rejects.toMatchObject({ code: 8, details });
  });

  it('is told that an RPC is not there', async () => {
    const unknown = { ':path': '/gateway_protocol.Gateway/Unheard' };
    expect(await sendRaw(unknown, [0, 0, 0, 0, 0])).toMatchObject({ 'grpc-status': '12' });
  });

  it('is told that a message is too large', async () => {
    const variables = JSON.stringify({ text: 'x'.repeat(5_000_000) });
    await expect(call('CompleteJob', { jobKey: String(JOB_KEY), variables })).rejects.toMatchObject({
      code: 8,
      details: expect.stringMatching(/^gRPC message exceeds maximum size 4194304: 50000\d\d$/),
    });
  });

  it('may compress its requests', async () => {
    const compressing = new gateway_protocol.Gateway(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.default_compression_algorithm': 2,
    });
    await new Promise<void>((resolve, reject) => {
      compressing.CompleteJob!(
        { jobKey: String(JOB_KEY), variables: '{"a":"b"}' },
        new Metadata(),
        (error: Error | null) => (error ? reject(error) : resolve()),
      );
    });
    compressing.close();
    expect(scripted.commands[0]?.value).toMatchObject({ variables: { a: 'b' } });
  });

  it('waits for a result only as long as it asked', async () => {
    const result = call('CreateProcessInstanceWithResult', {
      request: { bpmnProcessId: 'order', version: -1 },
      requestTimeout: 3000,
    });
    const refused = expect(result).rejects.toMatchObject({
      code: 4,
      details: expect.stringContaining('PT3S'),
    });
    const ticking = setInterval(() => clock.pass(3000), 5);
    await refused;
    clearInterval(ticking);
  });

  it('may name the default tenant only, when there is no other', async () => {
    const single = createGrpcServer({
      broker: scripted.broker,
      schedule: clock.schedule,
      multiTenancy: false,
    });
    client.close();
    client = new gateway_protocol.Gateway(
      `127.0.0.1:${await single.listen(0, '127.0.0.1')}`,
      credentials.createInsecure(),
    );
    const foreign = (rpc: string) => ({
      code: 3,
      details: `Expected to handle gRPC request ${rpc} with tenant identifier 'acme', but multi-tenancy is disabled`,
    });
    const creation = { bpmnProcessId: 'order', version: -1 };
    const created = call('CreateProcessInstance', { ...creation, tenantId: 'acme' });
    await expect(created).rejects.toMatchObject(foreign('CreateProcessInstance'));
    await expect(
      call('CreateProcessInstanceWithResult', { request: { ...creation, tenantId: 'acme' } }),
    ).rejects.toMatchObject(foreign('CreateProcessInstanceWithResult'));
    await call('BroadcastSignal', { signalName: 'stop', tenantId: '<default>' });
    expect(scripted.commands).toHaveLength(1);
    client.close();
    const closed = single.close();
    clock.pass(1000);
    await closed;
  });

  it('is refused while the requests of all clients together fill the room there is', async () => {
    const narrow = createGrpcServer({
      broker: scripted.broker,
      schedule: clock.schedule,
      pendingBytes: createPendingBytes(10_000),
    });
    client.close();
    client = new gateway_protocol.Gateway(
      `127.0.0.1:${await narrow.listen(0, '127.0.0.1')}`,
      credentials.createInsecure(),
    );
    const answered = (text: number) =>
      call('CompleteJob', {
        jobKey: String(JOB_KEY),
        variables: JSON.stringify({ text: 'x'.repeat(text) }),
      });
    await expect(answered(20_000)).rejects.toMatchObject({
      code: 8,
      details: 'Reached maximum capacity of requests handled',
    });
    for (let i = 0; i < 5; i++) await answered(4_000);
    client.close();
    const closed = narrow.close();
    clock.pass(1000);
    await closed;
  });

  it.each([
    ['nothing', [], 13, 'Half-closed without a request'],
    ['half a message', [0, 0, 0, 0, 9, 1], 13, 'Encountered end-of-stream mid-frame'],
    ['two messages', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 13, 'Too many requests'],
    ['what is no message of the RPC', [0, 0, 0, 0, 3, 255, 255, 255], 2, 'Application error processing RPC'],
    ['a malformed frame', [2, 0, 0, 0, 0], 13, 'gRPC frame header malformed: reserved bits not zero'],
    [
      'a compressed frame without saying how',
      [1, 0, 0, 0, 0],
      13,
      "Can't decode compressed gRPC message as compression not configured",
    ],
    ['more than fits', [0, 127, 0, 0, 3], 8, 'gRPC message exceeds maximum size 4194304: 2130706435'],
  ])('is told what is wrong when it sends %s', async (_, bytes, code, message) => {
    const answer = await sendRaw({}, bytes);
    expect([answer['grpc-status'], answer['grpc-message']]).toEqual([String(code), message]);
  });

  it.each([
    [{ 'grpc-encoding': 'br' }, { 'grpc-status': '12', 'grpc-message': "Can't find decompressor for br" }],
    [
      { ':path': '/gateway_protocol.Gateway/Nope' },
      { 'grpc-status': '12', 'grpc-message': 'Method not found: gateway_protocol.Gateway/Nope' },
    ],
    [
      { 'content-type': 'text/plain' },
      { ':status': 415, 'grpc-message': "Content-Type 'text/plain' is not supported" },
    ],
    [
      { 'content-type': 'application/grpc-web' },
      { ':status': 415, 'grpc-message': "Content-Type 'application/grpc-web' is not supported" },
    ],
    [{ ':method': 'GET' }, { ':status': 405, 'grpc-message': "Method 'GET' is not supported" }],
  ])('is told what is wrong with the headers %j', async (headers, answer) => {
    expect(await sendRaw(headers, [0, 0, 0, 0, 0])).toMatchObject(answer);
  });

  it('may ask for the health of the gateway', async () => {
    const check = (service: string) =>
      sendRaw({ ':path': '/grpc.health.v1.Health/Check' }, [
        ...[0, 0, 0, 0, service.length + 2, 10, service.length],
        ...Buffer.from(service),
      ]);
    const serving = { 'grpc-status': '0', body: Buffer.from([0, 0, 0, 0, 2, 8, 1]) };
    expect(await check('')).toMatchObject(serving);
    expect(await check('gateway_protocol.Gateway')).toMatchObject(serving);
    expect(await check('nope')).toMatchObject({ 'grpc-status': '5', 'grpc-message': 'unknown service nope' });
  });
});

describe('a worker asks for jobs', () => {
  const request = { type: 'pay', worker: 'till', timeout: 60_000, maxJobsToActivate: 5, tenantIds: ['acme'] };

  it('gets a job that is there, as the protocol spells it', async () => {
    scripted.offer(job);
    expect(await collect(client.ActivateJobs!(request))).toEqual([
      {
        jobs: [
          {
            key: String(JOB_KEY),
            type: 'pay',
            processInstanceKey: String(2 ** 51 + 3),
            bpmnProcessId: 'order',
            processDefinitionVersion: 2,
            processDefinitionKey: String(2 ** 51 + 1),
            elementId: 'charge',
            elementInstanceKey: String(2 ** 51 + 7),
            customHeaders: '{"retry":"no"}',
            worker: 'till',
            retries: 3,
            deadline: '1700000000000',
            variables: '{"amount":12.5,"note":"für Björn"}',
            tenantId: 'acme',
          },
        ],
      },
    ]);
  });

  it('gets an empty answer at once when it does not want to wait', async () => {
    expect(await collect(client.ActivateJobs!({ ...request, requestTimeout: -1 }))).toEqual([]);
  });

  it('gets a job that comes while it waits', async () => {
    const jobs = collect(client.ActivateJobs!(request));
    await until(() => scripted.commands.length === 1);
    scripted.offer(job);
    expect(await jobs).toHaveLength(1);
  });

  it('gets an empty answer when its time is over', async () => {
    const jobs = collect(client.ActivateJobs!({ ...request, requestTimeout: 500 }));
    await until(() => scripted.commands.length === 1);
    const ticking = setInterval(() => clock.pass(500), 5);
    expect(await jobs).toEqual([]);
    clearInterval(ticking);
  });

  it('leaves no trace when it goes away while it waits', async () => {
    const stream = client.ActivateJobs!(request);
    stream.on('error', () => {});
    await until(() => scripted.waiting('pay'));
    stream.cancel();
    await until(() => !scripted.waiting('pay'));
  });

  it('is told that the broker has too much to do', async () => {
    scripted.refuse({ type: 'RESOURCE_EXHAUSTED', reason: 'Reached maximum capacity of requests handled' });
    await expect(collect(client.ActivateJobs!(request))).rejects.toMatchObject({
      code: 8,
      details:
        "Expected to activate jobs of type 'pay', but no jobs available and at least one broker returned " +
        "'RESOURCE_EXHAUSTED'. Please try again later.",
    });
  });

  it('is refused without a type', async () => {
    await expect(collect(client.ActivateJobs!({ ...request, type: '' }))).rejects.toMatchObject({
      code: 3,
      details:
        "Command 'ACTIVATE' rejected with code 'INVALID_ARGUMENT': Expected to activate job batch with type to be present, but it was blank",
    });
  });

  it('gets jobs pushed until it goes away', async () => {
    const stream = client.StreamActivatedJobs!(request);
    stream.on('error', () => {});
    const first = new Promise((resolve) => stream.once('data', resolve));
    await until(() => scripted.streams.size === 1);
    const [open] = scripted.streams;
    expect(open!.push(job)).toBe(true);
    expect(await first).toMatchObject({ key: String(JOB_KEY), tenantId: 'acme' });
    stream.cancel();
    await until(() => scripted.streams.size === 0);
  });

  it('gets no more jobs pushed than it reads', async () => {
    const stream = client.StreamActivatedJobs!(request);
    stream.on('error', () => {});
    stream.pause();
    await until(() => scripted.streams.size === 1);
    const [open] = scripted.streams;
    const large = { ...job, variables: { text: 'x'.repeat(100_000) } };
    let pushed = 0;
    while (open!.push(large) && pushed < 1000) {
      pushed++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(pushed).toBeLessThan(1000);
    stream.cancel();
  });
});
