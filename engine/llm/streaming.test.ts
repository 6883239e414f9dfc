import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  concealing,
  createAnthropicProvider,
  createMockProvider,
  createOpenAICompatibleProvider,
  createOpenAIProvider,
  type ModelRequest,
  retrying,
} from './index.ts';

const apiKey = 'sk-planted-secret';
const request: ModelRequest = {
  model: 'small',
  messages: [{ role: 'user', text: 'Where is HP-1?' }],
  tools: [{ name: 'order-lookup', description: 'Finds an order', parameters: { type: 'object' } }],
  responseSchema: undefined,
  temperature: 0,
  topP: 0.5,
  seed: 7,
  stop: ['END'],
  maxOutputTokens: 50,
};

let server: Server;
let root: string;
let answer: RequestListener;
let bodies: Record<string, unknown>[];

beforeEach(async () => {
  bodies = [];
  server = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      bodies.push(JSON.parse(text));
      answer(incoming, outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const { signal: never } = new AbortController();
const providers = {
  openai: () => createOpenAIProvider({ name: 'openai', baseUrl: root, apiKey, fetch }),
  compatible: () => createOpenAICompatibleProvider({ name: 'office', baseUrl: root, apiKey, fetch }),
  anthropic: () => createAnthropicProvider({ name: 'claude', baseUrl: root, apiKey, fetch }),
};

function events(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream' });
}
const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: object, finish_reason: string | null = null) =>
  data({ id: 'c', created: 1, model: 'small', choices: [{ index: 0, delta, finish_reason }] });
const usageChunk = data({
  id: 'c',
  created: 1,
  model: 'small',
  choices: [],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
});
const called = [
  {
    index: 0,
    id: 't1',
    type: 'function',
    function: { name: 'order-lookup', arguments: '{"orderId":"HP-1"}' },
  },
];

async function ask(provider: keyof typeof providers, signal = never) {
  const heard: string[] = [];
  const result = await providers[provider]().generate(request, signal, ({ text }) => heard.push(text));
  return { result, heard };
}

describe.each(['openai', 'compatible'] as const)('a stream of %s', (provider) => {
  it('is heard piece by piece, and is the same answer as one that came at once', async () => {
    answer = (_, response) =>
      events(response).end(
        [
          chunk({ role: 'assistant', content: 'It ' }),
          chunk({ content: 'is here.' }),
          chunk({ tool_calls: called }),
          chunk({}, 'tool_calls'),
          usageChunk,
          'data: [DONE]\n\n',
        ].join(''),
      );
    const streamed = await ask(provider);
    expect(streamed.heard).toEqual(['It ', 'is here.']);

    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          id: 'c',
          created: 1,
          model: 'small',
          choices: [
            {
              index: 0,
              finish_reason: 'tool_calls',
              message: { role: 'assistant', content: 'It is here.', tool_calls: called },
            },
          ],
          usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
        }),
      );
    expect(streamed.result).toEqual(await providers[provider]().generate(request, never));
    expect(streamed.result).toMatchObject({ ok: true, value: { inputTokens: 9, outputTokens: 2 } });
    expect(bodies[0]).toMatchObject({ stream: true, top_p: 0.5, seed: 7, stop: ['END'] });
    expect(bodies[1]).toMatchObject({ top_p: 0.5, seed: 7, stop: ['END'] });
  });
});

it('a stream of Anthropic is heard piece by piece', async () => {
  const event = (value: { type: string }) => `event: ${value.type}\n${data(value)}`;
  answer = (_, response) =>
    events(response).end(
      [
        {
          type: 'message_start',
          message: {
            id: 'm',
            type: 'message',
            role: 'assistant',
            model: 'small',
            content: [],
            usage: { input_tokens: 5, output_tokens: 1 },
          },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It is ' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'packed.' } },
        { type: 'content_block_stop', index: 0 },
        {
          type: 'message_delta',
          delta: { stop_reason: 'end_turn', stop_sequence: null },
          usage: { output_tokens: 3 },
        },
        { type: 'message_stop' },
      ]
        .map(event)
        .join(''),
    );
  expect(await ask('anthropic')).toEqual({
    heard: ['It is ', 'packed.'],
    result: {
      ok: true,
      value: { text: 'It is packed.', toolCalls: [], finish: 'stop', inputTokens: 5, outputTokens: 3 },
    },
  });
});

describe.each(['openai', 'compatible', 'anthropic'] as const)('%s', (provider) => {
  it.each<[string, RequestListener]>([
    [
      'streams garbage',
      (_, response) => events(response).end('data: {"choices":[{"del\n\ndata: \x00\x01\n\n'),
    ],
    [
      'answers HTML',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>'),
    ],
    ['says nothing', (_, response) => events(response).end()],
    ['closes half-way', (_, response) => events(response).end(chunk({ content: 'It is' }))],
    [
      'breaks off half-way',
      (_, response) => {
        events(response).write(chunk({ content: 'It is' }), () => response.destroy());
      },
    ],
    [
      'fails half-way',
      (_, response) =>
        events(response).end(
          chunk({ content: 'It' }) + data({ error: { message: 'overloaded', type: 'x' } }),
        ),
    ],
  ])('that %s is a failure, and never an answer', async (_, behaviour) => {
    answer = behaviour;
    const { result } = await ask(provider);
    const atOnce = await providers[provider]().generate(request, never);
    expect(atOnce).toMatchObject({ ok: false, failure: { message: expect.stringMatching(/^Expected /) } });
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: expect.stringMatching(/^MODEL_(UNAVAILABLE|ANSWER_INVALID)$/),
        message: expect.stringMatching(/^Expected /),
      },
    });
    expect(JSON.stringify(result)).not.toContain(apiKey);
  });

  it('that hangs is given up with its connection', async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    answer = (_, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      events(response).flushHeaders();
      controller.abort();
    };
    const { result } = await ask(provider, controller.signal);
    expect(result).toMatchObject({ ok: false, failure: { code: 'MODEL_TIMEOUT' } });
    await closed;
  });
});

it.each(['openai', 'compatible', 'anthropic'] as const)(
  'a piece of %s is heard before the server sends the next one, whatever stands between',
  async (kind) => {
    let first = () => {};
    const heardFirst = new Promise<void>((resolve) => {
      first = resolve;
    });
    const event = (value: { type: string }) => `event: ${value.type}\n${data(value)}`;
    const block = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It ' } };
    const usage = { input_tokens: 5, output_tokens: 3 };
    const message = { id: 'm', type: 'message', role: 'assistant', model: 'small', content: [], usage };
    const [opening, closing] =
      kind === 'anthropic'
        ? [
            [
              { type: 'message_start', message },
              { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
              block,
            ].map(event),
            [
              { type: 'content_block_stop', index: 0 },
              { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
              { type: 'message_stop' },
            ].map(event),
          ]
        : [[chunk({ content: 'It ' })], [chunk({}, 'stop'), usageChunk, 'data: [DONE]\n\n']];
    answer = (_, response) => {
      events(response).write(opening.join(''));
      void heardFirst.then(() => response.end(closing.join('')));
    };
    const once = { attempts: 1, first: 0, longest: 0, wait: async () => {}, chance: () => 0 };
    const provider = concealing(retrying(providers[kind](), once), apiKey);
    expect(await provider.generate(request, never, first)).toMatchObject({
      ok: true,
      value: { text: 'It ' },
    });
  },
);

it('a stream without an end is cut, and its connection with it', async () => {
  let sent = 0;
  let closed: Promise<unknown> = Promise.resolve();
  answer = (_, response) => {
    closed = new Promise((resolve) => response.once('close', resolve));
    events(response);
    const piece = chunk({ content: 'x'.repeat(50_000) });
    const more = () => {
      while (!response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
    };
    more();
  };
  const { result } = await ask('compatible');
  expect(result).toMatchObject({ ok: false, failure: { message: expect.stringContaining('longer than') } });
  await closed;
  expect(sent).toBeLessThan(100_000_000);
});

it('the mock speaks word by word, and not on when nobody waits', async () => {
  const mock = createMockProvider({ wait: async () => {}, latency: 10 });
  const heard: string[] = [];
  const plain = { ...request, tools: [] };
  const result = await mock.generate(plain, never, ({ text }) => heard.push(text));
  expect(result).toEqual(await mock.generate(plain, never));
  expect(heard).toEqual(['I ', 'read: ', 'Where ', 'is ', 'HP-1?']);

  const controller = new AbortController();
  const stopped = await mock.generate(plain, controller.signal, () => controller.abort());
  expect(stopped).toMatchObject({ ok: false, failure: { code: 'MODEL_TIMEOUT' } });
});
