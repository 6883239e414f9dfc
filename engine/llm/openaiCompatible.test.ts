import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAICompatibleProvider, type ModelRequest } from './index.ts';

const key = 'sk-planted-secret';

const request: ModelRequest = {
  model: 'small',
  messages: [
    { role: 'system', text: 'Be short.' },
    { role: 'user', text: 'Hello' },
  ],
  tools: [{ name: 'order-lookup', description: 'Finds an order', parameters: { type: 'object' } }],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 50,
};

describe('an OpenAI-compatible server', () => {
  let server: Server;
  let baseUrl: string;
  let seen: { headers: Record<string, unknown>; body: Record<string, unknown> }[];
  let answer: { status: number; body: unknown; headers?: Record<string, string>; delay?: number };

  beforeEach(async () => {
    seen = [];
    server = createServer((incoming, outgoing) => {
      let text = '';
      incoming.on('data', (chunk) => {
        text += chunk;
      });
      incoming.on('end', () => {
        seen.push({ headers: incoming.headers, body: JSON.parse(text) });
        if (answer.delay) return;
        outgoing
          .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
          .end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const generate = (signal = new AbortController().signal) =>
    createOpenAICompatibleProvider({ name: 'office', baseUrl, apiKey: key, fetch }).generate(request, signal);

  it('is asked with the messages, tools and key, and its answer read', async () => {
    answer = {
      status: 200,
      body: {
        id: 'x',
        model: 'small',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
        usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      },
    };

    const result = await generate();

    expect(result).toEqual({
      ok: true,
      value: { text: 'Hi', toolCalls: [], finish: 'stop', inputTokens: 9, outputTokens: 2 },
    });
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(seen[0]?.body).toMatchObject({
      model: 'small',
      max_tokens: 50,
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'Hello' },
      ],
      tools: [{ type: 'function', function: { name: 'order-lookup' } }],
    });
  });

  it('may ask for a tool', async () => {
    answer = {
      status: 200,
      body: {
        choices: [
          {
            index: 0,
            finish_reason: 'tool_calls',
            message: {
              role: 'assistant',
              content: null,
              tool_calls: [
                {
                  id: 't1',
                  type: 'function',
                  function: { name: 'order-lookup', arguments: '{"orderId":"HP-1"}' },
                },
              ],
            },
          },
        ],
        usage: { prompt_tokens: 1, completion_tokens: 1 },
      },
    };

    expect(await generate()).toMatchObject({
      ok: true,
      value: {
        finish: 'toolCalls',
        toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
      },
    });
  });

  it.each([
    [429, 'MODEL_UNAVAILABLE', true],
    [503, 'MODEL_UNAVAILABLE', true],
    [401, 'MODEL_REFUSED', false],
  ])('that says %i is a failure as data, without the key', async (status, code, retryable) => {
    answer = { status, body: { error: { message: 'not now' } } };

    const result = await generate();

    expect(result).toMatchObject({ ok: false, failure: { code, retryable } });
    expect(JSON.stringify(result)).not.toContain(key);
  });

  it.each([
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['milliseconds', { 'retry-after': '3', 'retry-after-ms': '1500' }, 1_500],
    [
      'a date',
      { date: 'Sat, 21 Nov 2026 10:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 10:00:07 GMT' },
      7_000,
    ],
    ['nothing', {}, undefined],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
  ])('that wants to be left alone says for how long in %s', async (_in, headers, retryAfter) => {
    answer = { status: 429, headers, body: { error: { message: 'not now' } } };

    const result = await generate();

    expect(result.ok ? undefined : result.failure.retryAfter).toBe(retryAfter);
  });

  it('that is too slow is given up when the signal aborts', async () => {
    answer = { status: 200, body: {}, delay: 1 };
    const controller = new AbortController();
    const asked = generate(controller.signal);
    while (seen.length === 0) await new Promise(setImmediate);
    controller.abort();

    expect(await asked).toMatchObject({ ok: false, failure: { code: 'MODEL_TIMEOUT', retryable: true } });
  });

  it('that is not there is a failure worth trying again', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));

    expect(await generate()).toMatchObject({
      ok: false,
      failure: { code: 'MODEL_UNAVAILABLE', retryable: true },
    });
  });
});
