import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOpenAICompatibleProvider, retrying } from '@baton/engine/llm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AgentDefinition, AgentRun } from './index.ts';
import { blankAgent, scripted } from './runTest.ts';

// What a whole run makes of a server that misbehaves: each test is named for what the server does.

const apiKey = 'sk-planted-secret';
const { limits } = blankAgent;

let server: Server;
let root: string;
/** What the server does with its first request, its second one, and so on; the last one for all after it. */
let behaviours: RequestListener[];
let requests: {
  authorization: string | undefined;
  body: { messages: { role: string; content: string }[] };
}[];

beforeEach(async () => {
  requests = [];
  server = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      requests.push({ authorization: incoming.headers.authorization, body: JSON.parse(text || '{}') });
      (behaviours.length > 1 ? behaviours.shift() : behaviours[0])?.(incoming, outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** An agent whose model is behind that server, as the product reaches it: asked again at most three times, redirects not followed. */
function agent(changes: Partial<AgentDefinition> = {}) {
  const made = scripted({ tools: ['order-lookup'], ...changes });
  const waits: number[] = [];
  made.dependencies.provider = retrying(
    createOpenAICompatibleProvider({
      name: 'office',
      baseUrl: root,
      apiKey,
      fetch: (url, init) => fetch(url, { ...init, redirect: 'manual' }),
    }),
    { attempts: 3, first: 100, longest: 60_000, wait: async (ms) => void waits.push(ms), chance: () => 1 },
  );
  return { ...made, waits };
}

const events = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: object, finish_reason: string | null = null) =>
  data({ id: 'c', created: 1, model: 'small', choices: [{ index: 0, delta, finish_reason }] });
const said = (text: string): RequestListener =>
  streams(chunk({ role: 'assistant', content: text }), chunk({}, 'stop'));
const streams =
  (...pieces: string[]): RequestListener =>
  (_, response) =>
    events(response).end([...pieces, 'data: [DONE]\n\n'].join(''));
const calls = (...made: [name: string, input: string][]): RequestListener =>
  streams(
    chunk({
      role: 'assistant',
      tool_calls: made.map(([name, input], index) => ({
        index,
        id: `t${index}`,
        type: 'function',
        function: { name, arguments: input },
      })),
    }),
    chunk({}, 'tool_calls'),
  );

const failedWith = (code: string, message: RegExp) => ({
  result: {
    ok: false,
    failure: { code: expect.stringMatching(code), message: expect.stringMatching(message) },
  },
});
/** What tools told the model in its latest request. */
const toldByTools = () =>
  requests.at(-1)?.body.messages.flatMap(({ role, content }) => (role === 'tool' ? [content] : []));

it('hangs: the run ends at the limit of a call, and its connection with it', async () => {
  const { run, pass } = agent();
  let closed: Promise<unknown> = Promise.resolve();
  behaviours = [
    (_, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      events(response).flushHeaders();
      pass(limits.timeout);
    },
  ];
  expect(await run()).toMatchObject(failedWith('MODEL_TIMEOUT', /^Expected /));
  await closed;
});

it.each<[string, RequestListener]>([
  ['streams garbage', (_, response) => events(response).end('data: {"choices":[{"del\n\ndata: \u0000\n\n')],
  ['closes half-way', (_, response) => events(response).end(chunk({ content: 'It is' }))],
  [
    'breaks off half-way',
    (_, response) => void events(response).write(chunk({ content: 'It is' }), () => response.destroy()),
  ],
  ['sends a line of 10 MB', (_, response) => events(response).end(`data: ${'x'.repeat(10_000_000)}\n\n`)],
])(
  '%s: the run fails, the call is recorded as failed, and nothing of it is an answer',
  async (_, behaviour) => {
    const { run, calls: log } = agent();
    behaviours = [behaviour];
    expect(await run()).toMatchObject(failedWith('MODEL_(UNAVAILABLE|ANSWER_INVALID)', /^Expected /));
    expect(log.records.map(({ error }) => error?.code)).toEqual([expect.stringMatching(/^MODEL_/)]);
    expect(JSON.stringify(log.records)).not.toContain(apiKey);
  },
);

it('calls a tool with wrong arguments: the model is told what was expected, and goes on', async () => {
  const { run, dependencies } = agent();
  const refusal = "Expected a text in 'orderId', but it is 7";
  dependencies.tools.invoker.call = async ({ arguments: given }) =>
    typeof (given as { orderId: unknown }).orderId === 'string'
      ? { ok: true, value: {}, version: 2, logs: [] }
      : { ok: false, version: 2, failure: { code: 'TOOL_INPUT_INVALID', message: refusal } };
  behaviours = [calls(['order-lookup', '{"orderId": 7}']), said('Sorry.')];
  expect(await run()).toMatchObject({ result: { ok: true, value: { text: 'Sorry.' } } });
  expect(toldByTools()).toEqual([expect.stringContaining(refusal)]);
});

it('calls a tool with what is no JSON: the run fails, for what it meant nobody knows', async () => {
  const { run } = agent();
  behaviours = [calls(['order-lookup', '{"orderId": '])];
  expect(await run()).toMatchObject(failedWith('MODEL_ANSWER_INVALID', /order-lookup.*JSON object/));
});

it('calls an unknown tool: the model is told which there are, and goes on', async () => {
  const { run } = agent();
  behaviours = [calls(['rm-rf', '{}']), said('Sorry.')];
  expect(await run()).toMatchObject({ result: { ok: true, value: { text: 'Sorry.' } } });
  expect(toldByTools()).toEqual([expect.stringContaining('rm-rf')]);
});

it('calls tools 500 times in one answer, again and again: few are called, and then the budget ends the run', async () => {
  const { run, calls: log } = agent();
  behaviours = [
    calls(
      ...Array.from({ length: 500 }, (_, index): [string, string] => [
        'order-lookup',
        `{"orderId":"HP-${index}"}`,
      ]),
    ),
  ];
  expect(await run()).toMatchObject(failedWith('BUDGET_EXCEEDED', /100/));
  expect(log.records.filter(({ kind }) => kind === 'tool').length).toBeLessThanOrEqual(limits.maxToolCalls);
});

it('breaks the schema twice: it is asked once more with what is wrong, and then the run fails with the difference', async () => {
  const { run } = agent({ tools: [] });
  behaviours = [said('{"mood": 1}'), said('{"mood": 2}'), said('{"mood": "calm"}')];
  const task: AgentRun['task'] = {
    version: 1,
    definition: {
      name: 'mood',
      requestSchema: {},
      responseSchema: { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] },
    },
  } as never;
  const { result } = await run({ task });
  expect(result).toMatchObject({ ok: false });
  expect(JSON.stringify(result)).toMatch(/mood/);
  expect(requests).toHaveLength(2);
  expect(requests[1]?.body.messages.at(-1)?.content).toMatch(/mood/);
});

it('says 429 with a date: it is left alone until then, and asked again', async () => {
  const { run, waits } = agent();
  const date = 'Sat, 21 Nov 2026 10:00:00 GMT';
  const later = 'Sat, 21 Nov 2026 10:00:30 GMT';
  behaviours = [
    (_, response) => response.writeHead(429, { date, 'retry-after': later }).end('{}'),
    said('It is packed.'),
  ];
  expect(await run()).toMatchObject({ result: { ok: true, value: { text: 'It is packed.' } } });
  expect(waits).toEqual([30_000]);
});

it.each([301, 307])('redirects with %i: nobody follows, and no other server sees the key', async (status) => {
  let elsewhere = 0;
  const other = createServer((_, response) => {
    elsewhere += 1;
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/chat/completions`;
  const { run } = agent();
  behaviours = [(_, response) => response.writeHead(status, { location }).end()];
  expect(await run()).toMatchObject(failedWith('MODEL_REFUSED', new RegExp(`${status}`)));
  expect(elsewhere).toBe(0);
  await new Promise((resolve) => other.close(resolve));
});
