import { failed, ok } from '@baton/engine/protocol';
import type { AgentRunRecord } from '@baton/infra/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgentRunView, table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent as agentContent } from '../../test/bodies.ts';
import { spendingRuns } from '../../test/spendingRuns.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import type { AgentRunOutcome, AgentRunRequest, AgentRuns } from './agentRuns.ts';

const { agentRuns } = table;
const usage = { inputTokens: 5, outputTokens: 3, cost: 0.25 };
const answered: AgentRunOutcome = { result: ok({ text: 'Hi there' }), text: 'Hi there', usage };

let running: Running;
let admin: ApiClient;
let globex: ApiClient;
let token: string;
/** What the runtime does next, and what it was asked. */
let act: AgentRuns['run'];
let asked: AgentRunRequest[];
let agentId: string;

beforeAll(async () => {
  running = await startGateway({
    agentRuns: {
      models: async () => [],
      kept: async (request) => request,
      run: spendingRuns(
        () => running.gateway.quotas,
        (request, signal, heard) => {
          asked.push(request);
          return act(request, signal, heard);
        },
      ),
    },
  });
  const tokenOf = await tokenMaker(running.store, running.gateway.issuer);
  token = await tokenOf({ roles: ['admin'] });
  admin = apiClient(running.url, token);
  globex = apiClient(running.url, await tokenOf({ tenant: 'globex', roles: ['admin'] }));
  agentId = (await admin(table.agents.create, { body: { name: 'greeter', content: agentContent } })).body.id;
});
afterAll(() => running.stop());
beforeEach(() => {
  asked = [];
  act = async (_request, _signal, heard) => {
    heard?.({ event: 'text.delta', data: { text: 'Hi ' } });
    heard?.({ event: 'text.delta', data: { text: 'there' } });
    heard?.({ event: 'usage', data: usage });
    return answered;
  };
});

const run = (body: object = { prompt: 'Hello' }, params = { id: agentId }) =>
  admin(agentRuns.run, { params, body });

/** Asks for a stream, as a browser or curl does. */
const stream = (body: object, { headers = {}, signal }: { headers?: object; signal?: AbortSignal } = {}) =>
  fetch(`${running.url}/api/agents/${agentId}/run`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...headers,
    },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block)!;
      return { event, data: JSON.parse(data!) };
    });

const failure = ({ status, error }: { status: number; error: { error_code: string } }) => [
  status,
  error.error_code,
];
/** Resolves when the condition holds, which somebody else brings about. */
async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise(setImmediate);
  }
}
/** Read where it is kept: who looks as often as this is refused by the API before a slow disk is done. */
const runningNow = async () =>
  (await running.store.agentRuns.list('acme', { status: 'running', limit: 1, offset: 0 })).items[0];

describe('an agent that is run', () => {
  it('answers with the run, which is in the history of the agent and of the tenant', async () => {
    const ran = await run({ prompt: ' Hello ', input: { orderId: 'HP-1' }, conversation: 'c-1' });
    expect([ran.status, ran.body]).toEqual([
      200,
      {
        id: expect.any(String),
        agent: { id: agentId, name: 'greeter', version: 1, label: null, hash: expect.any(String) },
        task: null,
        provider: 'mock',
        model: 'one',
        status: 'completed',
        prompt: 'Hello',
        input: { orderId: 'HP-1' },
        output: { text: 'Hi there' },
        error: null,
        usage,
        conversation: 'c-1',
        forkOf: null,
        by: expect.any(String),
        startedAt: expect.any(String),
        duration: expect.any(Number),
        steps: [],
      },
    ]);
    const { steps: _, ...listed } = ran.body;
    expect((await admin(agentRuns.ofAgent, { params: { id: agentId } })).body.items[0]).toEqual(listed);
    expect((await admin(agentRuns.list)).body.items[0]).toEqual(listed);
    expect((await admin(agentRuns.get, { params: { id: ran.body.id } })).body).toEqual(ran.body);
    expect(asked[0]).toMatchObject({ tenantId: 'acme', runId: ran.body.id, conversation: 'c-1' });
  });

  it('is heard as it answers, by who asks for that, and the last event is the answer', async () => {
    const response = await stream({ prompt: 'Hello' });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store']);
    expect(response.headers.get('x-ratelimit-limit')).not.toBeNull();
    const events = eventsIn(await response.text());
    expect(events.map(({ event }) => event)).toEqual([
      'run.started',
      'text.delta',
      'text.delta',
      'usage',
      'run.finished',
    ]);
    for (const event of events.slice(0, -1)) agentRuns.run.events.parse(event);
    const { data } = events.at(-1)!;
    expect((await admin(agentRuns.get, { params: { id: data.id } })).body).toEqual(data);
    expect(events[0]?.data).toMatchObject({ id: data.id, status: 'running' });
  });

  it('runs at a version, at a label, or with a draft that is being tried', async () => {
    const name = 'versioned';
    const made = await admin(table.agents.create, { body: { name, content: agentContent } });
    const params = { id: made.body.id };
    const second = { ...agentContent, systemPrompt: 'Second.' };
    await admin(table.agents.update, {
      params,
      body: { content: second },
      headers: { 'if-match': '*' },
    });
    await run({ prompt: 'x', version: 1 }, params);
    await run({ prompt: 'x' }, params);
    const tried = await run({ prompt: 'x', content: { ...agentContent, systemPrompt: 'Tried.' } }, params);
    expect(asked.map(({ agent }) => [agent.version, agent.content.systemPrompt])).toEqual([
      [1, 'Classify.'],
      [2, 'Second.'],
      [0, 'Tried.'],
    ]);
    expect(tried.body.agent).toMatchObject({ name, version: 0, hash: null });
    expect(failure(await run({ prompt: 'x', version: 9 }, params))).toEqual([404, 'NOT_FOUND']);
    expect(failure(await run({ prompt: 'x', label: 'production' }, params))).toEqual([404, 'NOT_FOUND']);
  });

  it('takes a draft only from who may save one', async () => {
    const made = await admin(table.apiKeys.create, {
      body: { name: 'runner', scopes: ['agents:run', 'agents:read'] },
    });
    const runner = apiClient(running.url, undefined, { 'x-api-key': made.body.key });
    const params = { id: agentId };
    expect((await runner(agentRuns.run, { params, body: { prompt: 'x' } })).status).toBe(200);
    const draft = { prompt: 'x', content: agentContent };
    expect(failure(await runner(agentRuns.run, { params, body: draft }))).toEqual([403, 'PERMISSION_DENIED']);
  });

  it('takes an input that fits its task, and no other', async () => {
    const requestSchema = {
      type: 'object',
      properties: { orderId: { type: 'string' } },
      required: ['orderId'],
    };
    const content = { requestSchema, responseSchema: { type: 'object' } };
    await admin(table.tasks.create, { body: { name: 'classify', content } });
    const ask = (input: object) => run({ input, task: 'classify' });
    expect((await ask({ orderId: 'HP-1' })).body.task).toEqual({ name: 'classify', version: 1 });
    const refused = await ask({ orderId: 7 });
    expect(failure(refused)).toEqual([400, 'VALIDATION_FAILED']);
    expect(refused.error.details).toMatchObject({ issues: [{ path: ['body', 'input', 'orderId'] }] });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['nothing', {}],
    ['a prompt of nothing', { prompt: '  ' }],
    ['a prompt that is too long', { prompt: 'x'.repeat(20_001) }],
    ['a version and a label', { prompt: 'x', version: 1, label: 'production' }],
    ['a conversation that is no name', { prompt: 'x', conversation: '../../etc' }],
    ['a content that is none', { prompt: 'x', content: { provider: 'mock' } }],
  ])('is not run with %s', async (_, body) => {
    expect(failure(await run(body))).toEqual([400, 'VALIDATION_FAILED']);
    const streamed = await stream(body);
    expect([streamed.status, ((await streamed.json()) as { error_code: string }).error_code]).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
    expect(asked).toEqual([]);
  });

  it('is nobody’s of another tenant, nor are its runs', async () => {
    const { id } = (await run()).body;
    expect([
      failure(await globex(agentRuns.run, { params: { id: agentId }, body: { prompt: 'x' } })),
      failure(await globex(agentRuns.ofAgent, { params: { id: agentId } })),
      failure(await globex(agentRuns.get, { params: { id } })),
      failure(await globex(agentRuns.cancel, { params: { id } })),
    ]).toEqual(Array.from({ length: 4 }, () => [404, 'NOT_FOUND']));
    expect((await globex(agentRuns.list)).body.total).toBe(0);
  });
});

describe('a run that fails', () => {
  const outcome: AgentRunOutcome = {
    result: failed({ code: 'BUDGET_EXCEEDED', message: 'Expected less, but it goes on' }),
    text: 'As far as',
    usage,
  };

  it('is refused, with what there is of it', async () => {
    act = async () => outcome;
    const ran = await run();
    expect(failure(ran)).toEqual([422, 'BUDGET_EXCEEDED']);
    expect(ran.error.details).toMatchObject({
      run: { status: 'failed', output: { text: 'As far as' }, error: { code: 'BUDGET_EXCEEDED' }, usage },
    });
  });

  it('after the first event ends the stream with the error in its one shape', async () => {
    act = async (_request, _signal, heard) => {
      heard?.({ event: 'text.delta', data: { text: 'As far as' } });
      return outcome;
    };
    const response = await stream({ prompt: 'Hello' });
    const last = eventsIn(await response.text()).at(-1);
    expect([response.status, last]).toEqual([
      200,
      {
        event: 'error',
        data: {
          error_code: 'BUDGET_EXCEEDED',
          message: 'Expected less, but it goes on',
          details: { run: expect.objectContaining({ status: 'failed' }) },
          request_id: response.headers.get('x-request-id'),
        },
      },
    ]);
  });

  it('by a bug of ours tells nothing of it, and is no run that goes on', async () => {
    act = async () => {
      throw new Error('planted stack');
    };
    const text = await (await stream({ prompt: 'Hello' })).text();
    expect(eventsIn(text).at(-1)).toMatchObject({ event: 'error', data: { error_code: 'INTERNAL' } });
    expect(text).not.toContain('planted');
    expect(await runningNow()).toBeUndefined();
  });

  it.each([
    ['GUARDRAIL_VIOLATION', 422, 'GUARDRAIL_VIOLATION'],
    ['CONVERSATION_BUSY', 409, 'CONVERSATION_BUSY'],
    ['TOOL_QUARANTINED', 409, 'TOOL_QUARANTINED'],
    ['MODEL_UNAVAILABLE', 503, 'MODEL_UNAVAILABLE'],
    ['MODEL_TIMEOUT', 502, 'MODEL_FAILED'],
    ['AGENT_ANSWER_INVALID', 502, 'MODEL_FAILED'],
    ['PROMPT_NOT_FOUND', 409, 'REFERENCE_MISSING'],
  ])('by %s is %i', async (code, status, errorCode) => {
    act = async () => ({ ...outcome, result: failed({ code, message: 'Expected …, but …' }) });
    const ran = await run();
    expect(failure(ran)).toEqual([status, errorCode]);
    expect(ran.error.details).toMatchObject({ run: { error: { code } } });
  });
});

/** A model that thinks until nobody waits. */
const endless: AgentRuns['run'] = (_request, signal, heard) =>
  new Promise((resolve) => {
    heard?.({ event: 'text.delta', data: { text: 'Thinking' } });
    const message = 'Expected to be waited for, but …';
    const cancelled = () =>
      resolve({ result: failed({ code: 'RUN_CANCELLED', message }), text: 'Thinking', usage });
    if (signal.aborted) cancelled();
    signal.addEventListener('abort', cancelled);
  });

describe('a run that goes on', () => {
  beforeEach(() => {
    act = endless;
  });

  it('ends when who asked goes away, and who asks again with the same key is answered', async () => {
    const client = new AbortController();
    const headers = { 'idempotency-key': 'gone-and-back' };
    const response = await stream({ prompt: 'Hello' }, { headers, signal: client.signal });
    await response.body!.getReader().read();
    const { id } = (await runningNow())!;
    client.abort();
    const ended = await until(async () => {
      const kept = await running.store.agentRuns.get('acme', id);
      return kept?.status !== 'running' && kept;
    });
    expect(ended).toMatchObject({ status: 'cancelled', output: { text: 'Thinking' }, usage });

    act = async () => answered;
    const again = await until(async () => {
      const repeated = await stream({ prompt: 'Hello' }, { headers });
      // The first may be on its way out still.
      return repeated.status === 200 && repeated;
    });
    const events = eventsIn(await again.text());
    expect(events.at(-1)).toMatchObject({ event: 'run.finished', data: { status: 'completed' } });
    const replayed = await stream({ prompt: 'Hello' }, { headers });
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(eventsIn(await replayed.text())).toEqual(events.slice(-1));
  });

  it('is cancelled by anybody who may run agents', async () => {
    const going = run();
    const { id } = await until(runningNow);
    const cancelled = await admin(agentRuns.cancel, { params: { id } });
    expect([cancelled.status, cancelled.body.status]).toEqual([202, 'cancelled']);
    expect(failure(await going)).toEqual([409, 'RUN_CANCELLED']);
    expect(failure(await admin(agentRuns.cancel, { params: { id } }))).toEqual([409, 'INVALID_STATE']);
  });

  it('hears from another process that it is cancelled', async () => {
    const going = run();
    const { id } = await until(runningNow);
    await running.store.agentRuns.askCancel('acme', id);
    running.clock.advance(5_000);
    expect(failure(await going)).toEqual([409, 'RUN_CANCELLED']);
  });

  it('keeps its connection open while the model thinks', async () => {
    const client = new AbortController();
    const response = await stream({ prompt: 'Hello' }, { signal: client.signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream() as never).getReader();
    let heard = '';
    const read = async (what: string) => {
      while (!heard.includes(what)) heard += (await reader.read()).value;
    };
    await read('Thinking');
    running.clock.advance(15_000);
    await read('\n\n:\n\n');
    running.clock.advance(15_000);
    await read('\n\n:\n\n:\n\n');
    client.abort();
    await until(async () => !(await runningNow()));
  });
});

describe('a run whose process ended', () => {
  const left = (id: string): AgentRunRecord => ({
    id,
    tenantId: 'acme',
    agentId,
    agentName: 'greeter',
    agentVersion: 1,
    agentLabel: null,
    agentHash: null,
    task: null,
    provider: 'mock',
    model: 'one',
    prompt: 'Hello',
    input: null,
    conversation: 'left',
    forkOf: null,
    status: 'running',
    output: null,
    error: null,
    usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
    actor: { kind: 'user', id: 'u', name: 'u' },
    startedAt: running.clock.now(),
    duration: 0,
  });

  it('is shown as interrupted once it gives no sign of life, with what it used, and its conversation is free', async () => {
    const { store, clock } = running;
    await store.agentRuns.begin(left('left-1'), clock.now() + 15_000);
    const key = { tenantId: 'acme', agentId, id: 'left' };
    await store.conversations.take(key, 'left-1', clock.now(), clock.now() + 600_000);
    await store.calls.append({
      id: 'left-call',
      tenantId: 'acme',
      kind: 'model',
      name: 'greeter',
      version: 1,
      model: 'mock/one',
      processInstanceKey: 'left-1',
      elementInstanceKey: 'left-1',
      elementId: '',
      jobKey: '',
      sequence: 1,
      requestHash: 'h',
      request: {},
      response: {},
      error: null,
      usage,
      startedAt: clock.now(),
      duration: 10,
    });
    const read = async () => (await admin(agentRuns.get, { params: { id: 'left-1' } })).body;
    expect((await read()).status).toBe('running');
    clock.advance(15_001);
    expect(await read()).toMatchObject({
      status: 'failed',
      error: { code: 'RUN_INTERRUPTED' },
      usage,
      steps: [{ sequence: 1 }],
    });
    expect(await store.conversations.take(key, 'next', clock.now(), clock.now() + 1)).toEqual([]);
  });

  it('is interrupted at once for the only process there is', async () => {
    const { store, clock } = running;
    await store.agentRuns.begin(left('left-2'), clock.now() + 15_000);
    const next = await startGateway({ store, alone: true });
    await next.stop();
    expect(await store.agentRuns.get('acme', 'left-2')).toMatchObject({ error: { code: 'RUN_INTERRUPTED' } });
  });
});

describe('quotas', () => {
  const set = (own: object) => admin(table.quotas.updateQuotas, { body: { own } });
  const quota = async (name: string) =>
    (await admin(table.quotas.listQuotas)).body.items.find((each) => each.name === name)!;

  it('of tokens, money and runs at once are reserved while a run goes on, and settled by what it used', async () => {
    act = endless;
    const before = { tokens: (await quota('tokensPerDay')).used, money: (await quota('moneyPerDay')).used };
    const going = run();
    const { id } = await until(runningNow);
    expect([
      (await quota('concurrentRuns')).reserved,
      (await quota('tokensPerDay')).reserved,
      (await quota('moneyPerDay')).reserved,
    ]).toEqual([1, 50_000, 2_000_000]);
    await admin(agentRuns.cancel, { params: { id } });
    await going;
    expect([
      (await quota('concurrentRuns')).reserved,
      await quota('tokensPerDay'),
      await quota('moneyPerDay'),
    ]).toMatchObject([
      0,
      { used: before.tokens + 8, reserved: 0 },
      { used: before.money + 250_000, reserved: 0 },
    ]);
  });

  it('of runs at once that are used up refuse a run before there is one', async () => {
    await set({ concurrentRuns: 0 });
    const ran = await run();
    const streamed = await stream({ prompt: 'x' });
    await set({});
    expect(failure(ran)).toEqual([429, 'QUOTA_EXCEEDED']);
    expect(ran.error.details).toMatchObject({ quota: 'concurrentRuns' });
    expect(streamed.status).toBe(429);
    expect(asked).toEqual([]);
  });

  it.each(['tokensPerDay', 'moneyPerDay'])(
    'of %s that are used up end a run before anything is asked; raised, it goes on',
    async (name) => {
      await set({ [name]: 0 });
      const ran = await run();
      await set({});
      expect(failure(ran)).toEqual([429, 'QUOTA_EXCEEDED']);
      expect(asked).toEqual([]);
      const { id, status, error } = (ran.error.details as { run: AgentRunView }).run;
      expect([status, error]).toMatchObject(['failed', { code: 'QUOTA_EXCEEDED' }]);

      const more = await admin(table.budgets.continueAgentRun, { params: { id }, body: {} });
      expect([more.status, more.body.id, more.body.status]).toEqual([200, id, 'completed']);
      expect(asked).toHaveLength(1);
    },
  );
});
