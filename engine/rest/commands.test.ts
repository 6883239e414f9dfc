import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../main.ts';

let engine: Engine;

beforeAll(async () => {
  const loopback = { host: '127.0.0.1', grpcPort: 0, restPort: 0 };
  engine = await startEngine({
    ...loopback,
    dataDirectory: undefined,
    multiTenancy: false,
    clockControl: true,
  });
});
afterAll(() => engine.close());

async function call(method: string, path: string, body?: string | object) {
  const response = await fetch(`${engine.restAddress}${path}`, {
    method,
    ...(body !== undefined && {
      headers: body instanceof FormData ? {} : { 'content-type': 'application/json' },
      body: typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body),
    }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: json ? JSON.parse(text) : text };
}

const NOBODY = '2251799813685999';
const noUpdate =
  'No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the "changeset".';
const foreign = (request: string) =>
  `Expected to handle request ${request} with tenant identifier 'foo', but multi-tenancy is disabled`;

describe('a command that cannot be taken is answered as by Zeebe 8.6.0', () => {
  it.each<[string, string, string | object | undefined, number, string, string]>([
    [
      'POST',
      '/v2/process-instances',
      {},
      400,
      'INVALID_ARGUMENT',
      'At least one of [processDefinitionId, processDefinitionKey] is required.',
    ],
    ['POST', '/v2/process-instances', '{a', 400, 'Bad Request', 'Failed to read request'],
    ['POST', '/v2/process-instances', [], 400, 'Bad Request', 'Failed to read request'],
    ['POST', '/v2/process-instances', undefined, 400, 'Bad Request', 'Required request body is missing'],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionId: 'x' },
      404,
      'NOT_FOUND',
      "Command 'CREATE' rejected with code 'NOT_FOUND': Expected to find process definition with process ID 'x', but none found",
    ],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionId: 'x', processDefinitionKey: '1' },
      400,
      'INVALID_ARGUMENT',
      'Only one of [processDefinitionId, processDefinitionKey] is allowed.',
    ],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionKey: '1' },
      404,
      'NOT_FOUND',
      "Command 'CREATE' rejected with code 'NOT_FOUND': Expected to find process definition with key '1', but none found",
    ],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionKey: 'abc' },
      400,
      'Bad Request',
      'Failed to read request',
    ],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionId: 'x', tenantId: 'foo' },
      400,
      'INVALID_ARGUMENT',
      foreign('Create Process Instance'),
    ],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionId: 'x', variables: [] },
      400,
      'Bad Request',
      'Failed to read request',
    ],
    [
      'POST',
      '/v2/process-instances',
      { processDefinitionId: 'x', processDefinitionVersion: 'a' },
      400,
      'Bad Request',
      'Failed to read request',
    ],
    [
      'POST',
      '/v2/process-instances/abc/cancellation',
      {},
      400,
      'Bad Request',
      "Failed to convert 'processInstanceKey' with value: 'abc'",
    ],
    [
      'POST',
      '/v2/process-instances/1/cancellation',
      {},
      503,
      'UNAVAILABLE',
      'Expected to handle REST API request, but request could not be delivered',
    ],
    [
      'POST',
      `/v2/process-instances/${NOBODY}/cancellation`,
      {},
      404,
      'NOT_FOUND',
      `Command 'CANCEL' rejected with code 'NOT_FOUND': Expected to cancel a process instance with key '${NOBODY}', but no such process was found`,
    ],
    [
      'POST',
      `/v2/process-instances/${NOBODY}/cancellation`,
      { operationReference: 0 },
      400,
      'INVALID_ARGUMENT',
      "The value for operationReference is '0' but must be > 0.",
    ],
    ...[
      `/v2/process-instances/${NOBODY}/migration`,
      `/v2/process-instances/${NOBODY}/modification`,
      `/v2/incidents/${NOBODY}/resolution`,
      `/v2/resources/${NOBODY}/deletion`,
    ].map((path): [string, string, object, number, string, string] => [
      'POST',
      path,
      { operationReference: -1, targetProcessDefinitionKey: '1', mappingInstructions: [] },
      400,
      'INVALID_ARGUMENT',
      "The value for operationReference is '-1' but must be > 0.",
    ]),
    [
      'POST',
      '/v2/jobs/activation',
      {},
      400,
      'INVALID_ARGUMENT',
      'No type provided. No timeout provided. No maxJobsToActivate provided.',
    ],
    [
      'POST',
      '/v2/jobs/activation',
      { type: 'x' },
      400,
      'INVALID_ARGUMENT',
      'No timeout provided. No maxJobsToActivate provided.',
    ],
    [
      'POST',
      '/v2/jobs/activation',
      { type: '', timeout: 0, maxJobsToActivate: 0 },
      400,
      'INVALID_ARGUMENT',
      "No type provided. The value for timeout is '0' but must be greater than 0. The value for maxJobsToActivate is '0' but must be greater than 0.",
    ],
    [
      'POST',
      '/v2/jobs/1/completion',
      {},
      503,
      'UNAVAILABLE',
      'Expected to handle REST API request, but request could not be delivered',
    ],
    [
      'POST',
      `/v2/jobs/${NOBODY}/completion`,
      undefined,
      404,
      'NOT_FOUND',
      `Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '${NOBODY}', but no such job was found`,
    ],
    [
      'POST',
      `/v2/jobs/${NOBODY}/failure`,
      {},
      404,
      'NOT_FOUND',
      `Command 'FAIL' rejected with code 'NOT_FOUND': Expected to fail job with key '${NOBODY}', but no such job was found`,
    ],
    ['POST', `/v2/jobs/${NOBODY}/error`, {}, 400, 'INVALID_ARGUMENT', 'No errorCode provided.'],
    [
      'POST',
      `/v2/jobs/${NOBODY}/error`,
      { errorCode: 'x' },
      404,
      'NOT_FOUND',
      `Command 'THROW_ERROR' rejected with code 'NOT_FOUND': Expected to throw an error for job with key '${NOBODY}', but no such job was found`,
    ],
    [
      'PATCH',
      `/v2/jobs/${NOBODY}`,
      { changeset: {} },
      400,
      'INVALID_ARGUMENT',
      'At least one of [retries, timeout] is required.',
    ],
    [
      'PATCH',
      `/v2/jobs/${NOBODY}`,
      { changeset: { retries: 0 } },
      404,
      'NOT_FOUND',
      `Command 'UPDATE' rejected with code 'NOT_FOUND': Expected to update job with key '${NOBODY}', but no such job was found`,
    ],
    [
      'PATCH',
      `/v2/jobs/${NOBODY}`,
      { changeset: { retries: 1, timeout: 5 } },
      404,
      'NOT_FOUND',
      `Command 'UPDATE' rejected with code 'NOT_FOUND': Expected to update job with key '${NOBODY}', but no such job was found`,
    ],
    ['POST', '/v2/messages/publication', {}, 400, 'INVALID_ARGUMENT', 'No name provided.'],
    ['POST', '/v2/messages/correlation', {}, 400, 'INVALID_ARGUMENT', 'No messageName provided.'],
    [
      'POST',
      '/v2/messages/correlation',
      { name: 'mm', correlationKey: 'k' },
      404,
      'NOT_FOUND',
      "Command 'CORRELATE' rejected with code 'NOT_FOUND': Expected to find subscription for message with name 'mm' and correlation key 'k', but none was found.",
    ],
    [
      'POST',
      '/v2/messages/correlation',
      { name: 'mm', tenantId: 'foo' },
      400,
      'INVALID_ARGUMENT',
      foreign('Correlate Message'),
    ],
    ['POST', '/v2/signals/broadcast', {}, 400, 'INVALID_ARGUMENT', 'No signalName provided.'],
    ['POST', '/v2/conditionals/evaluation', {}, 400, 'INVALID_ARGUMENT', 'No variables provided.'],
    [
      'POST',
      '/v2/conditionals/evaluation',
      { variables: {}, tenantId: 'foo' },
      400,
      'INVALID_ARGUMENT',
      foreign('Evaluate Conditional'),
    ],
    [
      'POST',
      '/v2/conditionals/evaluation',
      { variables: {}, processDefinitionKey: String(NOBODY) },
      404,
      'NOT_FOUND',
      `Command 'EVALUATE' rejected with code 'NOT_FOUND': Expected to evaluate conditions of process definition with key '${NOBODY}', but no such process was found`,
    ],
    [
      'POST',
      '/v2/signals/broadcast',
      { signalName: 's', tenantId: 'foo' },
      400,
      'INVALID_ARGUMENT',
      foreign('Broadcast Signal'),
    ],
    [
      'PUT',
      `/v2/element-instances/${NOBODY}/variables`,
      {},
      400,
      'INVALID_ARGUMENT',
      'No variables provided.',
    ],
    [
      'PUT',
      `/v2/element-instances/${NOBODY}/variables`,
      { variables: { a: 1 } },
      404,
      'NOT_FOUND',
      `Command 'UPDATE' rejected with code 'NOT_FOUND': Expected to update variables for element with key '${NOBODY}', but no such element was found`,
    ],
    [
      'POST',
      `/v2/user-tasks/${NOBODY}/completion`,
      undefined,
      404,
      'NOT_FOUND',
      `Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete user task with key '${NOBODY}', but no such user task was found`,
    ],
    ['POST', `/v2/user-tasks/${NOBODY}/assignment`, {}, 400, 'INVALID_ARGUMENT', 'No assignee provided'],
    [
      'POST',
      `/v2/user-tasks/${NOBODY}/assignment`,
      { assignee: 'x' },
      404,
      'NOT_FOUND',
      `Command 'ASSIGN' rejected with code 'NOT_FOUND': Expected to assign user task with key '${NOBODY}', but no such user task was found`,
    ],
    [
      'DELETE',
      `/v2/user-tasks/${NOBODY}/assignee`,
      undefined,
      404,
      'NOT_FOUND',
      `Command 'ASSIGN' rejected with code 'NOT_FOUND': Expected to assign user task with key '${NOBODY}', but no such user task was found`,
    ],
    ['PATCH', `/v2/user-tasks/${NOBODY}`, undefined, 400, 'INVALID_ARGUMENT', noUpdate],
    ['PATCH', `/v2/user-tasks/${NOBODY}`, { changeset: {} }, 400, 'INVALID_ARGUMENT', noUpdate],
    [
      'PATCH',
      `/v2/user-tasks/${NOBODY}`,
      { changeset: { priority: 200 } },
      400,
      'INVALID_ARGUMENT',
      "The value for priority is '200' but must be within the [0,100] range.",
    ],
    [
      'PATCH',
      `/v2/user-tasks/${NOBODY}`,
      { changeset: { dueDate: 'x' } },
      400,
      'INVALID_ARGUMENT',
      "The provided due date 'x' cannot be parsed as a date according to RFC 3339, section 5.6.",
    ],
    [
      'PATCH',
      `/v2/user-tasks/${NOBODY}`,
      { changeset: { candidateUsers: ['a'] } },
      404,
      'NOT_FOUND',
      `Command 'UPDATE' rejected with code 'NOT_FOUND': Expected to update user task with key '${NOBODY}', but no such user task was found`,
    ],
    ['PUT', '/v2/clock', {}, 400, 'INVALID_ARGUMENT', 'No timestamp provided.'],
    [
      'PUT',
      '/v2/clock',
      { timestamp: -1 },
      400,
      'INVALID_ARGUMENT',
      "The value for timestamp is '-1' but must be not negative.",
    ],
    [
      'POST',
      '/v2/deployments',
      new FormData(),
      400,
      'Bad Request',
      "Required part 'resources' is not present.",
    ],
  ])('%s %s %j', async (method, path, body, status, title, detail) => {
    expect(await call(method, path, body)).toEqual({
      status,
      body: { type: 'about:blank', status, title, detail, instance: path },
    });
  });
});

const claim = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=claim" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="claim" name="Claim" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="check" />
    <bpmn:serviceTask id="check" name="Check it">
      <bpmn:extensionElements><zeebe:taskDefinition type="check" /></bpmn:extensionElements>
      <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="b" sourceRef="check" targetRef="decide" />
    <bpmn:userTask id="decide" name="Decide">
      <bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>
      <bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="c" sourceRef="decide" targetRef="payment" />
    <bpmn:intermediateCatchEvent id="payment">
      <bpmn:incoming>c</bpmn:incoming><bpmn:outgoing>d</bpmn:outgoing>
      <bpmn:messageEventDefinition messageRef="paid" />
    </bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="d" sourceRef="payment" targetRef="done" />
    <bpmn:endEvent id="done"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

describe('a process told by REST alone', () => {
  const search = async (what: string, filter: object, rest: object = {}) =>
    (await call('POST', `/v2/${what}/search`, { filter, ...rest })).body.items;

  it('is worked on, looked at and ended', async () => {
    const form = new FormData();
    form.append('resources', new Blob([claim]), 'claim.bpmn');
    const deployed = await call('POST', '/v2/deployments', form);
    const { processDefinitionKey } = deployed.body.deployments[0].processDefinition;
    const created = await call('POST', '/v2/process-instances', {
      processDefinitionKey,
      variables: { claim: 'c-1', amount: 12 },
    });
    const { processInstanceKey } = created.body;
    const own = { processInstanceKey };

    // the job: seen, taken, its retries and its time changed, failed and completed
    const activation = { type: 'check', worker: 'clerk', timeout: 60_000, maxJobsToActivate: 1 };
    const [{ jobKey }] = (await call('POST', '/v2/jobs/activation', activation)).body.jobs;
    const changed = await call('PATCH', `/v2/jobs/${jobKey}`, { changeset: { retries: 7, timeout: 1000 } });
    expect(changed.status).toBe(204);
    await call('POST', `/v2/jobs/${jobKey}/failure`, { retries: 6, errorMessage: 'no pen' });
    expect(await search('jobs', { type: 'check', state: { $in: ['FAILED', 'CREATED'] } })).toMatchObject([
      { jobKey, state: 'FAILED', retries: 6, errorMessage: 'no pen', hasFailedWithRetriesLeft: true },
    ]);
    await call('POST', `/v2/jobs/${jobKey}/completion`, { variables: { fair: true } });
    expect(await search('jobs', { elementId: 'check' })).toMatchObject([{ jobKey, state: 'COMPLETED' }]);

    // the user task
    const [task] = await search('user-tasks', { ...own, state: 'CREATED' });
    const path = `/v2/user-tasks/${task.userTaskKey}`;
    const changeset = { priority: 80, candidateUsers: ['ann', 'bob'], dueDate: '2030-01-01T10:00:00Z' };
    expect((await call('PATCH', path, { changeset })).status).toBe(204);
    expect(await search('user-tasks', { candidateUser: 'bob', priority: { $gt: 70 } })).toMatchObject([
      { userTaskKey: task.userTaskKey, priority: 80, dueDate: '2030-01-01T10:00:00Z' },
    ]);
    expect((await call('GET', `${path}/form`)).status).toBe(204);
    await call('POST', `${path}/completion`, {});

    // the message
    expect(await search('message-subscriptions', own)).toMatchObject([
      { messageName: 'paid', correlationKey: 'c-1', messageSubscriptionState: 'CREATED' },
    ]);
    const message = { name: 'paid', correlationKey: 'c-1', variables: { paid: 12 } };
    const correlated = await call('POST', '/v2/messages/correlation', message);
    expect(correlated).toMatchObject({ status: 200, body: { processInstanceKey, tenantId: '<default>' } });
    expect(await search('correlated-message-subscriptions', own)).toMatchObject([
      { messageKey: correlated.body.messageKey, elementId: 'payment' },
    ]);
    expect((await call('POST', '/v2/messages/correlation', message)).status).toBe(404);

    // looking back
    expect((await call('GET', `/v2/process-instances/${processInstanceKey}`)).body.state).toBe('COMPLETED');
    const [check] = await search('element-instances', { elementName: { $like: 'Check*' } });
    expect((await call('GET', `/v2/element-instances/${check.elementInstanceKey}`)).body).toEqual(check);
    const [amount] = await search('variables', { name: 'amount', scopeKey: processInstanceKey });
    expect((await call('GET', `/v2/variables/${amount.variableKey}`)).body).toEqual(amount);
    expect((await call('GET', `/v2/variables/${check.elementInstanceKey}`)).status).toBe(404);
    const elements = await search('element-instances', own, {
      sort: [{ field: 'elementId', order: 'DESC' }],
    });
    expect(elements.map(({ elementId }: { elementId: string }) => elementId)).toEqual([
      'start',
      'payment',
      'done',
      'decide',
      'check',
    ]);
    const statistics = { elementId: 'check', active: 0, canceled: 0, incidents: 0, completed: 1 };
    expect(
      (await call('GET', `/v2/process-instances/${processInstanceKey}/statistics/element-instances`)).body
        .items,
    ).toContainEqual(statistics);
    expect(
      (await call('POST', `/v2/process-definitions/${processDefinitionKey}/statistics/element-instances`, {}))
        .body.items,
    ).toContainEqual(statistics);
    expect((await call('GET', `/v2/process-instances/${processInstanceKey}/call-hierarchy`)).body).toEqual([
      { processInstanceKey, processDefinitionName: 'Claim', processDefinitionKey },
    ]);
    expect((await call('GET', `/v2/process-definitions/${processDefinitionKey}/form`)).status).toBe(204);
  });

  it('is searched with every operator, in any order, page by page', async () => {
    const keys: string[] = [];
    for (let n = 0; n < 5; n++) {
      keys.push(
        (await call('POST', '/v2/process-instances', { processDefinitionId: 'claim', variables: { n } })).body
          .processInstanceKey,
      );
    }
    const found = async (filter: object) =>
      (await search('process-instances', { ...filter, state: 'ACTIVE' })).map(
        (item: { processInstanceKey: string }) => keys.indexOf(item.processInstanceKey),
      );
    expect(await found({ processInstanceKey: { $gt: keys[1], $lte: keys[3] } })).toEqual([2, 3]);
    expect(await found({ processInstanceKey: { $gte: keys[3] } })).toEqual([3, 4]);
    expect(await found({ processInstanceKey: { $lt: keys[1] } })).toEqual([0]);
    expect(await found({ processInstanceKey: { $notIn: keys.slice(1) } })).toEqual([0]);
    expect(
      await found({ processInstanceKey: { $neq: keys[0] }, processDefinitionName: { $like: 'Cl??m' } }),
    ).toEqual([1, 2, 3, 4]);
    expect(await found({ parentProcessInstanceKey: { $exists: true } })).toEqual([]);
    expect(await found({ startDate: { $lt: '2001-01-01T00:00:00Z' } })).toEqual([]);
    expect(
      await found({
        endDate: { $exists: false },
        $or: [{ processInstanceKey: keys[0] }, { processInstanceKey: keys[4] }],
      }),
    ).toEqual([0, 4]);

    const none = { $in: [], $notIn: [], $eq: null };
    expect(
      await found({ processInstanceKey: { ...none, $gte: keys[3] }, tags: [], variables: [], $or: [] }),
    ).toEqual([3, 4]);
    expect(await found({ variables: [{ name: 'n', value: { $eq: '2' } }], elementId: 'check' })).toEqual([2]);

    const page = async (at: object) =>
      (
        await call('POST', '/v2/process-instances/search', {
          filter: { processInstanceKey: { $in: keys } },
          sort: [{ field: 'processInstanceKey', order: 'DESC' }],
          page: at,
        })
      ).body;
    const first = await page({ limit: 2 });
    const second = await page({ limit: 2, after: first.page.endCursor });
    const indexes = (answer: { items: { processInstanceKey: string }[] }) =>
      answer.items.map(({ processInstanceKey }) => keys.indexOf(processInstanceKey));
    expect([indexes(first), indexes(second)]).toEqual([
      [4, 3],
      [2, 1],
    ]);
    expect(indexes(await page({ limit: 2, before: second.page.startCursor }))).toEqual([4, 3]);
    expect(first.page).toMatchObject({ totalItems: 5, hasMoreTotalItems: false });
    const lost = await call('POST', '/v2/incidents/search', { page: { after: 'x' } });
    expect(lost.body.detail).toBe("Expected a cursor of an earlier answer, but was 'x'");
    const odd = await call('POST', '/v2/incidents/search', { filter: { state: { $near: 1 } } });
    expect(odd.body.detail).toContain("but got '$near'");
  });

  it('may be hurried by the clock', async () => {
    expect((await call('PUT', '/v2/clock', { timestamp: 4_000_000_000_000 })).status).toBe(204);
    const created = await call('POST', '/v2/process-instances', { processDefinitionId: 'claim' });
    const path = `/v2/process-instances/${created.body.processInstanceKey}`;
    expect((await call('GET', path)).body.startDate).toBe(new Date(4_000_000_000_000).toISOString());
    expect((await call('POST', '/v2/clock/reset')).status).toBe(204);
  });
});

describe('beside processes', () => {
  it('tells of itself', async () => {
    expect((await call('GET', '/v2/status')).status).toBe(204);
    expect((await call('GET', '/v2/license')).body).toMatchObject({ validLicense: false });
    expect((await call('GET', '/v2/authentication/me')).body.tenants).toMatchObject([
      { tenantId: '<default>' },
    ]);
    const metrics = '/v2/system/usage-metrics?startTime=2000-01-01T00:00:00Z&endTime=2200-01-01T00:00:00Z';
    expect((await call('GET', metrics)).body.processInstances).toBeGreaterThan(0);
    expect((await call('GET', '/v2/system/usage-metrics')).status).toBe(400);
  });

  it('keeps documents', async () => {
    const form = new FormData();
    form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'hello.txt');
    form.append('metadata', JSON.stringify({ customProperties: { lang: 'en' } }));
    const { status, body } = await call('POST', '/v2/documents', form);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      'camunda.document.type': 'camunda',
      storeId: 'in-memory',
      metadata: { fileName: 'hello.txt', size: 5, customProperties: { lang: 'en' } },
    });
    expect(await call('GET', `/v2/documents/${body.documentId}`)).toEqual({ status: 200, body: 'hello' });
    expect((await call('DELETE', `/v2/documents/${body.documentId}`)).status).toBe(204);
    expect((await call('GET', `/v2/documents/${body.documentId}`)).status).toBe(404);
  });

  it('leaves users and rights to the gateway', async () => {
    expect(await call('POST', '/v2/users/search', {})).toMatchObject({
      status: 403,
      body: {
        detail:
          'Expected users to be managed by this broker, but they are managed by the gateway in front of it',
      },
    });
  });
});
