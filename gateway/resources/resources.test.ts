import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
let acme: ApiClient;
let globex: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(
    running.url,
    await token({ roles: ['designer', 'author'], preferred_username: 'designer' }),
  );
  globex = apiClient(running.url, await token({ tenant: 'globex', roles: ['admin'] }));
});
afterAll(() => running.stop());
beforeEach(() => {
  running.engine.failure = undefined;
  running.engine.received = [];
  running.problems.length = 0;
});

const xml = (id: string) =>
  `<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="${id}" isExecutable="true"/></bpmn:definitions>`;

const { workflows, deployments, instances, userTasks, agents, tools } = table;

describe('workflows', () => {
  it('saves, lists, opens and deletes a workflow', async () => {
    const created = await acme(workflows.createWorkflow, { body: { name: 'Triage', xml: xml('triage') } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'Triage',
      bpmnProcessId: 'triage',
      version: 1,
      updatedBy: 'designer',
      xml: xml('triage'),
    });
    expect(created.headers.get('etag')).toBe(`"${created.body.hash}"`);

    const { id } = created.body;
    expect((await acme(workflows.listWorkflows)).body).toMatchObject({
      total: 1,
      has_more: false,
      items: [{ id }],
    });
    expect((await acme(workflows.getWorkflow, { params: { id } })).body).toEqual(created.body);

    expect((await acme(workflows.deleteWorkflow, { params: { id } })).status).toBe(204);
    expect((await acme(workflows.getWorkflow, { params: { id } })).error).toMatchObject({
      error_code: 'NOT_FOUND',
    });
  });

  it('saves the next version over the one that was edited, and shows both sides when somebody was faster', async () => {
    const { id, hash } = (await acme(workflows.createWorkflow, { body: { name: 'Contract', xml: xml('a') } }))
      .body;
    const edit = (body: object, base: string) =>
      acme(workflows.updateWorkflow, { params: { id }, body, headers: { 'if-match': `"${base}"` } });

    const theirs = await edit({ xml: xml('b'), message: 'Faster' }, hash);
    expect(theirs.body).toMatchObject({ version: 2, bpmnProcessId: 'b', name: 'Contract' });

    const mine = await edit({ xml: xml('c') }, hash);
    expect(mine.status).toBe(412);
    expect(mine.error).toMatchObject({
      error_code: 'VERSION_CONFLICT',
      details: {
        yours: { base: hash, content: { xml: xml('c') } },
        theirs: { version: 2, hash: theirs.body.hash, author: 'designer', content: { xml: xml('b') } },
      },
    });
    const blind = await acme(workflows.updateWorkflow, { params: { id }, body: { xml: xml('c') } });
    expect([blind.status, blind.error.error_code]).toEqual([428, 'IF_MATCH_REQUIRED']);

    const versions = await acme(workflows.versions, { params: { id } });
    expect(versions.body.items.map(({ version, message }) => [version, message])).toEqual([
      [2, 'Faster'],
      [1, ''],
    ]);
    const first = await acme(workflows.getWorkflow, { params: { id }, query: { version: 1 } });
    expect(first.body.xml).toBe(xml('a'));
  });

  it('takes a name once per tenant', async () => {
    const create = (client: ApiClient) =>
      client(workflows.createWorkflow, { body: { name: 'Once', xml: xml('o') } });
    expect((await create(acme)).status).toBe(201);
    expect((await create(acme)).error.error_code).toBe('ALREADY_EXISTS');
    expect((await create(globex)).status).toBe(201);
  });

  it('keeps unfinished drafts, but nothing that is no BPMN document', async () => {
    const refused = await acme(workflows.createWorkflow, { body: { name: 'No', xml: '<html></html>' } });
    expect(refused.error).toMatchObject({
      error_code: 'VALIDATION_FAILED',
      message: expect.stringMatching(/^Expected .*, but/),
    });
  });

  it('tells the problems a deployment would meet', async () => {
    running.problems.push({
      severity: 'error',
      code: 'feel/syntax',
      message: 'Expected an expression, but found nothing',
      elementId: 'Gateway_1',
      elementName: 'Angry?',
      path: ['conditionExpression'],
      line: 12,
      column: undefined,
      offset: 3,
    });
    const { body } = await acme(workflows.validateWorkflow, { body: { xml: xml('p') } });
    expect(body.problems).toEqual([
      {
        severity: 'error',
        code: 'feel/syntax',
        message: 'Expected an expression, but found nothing',
        elementId: 'Gateway_1',
        elementName: 'Angry?',
        path: ['conditionExpression'],
        line: 12,
        offset: 3,
      },
    ]);
  });
});

describe('deployments', () => {
  const save = async (name: string, id: string) =>
    (await acme(workflows.createWorkflow, { body: { name, xml: xml(id) } })).body;

  it('gives a saved workflow to the engine and remembers it', async () => {
    const workflow = await save('Deploy me', 'deploy-me');

    const { status, body } = await acme(deployments.createDeployment, { body: { workflowId: workflow.id } });

    expect(status).toBe(201);
    expect(body).toMatchObject({ workflowId: workflow.id, workflowVersion: 1, deployedBy: 'designer' });
    expect(running.engine.received).toEqual([
      { command: 'deploy', args: ['acme', [{ name: 'Deploy me.bpmn', content: xml('deploy-me') }]] },
    ]);
    const { processDefinitionKey } = body.processes[0]!;
    expect((await acme(workflows.getWorkflow, { params: { id: workflow.id } })).body.deployed).toEqual({
      processDefinitionKey,
      version: 1,
      hash: workflow.hash,
    });
    const definition = await acme(deployments.getDefinition, { params: { key: processDefinitionKey } });
    expect(definition.body).toMatchObject({ bpmnProcessId: 'deploy-me', xml: xml('deploy-me') });
    const listed = await acme(deployments.listDeployments, { query: { workflowId: workflow.id } });
    expect(listed.body).toMatchObject({ total: 1, items: [body] });
  });

  it('refuses a model with problems before the engine is asked', async () => {
    const workflow = await save('Broken', 'broken');
    running.problems.push({
      severity: 'error',
      code: 'bpmn/missing-task-definition',
      message: 'Expected a task definition, but there is none',
      elementId: 'Task_1',
      elementName: '',
      path: [],
      line: undefined,
      column: undefined,
    });

    const { status, error } = await acme(deployments.createDeployment, { body: { workflowId: workflow.id } });

    expect(status).toBe(422);
    expect(error).toMatchObject({
      error_code: 'DEPLOYMENT_REJECTED',
      details: { problems: [{ code: 'bpmn/missing-task-definition', elementId: 'Task_1' }] },
    });
    expect(running.engine.received).toEqual([]);
  });

  it('hands on the words of an engine that refuses, and says when there is none', async () => {
    const workflow = await save('Odd', 'odd');
    const deploy = () => acme(deployments.createDeployment, { body: { workflowId: workflow.id } });

    running.engine.failure = { code: 'INVALID_ARGUMENT', message: 'Expected to deploy, but no' };
    expect((await deploy()).error).toMatchObject({
      error_code: 'DEPLOYMENT_REJECTED',
      details: { problems: [{ code: 'engine/rejected', message: 'Expected to deploy, but no' }] },
    });
    running.engine.failure = { code: 'UNAVAILABLE', message: 'Expected an engine, but none answers' };
    const absent = await deploy();
    expect([absent.status, absent.error.error_code]).toEqual([503, 'ENGINE_UNAVAILABLE']);
    expect((await acme(deployments.listDeployments, { query: { workflowId: workflow.id } })).body.total).toBe(
      0,
    );
  });
});

describe('runs', () => {
  const start = async () => {
    const workflow = await acme(workflows.createWorkflow, {
      body: { name: `Run ${Math.random()}`, xml: xml('run') },
    });
    await acme(deployments.createDeployment, { body: { workflowId: workflow.body.id } });
    return acme(instances.startInstance, { body: { bpmnProcessId: 'run', variables: { order: 7 } } });
  };

  it('starts, shows and cancels a run', async () => {
    const { status, body } = await start();
    expect(status).toBe(201);
    expect(running.engine.received.at(-1)).toEqual({
      command: 'createInstance',
      args: ['acme', { bpmnProcessId: 'run' }, { order: 7 }],
    });
    expect((await acme(instances.getInstance, { params: { key: body.key } })).body).toMatchObject({
      key: body.key,
      state: 'ACTIVE',
      startedAt: '2026-01-02T03:04:05.006Z',
      incidents: 0,
    });
    expect(
      (await acme(instances.listInstances, { query: { state: 'ACTIVE', limit: 1 } })).body.items[0]!.key,
    ).toBe(body.key);

    expect((await acme(instances.cancelInstance, { params: { key: body.key } })).status).toBe(204);
    expect(running.engine.received.at(-1)).toEqual({ command: 'cancelInstance', args: [body.key] });
  });

  it('names the element of every variable’s scope', async () => {
    const { key } = (await start()).body;
    running.engine.elements = [
      {
        elementInstanceKey: '77',
        elementId: 'Task_1',
        elementName: 'Classify',
        type: 'SERVICE_TASK',
        state: 'ACTIVE',
        startDate: '2026-01-02T03:04:05.006Z',
        endDate: undefined,
        scopeKey: key,
        incidentKey: undefined,
      },
    ];
    running.engine.variableItems = [
      { name: 'order', value: 7, scopeKey: key },
      { name: 'mood', value: 'angry', scopeKey: '77' },
    ];
    const { body } = await acme(instances.listVariables, { params: { key } });
    expect(body.items.map(({ name, scopeElementId }) => [name, scopeElementId])).toEqual([
      ['order', 'run'],
      ['mood', 'Task_1'],
    ]);
  });

  it('sets retries before it resolves an incident of a job', async () => {
    running.engine.incidentItems = [
      {
        incidentKey: '31',
        processInstanceKey: '30',
        errorType: 'JOB_NO_RETRIES',
        errorMessage: 'No more retries',
        elementId: 'Task_1',
        elementInstanceKey: '32',
        jobKey: '33',
        creationTime: '2026-01-02T03:04:05.006Z',
        state: 'ACTIVE',
        tenantId: 'acme',
      },
    ];
    expect(
      (await acme(instances.resolveIncident, { params: { key: '31' }, body: { retries: 2 } })).status,
    ).toBe(204);
    expect(running.engine.received).toEqual([
      { command: 'updateJobRetries', args: ['33', 2] },
      { command: 'resolveIncident', args: ['31'] },
    ]);
    const foreign = await globex(instances.resolveIncident, { params: { key: '31' }, body: {} });
    expect(foreign.error.error_code).toBe('NOT_FOUND');
  });

  it('shows the recorded calls of a run', async () => {
    const { key } = (await start()).body;
    await running.store.calls.append({
      id: 'call-1',
      tenantId: 'acme',
      kind: 'model',
      name: 'classifier',
      version: 3,
      model: 'mock/one',
      processInstanceKey: key,
      elementInstanceKey: '77',
      elementId: 'Task_1',
      jobKey: '78',
      sequence: 1,
      requestHash: 'ab',
      request: { prompt: 'hello' },
      response: { text: 'hi' },
      error: null,
      usage: { inputTokens: 1, outputTokens: 2, cost: 0 },
      startedAt: 1_767_323_045_006,
      duration: 5,
    });
    const { body } = await acme(instances.listCalls, { params: { key } });
    expect(body.items).toMatchObject([
      { id: 'call-1', name: 'classifier', startedAt: '2026-01-02T03:04:05.006Z' },
    ]);
  });
});

describe('user tasks', () => {
  beforeEach(() => {
    running.engine.userTaskItems = [
      {
        userTaskKey: '50',
        name: 'Call the customer',
        elementId: 'UserTask_1',
        elementInstanceKey: '51',
        processInstanceKey: '52',
        processDefinitionKey: '53',
        processDefinitionId: 'triage',
        processName: 'Triage',
        state: 'CREATED',
        assignee: '',
        candidateGroups: ['support'],
        priority: 50,
        dueDate: '',
        creationDate: '2026-01-02T03:04:05.006Z',
        completionDate: undefined,
        tenantId: 'acme',
      },
    ];
  });

  it('shows a task with its variables, assigns it, gives it back and completes it', async () => {
    const params = { key: '50' };
    expect((await acme(userTasks.listUserTasks, { query: { state: 'CREATED' } })).body.total).toBe(1);
    expect((await acme(userTasks.getUserTask, { params })).body).toMatchObject({
      name: 'Call the customer',
      variables: { mood: 'angry' },
    });
    await acme(userTasks.assignUserTask, { params, body: { assignee: 'designer' } });
    await acme(userTasks.assignUserTask, { params, body: { assignee: '' } });
    await acme(userTasks.completeUserTask, { params, body: { variables: { called: true } } });
    expect(running.engine.received).toEqual([
      { command: 'assignUserTask', args: ['50', 'designer'] },
      { command: 'unassignUserTask', args: ['50'] },
      { command: 'completeUserTask', args: ['50', { called: true }] },
    ]);
  });

  it('says so when the task is completed already', async () => {
    running.engine.failure = { code: 'INVALID_STATE', message: 'Expected an open task, but it is completed' };
    const { status, error } = await acme(userTasks.completeUserTask, { params: { key: '50' }, body: {} });
    expect([status, error.error_code]).toEqual([409, 'INVALID_STATE']);
  });
});

describe('agents and tools', () => {
  it('fills in what an agent leaves open, and keeps its versions', async () => {
    const content = { provider: 'mock', model: 'one', systemPrompt: 'Classify.' };
    const created = await acme(agents.create, { body: { name: 'classifier', content } });
    expect(created.body.content).toMatchObject({
      parameters: { temperature: 0 },
      tools: [],
      limits: { maxModelCalls: 10 },
    });

    const updated = await acme(agents.update, {
      params: { id: created.body.id },
      body: { content: { ...content, systemPrompt: 'Classify well.' }, message: 'Better' },
      headers: { 'if-match': created.headers.get('etag')! },
    });
    expect(updated.body).toMatchObject({ version: 2, name: 'classifier' });
    expect((await acme(agents.versions, { params: { id: created.body.id } })).body.total).toBe(2);
  });

  it('runs a saved tool, and its draft', async () => {
    const content = { description: 'Looks up', input: {}, output: {}, source: 'export default 1' };
    const { id } = (await acme(tools.create, { body: { name: 'lookup', content } })).body;
    const ran = await acme(tools.run, { params: { id }, body: { input: { order: 1 } } });
    expect(ran.body).toMatchObject({
      ok: true,
      output: { tenantId: 'acme', tool: 'lookup', input: { order: 1 } },
      logs: ['ran'],
    });
    const draft = await acme(tools.run, {
      params: { id },
      body: { input: null, content: { ...content, source: '2' } },
    });
    expect(draft.body.ok).toBe(true);
  });
});
