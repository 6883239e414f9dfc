import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../main.ts';

const order = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="order" isExecutable="true">
    <bpmn:startEvent id="start" /><bpmn:endEvent id="done" />
    <bpmn:serviceTask id="charge"><bpmn:extensionElements><zeebe:taskDefinition type="charge" /></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="charge" />
    <bpmn:sequenceFlow id="b" sourceRef="charge" targetRef="done" />
  </bpmn:process>
</bpmn:definitions>`;

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ host: '127.0.0.1', grpcPort: 0, restPort: 0, dataDirectory: undefined });
});
afterAll(() => engine.close());

async function call(method: string, path: string, body?: string | FormData | object) {
  const plain = typeof body === 'string' || body instanceof FormData || body === undefined;
  const response = await fetch(`${engine.restAddress}${path}`, {
    method,
    body: plain ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function problem(status: number, title: string, detail: string) {
  return {
    status,
    type: 'application/problem+json',
    body: { type: 'about:blank', status, title, detail, instance: expect.any(String) },
  };
}

describe('a REST client', () => {
  it('deploys, starts, works and reads, with keys as text', async () => {
    const form = new FormData();
    form.append('tenantId', 'acme');
    form.append('resources', new Blob([order]), 'order.bpmn');
    const deployed = await call('POST', '/v2/deployments', form);
    expect(deployed.body).toMatchObject({
      tenantId: 'acme',
      deployments: [
        {
          processDefinition: {
            processDefinitionId: 'order',
            processDefinitionVersion: 1,
            resourceName: 'order.bpmn',
          },
        },
      ],
    });
    const { processDefinitionKey } = deployed.body.deployments[0].processDefinition;

    const created = await call('POST', '/v2/process-instances', {
      processDefinitionKey,
      variables: { amount: 5 },
      tenantId: 'acme',
    });
    const { processInstanceKey } = created.body;
    expect(processInstanceKey).toMatch(/^\d{16}$/);

    const activated = await call('POST', '/v2/jobs/activation', {
      type: 'charge',
      timeout: 10_000,
      maxJobsToActivate: 3,
      tenantIds: ['acme'],
    });
    expect(activated.body.jobs).toMatchObject([{ processInstanceKey, variables: { amount: 5 }, retries: 3 }]);
    const { jobKey } = activated.body.jobs[0];
    expect(await call('POST', `/v2/jobs/${jobKey}/completion`, { variables: { paid: true } })).toMatchObject({
      status: 204,
    });

    expect((await call('GET', `/v2/process-instances/${processInstanceKey}`)).body).toMatchObject({
      state: 'COMPLETED',
      processDefinitionId: 'order',
      tenantId: 'acme',
    });
    const variables = await call('POST', '/v2/variables/search', {
      filter: { processInstanceKey, name: { $in: ['paid'] } },
    });
    expect(variables.body.items).toMatchObject([
      { name: 'paid', value: 'true', scopeKey: processInstanceKey },
    ]);
    expect(await call('POST', `/v2/jobs/${jobKey}/completion`, {})).toEqual(
      problem(
        404,
        'NOT_FOUND',
        `Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '${jobKey}', but no such job was found`,
      ),
    );
  });

  it('finds instances by any mix of fields', async () => {
    const form = new FormData();
    form.append('resources', new Blob([order]), 'order.bpmn');
    await call('POST', '/v2/deployments', form);
    const keys: string[] = [];
    for (let i = 0; i < 3; i++) {
      const created = await call('POST', '/v2/process-instances', { processDefinitionId: 'order' });
      keys.push(created.body.processInstanceKey);
    }
    await call('POST', `/v2/process-instances/${keys[1]}/cancellation`, {});
    const search = async (filter: object, rest = {}) =>
      (await call('POST', '/v2/process-instances/search', { filter, ...rest })).body;
    const own = { tenantId: '<default>' };
    expect((await search({ ...own, state: { $neq: 'TERMINATED' } })).page.totalItems).toBe(2);
    expect((await search({ ...own, state: { $in: ['ACTIVE', 'TERMINATED'] } })).page.totalItems).toBe(3);
    expect((await search({ ...own, processInstanceKey: keys[2], hasIncident: false })).items).toMatchObject([
      { processInstanceKey: keys[2] },
    ]);
    const page = await search(own, {
      sort: [{ field: 'startDate', order: 'DESC' }],
      page: { from: 1, limit: 1 },
    });
    expect(page).toMatchObject({ items: [{ processInstanceKey: keys[1] }], page: { totalItems: 3 } });
  });
});

describe('bad input gets a problem document', () => {
  it.each([
    [
      'GET',
      '/v2/nothing',
      undefined,
      404,
      'NOT_FOUND',
      "Expected a known resource, but '/v2/nothing' is none",
    ],
    [
      'PUT',
      '/v2/topology',
      undefined,
      405,
      'METHOD_NOT_ALLOWED',
      "Expected one of GET on '/v2/topology', but was PUT",
    ],
    [
      'POST',
      '/v2/jobs/2251799813685999/failure',
      '{"retries":"many"}',
      400,
      'Bad Request',
      'Failed to read request',
    ],
    [
      'POST',
      '/v2/jobs/2251799813685999/failure',
      '{"retries":1,"retryBackOff":{}}',
      400,
      'Bad Request',
      'Failed to read request',
    ],
    ['POST', '/v2/incidents/search', '{', 400, 'Bad Request', 'Failed to read request'],
    ['POST', '/v2/incidents/search', '[]', 400, 'Bad Request', 'Failed to read request'],
    [
      'GET',
      '/v2/incidents/abc',
      undefined,
      400,
      'Bad Request',
      "Failed to convert 'incidentKey' with value: 'abc'",
    ],
    ['GET', '/v2/incidents/12', undefined, 404, 'NOT_FOUND', "Incident with key '12' not found"],
    [
      'POST',
      '/v2/messages/publication',
      '{"name":"m","tenantId":"a b"}',
      400,
      'INVALID_ARGUMENT',
      "Expected tenantId to be at most 31 letters, digits, '.', '-' or '_', but was 'a b'",
    ],
  ])('%s %s %s', async (method, path, body, status, title, detail) => {
    expect(await call(method, path, body)).toEqual(problem(status, title, detail));
  });

  it('names the fields a filter may have', async () => {
    expect(await call('POST', '/v2/incidents/search', { filter: { colour: 'red' } })).toMatchObject({
      status: 400,
      body: {
        detail: expect.stringMatching(
          /^Expected filter fields to be among \[incidentKey, .*but got 'colour'$/,
        ),
      },
    });
  });

  it('broadcasts a signal', async () => {
    const signal = { signalName: 'stop', variables: { why: 'storm' }, tenantId: 'acme' };
    expect(await call('POST', '/v2/signals/broadcast', signal)).toMatchObject({
      status: 200,
      body: { signalKey: expect.stringMatching(/^\d+$/), tenantId: 'acme' },
    });
    const faulty = await call('POST', '/v2/signals/broadcast', { signalName: 'stop', variables: [] });
    expect(faulty.status).toBe(400);
  });

  it('is not read beyond its largest size', async () => {
    expect(await call('POST', '/v2/incidents/search', 'x'.repeat(5_000_000))).toMatchObject({ status: 413 });
  });
});

describe('the record stream', () => {
  it('tells what happened since a position, then what happens', async () => {
    const stop = new AbortController();
    const response = await fetch(`${engine.restAddress}/baton/records?after=-1`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (sign: string) => {
      while (!text.includes(sign)) text += (await reader.read()).value;
    };
    await until('"position":0');
    await call('POST', '/v2/messages/publication', { name: 'news', correlationKey: '1', timeToLive: 1000 });
    await until('"news"');
    stop.abort();
    const [first, second] = text.split('\n');
    expect(JSON.parse(first!)).toEqual({ heartbeat: -1 });
    expect(JSON.parse(second!)).toMatchObject({
      position: 0,
      key: expect.any(String),
      value: expect.any(Object),
    });
  });
});

describe('a REST client changes running instances', () => {
  let processDefinitionKey: string;

  async function started(): Promise<string> {
    const created = await call('POST', '/v2/process-instances', { processDefinitionKey });
    return created.body.processInstanceKey;
  }

  beforeAll(async () => {
    const form = new FormData();
    const xml = order.replaceAll('"order"', '"changed"').replace('type="charge"', 'type="changed-charge"');
    form.append('resources', new Blob([xml]), 'changed.bpmn');
    const deployed = await call('POST', '/v2/deployments', form);
    processDefinitionKey = deployed.body.deployments[0].processDefinition.processDefinitionKey;
  });

  it('modifies one', async () => {
    const key = await started();
    expect(
      await call('POST', `/v2/process-instances/${key}/modification`, {
        activateInstructions: [{ elementId: 'nowhere' }],
      }),
    ).toEqual(
      problem(
        400,
        'INVALID_ARGUMENT',
        "Command 'MODIFY' rejected with code 'INVALID_ARGUMENT': Expected to modify instance of process 'changed' but it contains one or more activate instructions with an element that could not be found: 'nowhere'",
      ),
    );
    const search = { filter: { processInstanceKey: key, elementId: 'charge' } };
    const [{ elementInstanceKey }] = (await call('POST', '/v2/element-instances/search', search)).body.items;
    const modified = await call('POST', `/v2/process-instances/${key}/modification`, {
      activateInstructions: [{ elementId: 'done' }],
      terminateInstructions: [{ elementInstanceKey }],
    });
    expect(modified.status).toBe(204);
    expect((await call('GET', `/v2/process-instances/${key}`)).body).toMatchObject({ state: 'COMPLETED' });
  });

  it('migrates one', async () => {
    const key = await started();
    const plan = {
      targetProcessDefinitionKey: processDefinitionKey,
      mappingInstructions: [{ sourceElementId: 'charge', targetElementId: 'charge' }],
    };
    expect((await call('POST', `/v2/process-instances/${key}/migration`, plan)).status).toBe(204);
  });

  it('cancels all that a search finds', async () => {
    const keys = [await started(), await started()];
    const filter = { processInstanceKey: { $in: keys } };
    const created = await call('POST', '/v2/process-instances/cancellation', { filter });
    expect(created.body).toMatchObject({ batchOperationType: 'CANCEL_PROCESS_INSTANCE' });
    const { batchOperationKey } = created.body;
    const operation = () => call('GET', `/v2/batch-operations/${batchOperationKey}`);
    await expect.poll(async () => (await operation()).body.state).toBe('COMPLETED');
    expect((await operation()).body).toMatchObject({
      operationsTotalCount: 2,
      operationsCompletedCount: 2,
      operationsFailedCount: 0,
    });
    const items = await call('POST', '/v2/batch-operation-items/search', { filter: { batchOperationKey } });
    expect(items.body.items.map((item: { itemKey: string }) => item.itemKey)).toEqual(keys);
    const instances = await call('POST', '/v2/process-instances/search', { filter });
    expect(instances.body.items.map((item: { state: string }) => item.state)).toEqual([
      'TERMINATED',
      'TERMINATED',
    ]);
    expect((await call('POST', '/v2/process-instances/cancellation', {})).status).toBe(400);
  });
});
