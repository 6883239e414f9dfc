import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnthropicProvider, createOpenAIProvider, type ModelRequest } from './index.ts';

const apiKey = 'sk-planted-secret';

const request: ModelRequest = {
  model: 'small',
  messages: [
    { role: 'system', text: 'Be short.' },
    { role: 'user', text: 'Where is HP-1?' },
    {
      role: 'assistant',
      text: '',
      toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
    },
    { role: 'tool', toolCallId: 't1', toolName: 'order-lookup', text: '{"status":"packed"}' },
  ],
  tools: [{ name: 'order-lookup', description: 'Finds an order', parameters: { type: 'object' } }],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 50,
};

let server: Server;
let root: string;
let seen: { url: string | undefined; headers: Record<string, unknown>; body: Record<string, unknown> }[];
let answer: unknown;

beforeEach(async () => {
  seen = [];
  server = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      seen.push({ url: incoming.url, headers: incoming.headers, body: JSON.parse(text) });
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const { signal } = new AbortController();

describe('Anthropic', () => {
  it('is asked with messages, tools and key in its own form, and its answer read', async () => {
    answer = {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'small',
      content: [
        { type: 'text', text: 'It is packed.' },
        { type: 'tool_use', id: 't2', name: 'order-lookup', input: { orderId: 'HP-2' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 5, cache_read_input_tokens: 4, output_tokens: 3 },
    };
    const provider = createAnthropicProvider({ name: 'claude', baseUrl: root, apiKey, fetch });
    expect(await provider.generate(request, signal)).toEqual({
      ok: true,
      value: {
        text: 'It is packed.',
        toolCalls: [{ id: 't2', name: 'order-lookup', arguments: { orderId: 'HP-2' } }],
        finish: 'toolCalls',
        inputTokens: 9,
        cachedInputTokens: 4,
        outputTokens: 3,
      },
    });
    expect([seen[0]?.url, seen[0]?.headers['x-api-key']]).toEqual(['/v1/messages', apiKey]);
    expect(seen[0]?.body).toMatchObject({
      model: 'small',
      max_tokens: 50,
      system: [{ type: 'text', text: 'Be short.' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Where is HP-1?' }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', input: { orderId: 'HP-1' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1' }] },
      ],
      tools: [{ name: 'order-lookup' }],
    });
  });
});

describe('OpenAI', () => {
  it('is asked with messages, tools and key, and takes schemas with optional properties', async () => {
    answer = {
      id: 'c',
      created: 1,
      model: 'small',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '{"mood":"calm"}' } },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } },
    };
    const provider = createOpenAIProvider({ name: 'openai', baseUrl: root, apiKey, fetch });
    const responseSchema = { type: 'object', properties: { mood: { type: 'string' } } };
    expect(await provider.generate({ ...request, responseSchema }, signal)).toEqual({
      ok: true,
      value: {
        text: '{"mood":"calm"}',
        toolCalls: [],
        finish: 'stop',
        inputTokens: 9,
        cachedInputTokens: 4,
        outputTokens: 2,
      },
    });
    expect([seen[0]?.url, seen[0]?.headers.authorization]).toEqual([
      '/v1/chat/completions',
      `Bearer ${apiKey}`,
    ]);
    expect(seen[0]?.body).toMatchObject({
      model: 'small',
      response_format: { type: 'json_schema', json_schema: { strict: false } },
    });
  });
});
