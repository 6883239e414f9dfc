import { failed, ok } from '@baton/engine/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent as agentContent } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import type { AgentRunRequest, AgentRuns } from '../agentRuns/agentRuns.ts';

const { budgets, agentRuns } = table;

let running: Running;
let operator: ApiClient;
let viewer: ApiClient;
let globex: ApiClient;
let act: AgentRuns['run'];
let asked: AgentRunRequest[];
let agentId: string;

const usage = { inputTokens: 50, outputTokens: 30, cost: 0.25 };
const outOfBudget = async () => ({
  result: failed({ code: 'BUDGET_EXCEEDED', message: 'Expected at most 80 tokens, but 80 are spent' }),
  text: 'So far',
  usage,
});

beforeAll(async () => {
  running = await startGateway({
    agentRuns: {
      models: async () => [],
      kept: async (request) => request,
      run(request, signal, heard) {
        asked.push(request);
        return act(request, signal, heard);
      },
    },
  });
  const tokenOf = await tokenMaker(running.store, running.gateway.issuer);
  operator = apiClient(running.url, await tokenOf({ roles: ['admin'] }));
  viewer = apiClient(running.url, await tokenOf({ roles: ['viewer'] }));
  globex = apiClient(running.url, await tokenOf({ tenant: 'globex', roles: ['admin'] }));
  agentId = (await operator(table.agents.create, { body: { name: 'greeter', content: agentContent } })).body
    .id;
  running.engine.instances.push({ processInstanceKey: '100', tenantId: 'acme' } as never);
});
afterAll(() => running.stop());
beforeEach(() => {
  asked = [];
  running.engine.received.length = 0;
});

const incident = (incidentKey: string, over: object = {}) =>
  running.engine.incidentItems.push({
    incidentKey,
    tenantId: 'acme',
    processInstanceKey: '100',
    elementInstanceKey: `9${incidentKey}`,
    elementId: 'triage',
    errorType: 'UNHANDLED_ERROR_EVENT',
    errorMessage: 'BUDGET_EXCEEDED',
    jobKey: '77',
    creationTime: '2026-01-02T03:04:05.006+0000',
    state: 'ACTIVE',
    ...over,
  } as never);

const failure = ({ status, error }: { status: number; error: { error_code: string } }) => [
  status,
  error.error_code,
];

describe('an incident of a budget', () => {
  it('is resolved by giving more: the grant is kept under the run it is for before the job is done again', async () => {
    incident('1');
    const body = { tokens: 20_000, cost: 0.5 };
    const given = await operator(budgets.grantToIncident, { params: { key: '1' }, body });

    expect([given.status, given.body]).toEqual([
      201,
      {
        id: 'incident-1',
        elementInstanceKey: '91',
        modelCalls: 0,
        toolCalls: 0,
        tokens: 20_000,
        cost: 0.5,
        duration: 0,
        by: 'admin',
        at: expect.any(String),
      },
    ]);
    expect(running.engine.received).toEqual([{ command: 'resolveIncident', args: ['1'] }]);
    expect(await running.store.grants.ofElement('acme', '91')).toHaveLength(1);
    const listed = await viewer(budgets.ofInstance, { params: { key: '100' } });
    expect(listed.body.items).toEqual([given.body]);
  });

  it.each([
    ['2', 'JOB_NO_RETRIES'],
    ['22', 'AD_HOC_SUB_PROCESS_NO_RETRIES'],
  ])(
    'gives once, however often it is asked; retries it lacks it gets first: %s, %s',
    async (key, errorType) => {
      incident(key, { errorType });
      const ask = () => operator(budgets.grantToIncident, { params: { key }, body: { modelCalls: 3 } });
      const [first, second] = await Promise.all([ask(), ask()]);

      expect(second.body.id).toBe(first.body.id);
      expect(await running.store.grants.ofElement('acme', `9${key}`)).toHaveLength(1);
      expect(running.engine.received[0]).toEqual({ command: 'updateJobRetries', args: ['77', 1] });
    },
  );

  it('is nobody else’s, needs the permission, an amount, a job, and to be open', async () => {
    incident('3');
    incident('4', { state: 'RESOLVED' });
    incident('5', { jobKey: undefined });
    const body = { tokens: 1 };
    const ask = (client: ApiClient, key: string, given: object = body) =>
      client(budgets.grantToIncident, { params: { key }, body: given }).then(failure);

    expect(await ask(globex, '3')).toEqual([404, 'NOT_FOUND']);
    expect(await ask(viewer, '3')).toEqual([403, 'PERMISSION_DENIED']);
    expect(await ask(operator, '3', {})).toEqual([400, 'VALIDATION_FAILED']);
    expect(await ask(operator, '3', { tokens: -1 })).toEqual([400, 'VALIDATION_FAILED']);
    expect(await ask(operator, '4')).toEqual([409, 'INVALID_STATE']);
    expect(await ask(operator, '5')).toEqual([409, 'INVALID_STATE']);
    expect(await running.store.grants.ofElement('acme', '93')).toEqual([]);
    expect((await globex(budgets.ofInstance, { params: { key: '100' } })).status).toBe(404);
  });
});

describe('a run on request that stopped at a limit', () => {
  async function stoppedRun() {
    act = outOfBudget;
    const ran = await operator(agentRuns.run, {
      params: { id: agentId },
      body: { prompt: 'Hello', input: { orderId: 'HP-1' } },
    });
    expect(failure(ran)).toEqual([422, 'BUDGET_EXCEEDED']);
    return (ran.error.details as { run: { id: string } }).run.id;
  }

  it('goes on under the same id with what it began with, and is given more', async () => {
    const id = await stoppedRun();
    running.clock.advance(40);
    act = async () => ({ result: ok({ text: 'Done' }), text: 'Done', usage: { ...usage, inputTokens: 90 } });
    const more = await operator(budgets.continueAgentRun, {
      params: { id },
      body: { grant: { tokens: 1_000 } },
    });

    expect([more.status, more.body]).toMatchObject([
      200,
      { id, status: 'completed', output: { text: 'Done' }, error: null, usage: { inputTokens: 90 } },
    ]);
    const [first, second] = asked;
    expect(second).toEqual({ ...first, begun: undefined });
    const given = await operator(budgets.ofAgentRun, { params: { id } });
    expect(given.body.items).toMatchObject([{ elementInstanceKey: id, tokens: 1_000, by: 'admin' }]);
  });

  it('goes on once of two who ask at the same moment, and not when it has come to its end', async () => {
    const id = await stoppedRun();
    act = async () => ({ result: ok({ text: 'Done' }), text: 'Done', usage });
    const ask = () => operator(budgets.continueAgentRun, { params: { id }, body: {} });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(failure(await ask())).toEqual([409, 'INVALID_STATE']);
    expect(asked).toHaveLength(2);
  });

  it('goes on with the draft it was tried with', async () => {
    act = outOfBudget;
    const id = await stoppedRun();
    const definition = { ...agentContent, name: 'greeter', systemPrompt: 'Of a draft.' };
    await running.store.calls.append({
      id: 'c1',
      tenantId: 'acme',
      kind: 'model',
      name: 'greeter',
      version: 0,
      model: 'mock/one',
      processInstanceKey: id,
      elementInstanceKey: id,
      elementId: '',
      jobKey: '',
      sequence: 1,
      requestHash: 'h',
      request: { messages: [] },
      response: null,
      error: null,
      usage,
      startedAt: 1,
      duration: 1,
      began: { agent: { id: agentId, version: 0, definition }, prompts: [], variables: {}, said: [] },
    });
    act = async () => ({ result: ok({ text: 'Done' }), text: 'Done', usage });
    await operator(budgets.continueAgentRun, { params: { id }, body: {} });
    expect(asked.at(-1)).toMatchObject({
      agent: { content: { systemPrompt: 'Of a draft.' } },
      begun: { id: 'c1' },
    });
  });

  it('is nobody else’s, and needs who may resolve incidents', async () => {
    const id = await stoppedRun();
    const ask = (client: ApiClient) =>
      client(budgets.continueAgentRun, { params: { id }, body: {} }).then(failure);
    expect(await ask(globex)).toEqual([404, 'NOT_FOUND']);
    expect(await ask(viewer)).toEqual([403, 'PERMISSION_DENIED']);
    expect((await globex(budgets.ofAgentRun, { params: { id } })).status).toBe(404);
  });
});
