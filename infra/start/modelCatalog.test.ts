import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAgentHandler } from '@baton/engine/agents';
import { createMockProvider } from '@baton/engine/llm';
import { type CallRecord, failed, ok } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import type { ProviderConnection } from '@baton/gateway';
import { afterEach, describe, expect, it } from 'vitest';
import { modelCatalog } from './modelCatalog.ts';

const planted = 'sk-planted-"4711"-abcdefgh';
const { signal } = new AbortController();

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const noModel = { code: 'MODEL_REFUSED', message: 'Expected a model, but …', retryable: false } as const;
const office: Omit<ProviderConnection, 'baseUrl'> = {
  id: 'p1',
  revision: '1',
  name: 'Office GPU',
  type: 'openai-compatible',
  key: planted,
  prices: [{ model: 'small', input: 2, cachedInput: 0.5, output: 10 }],
};

/** Runs an agent of acme once with what the provider of this connection says. */
async function run(connection: ProviderConnection, tenantId = 'acme') {
  const records: CallRecord[] = [];
  const handler = createAgentHandler({
    catalog: {
      agent: async () => ({
        id: 'a-1',
        version: 1,
        definition: {
          name: 'triage',
          description: '',
          provider: 'Office GPU',
          model: 'small',
          systemPrompt: 'Be short.',
          userPrompt: '',
          parameters: { temperature: 0, stop: [] },
          tools: [],
          memory: { kind: 'none', keep: 'P30D', messages: 20 },
          context: { overflow: 'trim' },
          fallbacks: [],
          limits: {
            maxModelCalls: 2,
            maxToolCalls: 100,
            maxRepeats: 5,
            maxIdleLoops: 3,
            maxTokens: 10_000,
            timeout: 10_000,
            maxDuration: 60_000,
          },
        },
      }),
      task: async () => undefined,
      prompt: async () => undefined,
      policy: async () => undefined,
    },
    tools: {
      catalog: { get: async () => undefined, list: async () => [] },
      invoker: { call: () => Promise.reject(new Error('no tool is called')) },
    },
    calls: {
      append: async (record) => void records.push(record),
      find: async () => undefined,
      list: async () => [],
      ofElement: async () => [],
    },
    models: modelCatalog({
      retries: { attempts: 1, first: 0, longest: 0, wait: async () => {}, chance: () => 0 },
      connection: async (tenant, name) =>
        tenant === 'acme' && name === connection.name ? connection : undefined,
      providers: async () => [{ id: connection.id, name: connection.name, revision: connection.revision }],
      fetch,
      mock: createMockProvider({ wait: async () => {}, latency: 0 }),
      local: { names: async () => ok([]), ask: async () => failed(noModel), close() {} },
      wait: async () => {},
    }),
    questions: {} as never,
    conversations: { take: async () => [], keep: async () => {}, release: async () => {} },
    world: { now: () => 0, newId: () => 'c1', schedule: () => () => {} },
  });
  const job = {
    key: '1',
    tenantId,
    headers: { agent: 'triage' },
    variables: { message: 'Hello' },
    processInstanceKey: '2',
    elementInstanceKey: '3',
    elementId: 'agent',
  } as unknown as Job;
  return { outcome: await handler(job, signal), records };
}

const answers =
  (of: (authorization: string) => { status: number; body: unknown }): RequestListener =>
  (request, response) => {
    const { status, body } = of(request.headers.authorization ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const chat = (content: string) => ({
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 1000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 400 } },
});

describe('an agent', () => {
  it('asks the provider its tenant calls so, and the record has what it cost', async () => {
    const baseUrl = await serve(
      answers((key) => ({ status: key === `Bearer ${planted}` ? 200 : 401, body: chat('Hi') })),
    );
    const { outcome, records } = await run({ ...office, baseUrl });
    expect(outcome).toEqual({ kind: 'complete', variables: { text: 'Hi' } });
    expect(records.map(({ model, usage }) => ({ model, ...usage }))).toEqual([
      {
        model: 'Office GPU/small',
        inputTokens: 1000,
        cachedInputTokens: 400,
        outputTokens: 100,
        // 600 fresh at $2, 400 kept at $0.50, 100 out at $10 for a million.
        cost: 0.0024,
      },
    ]);
  });

  it('of another tenant does not reach it', async () => {
    const { outcome, records } = await run({ ...office, baseUrl: 'http://127.0.0.1:9' }, 'globex');
    expect(outcome).toMatchObject({
      kind: 'fail',
      retries: 0,
      message: expect.stringContaining("'Office GPU'"),
    });
    expect(records).toEqual([]);
  });

  it.each([200, 401, 400])(
    'leaves no key in records when the server sends it back with %i',
    async (status) => {
      const baseUrl = await serve(
        answers((key) => ({
          status,
          body: status === 200 ? chat(`You sent ${key}`) : { error: { message: `wrong key ${key}` } },
        })),
      );
      const { outcome, records } = await run({ ...office, baseUrl });
      expect(records).toHaveLength(1);
      const told = JSON.stringify([outcome, records]);
      expect(told).toContain('•••');
      expect(told).not.toContain(JSON.stringify(planted).slice(1, -1));
      expect(told).not.toContain('4711');
    },
  );

  it('asks Ollama in OpenAI’s words, and the mock answers without a server', async () => {
    let path: string | undefined;
    const baseUrl = await serve((request, response) => {
      path = request.url;
      answers(() => ({ status: 200, body: chat('Hi') }))(request, response);
    });
    const { outcome } = await run({ ...office, type: 'ollama', key: undefined, baseUrl });
    expect([outcome.kind, path]).toEqual(['complete', '/v1/chat/completions']);
    const mocked = await run({ ...office, type: 'mock', key: undefined, baseUrl: undefined });
    expect([mocked.outcome.kind, mocked.records[0]?.model]).toEqual(['complete', 'Office GPU/small']);
  });

  it('is answered by a scenario, after as many faults as it tells', async () => {
    const scripted = { ...office, type: 'scripted', key: undefined, baseUrl: undefined } as const;
    const { outcome, records } = await run({
      ...scripted,
      scenario: 'scripts: [{ steps: [{ text: Told., usage: { input: 1000, output: 0 } }] }]',
    });
    expect(outcome).toEqual({ kind: 'complete', variables: { text: 'Told.' } });
    expect(records[0]?.usage).toMatchObject({ inputTokens: 1000, cost: 0.002 });
    const broken = await run({ ...scripted, scenario: 'scripts: []' });
    expect(broken.outcome).toMatchObject({ kind: 'fail', message: expect.stringContaining('scripts') });
  });
});
