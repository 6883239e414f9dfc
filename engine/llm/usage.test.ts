import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createAnthropicProvider,
  createOpenAICompatibleProvider,
  createOpenAIProvider,
  type ModelRequest,
} from './index.ts';

const request: ModelRequest = {
  model: 'thinker',
  messages: [{ role: 'user', text: 'Think.' }],
  tools: [],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 500,
};
const { signal } = new AbortController();

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A server that answers at once with the one and as a stream with the other. */
async function serve(whole: object, events: readonly object[]): Promise<string> {
  server = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      if (!JSON.parse(text).stream) {
        outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
        return;
      }
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events) {
        const { type } = event as { type?: string };
        outgoing.write(`${type ? `event: ${type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
      }
      outgoing.end();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const chat = (usage: object) => {
  const head = { id: 'c', created: 1, model: 'thinker' };
  return {
    whole: {
      ...head,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'So.' } }],
      usage,
    },
    events: [
      { ...head, choices: [{ index: 0, delta: { role: 'assistant', content: 'So.' }, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { ...head, choices: [], usage },
    ],
  };
};
const message = (usage: { input_tokens: number; output_tokens: number }) => {
  const head = { id: 'm', type: 'message', role: 'assistant', model: 'thinker' };
  return {
    whole: { ...head, content: [{ type: 'text', text: 'So.' }], stop_reason: 'end_turn', usage },
    events: [
      { type: 'message_start', message: { ...head, content: [], usage: { ...usage, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'So.' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
      { type: 'message_stop' },
    ],
  };
};
const thought = {
  prompt_tokens: 100,
  completion_tokens: 50,
  total_tokens: 150,
  prompt_tokens_details: { cached_tokens: 60 },
  completion_tokens_details: { reasoning_tokens: 40 },
};
const told = { inputTokens: 100, cachedInputTokens: 60, outputTokens: 50, reasoningTokens: 40 };
const place = (baseUrl: string) => ({ name: 'any', baseUrl, apiKey: 'sk-12345678', fetch });

describe('what an answer used', () => {
  it.each([
    ['OpenAI', createOpenAIProvider, chat(thought), told],
    ['a server like it', createOpenAICompatibleProvider, chat(thought), told],
    [
      'a server that counts thinking apart from the answer',
      createOpenAICompatibleProvider,
      chat({ ...thought, completion_tokens: 10 }),
      told,
    ],
    [
      'a server that counts nothing',
      createOpenAICompatibleProvider,
      chat({}),
      { inputTokens: 2, outputTokens: 1 },
    ],
    [
      'Anthropic',
      createAnthropicProvider,
      message(
        Object.assign(
          { input_tokens: 30, output_tokens: 50 },
          {
            cache_read_input_tokens: 60,
            cache_creation_input_tokens: 10,
            output_tokens_details: { thinking_tokens: 40 },
          },
        ),
      ),
      told,
    ],
  ] as const)(
    'is told by %s with what was kept and what was thought, at once and as a stream',
    async (_, create, answer, used) => {
      const provider = create(place(await serve(answer.whole, answer.events)));
      const counted = { ok: true, value: { text: 'So.', toolCalls: [], finish: 'stop', ...used } };
      expect(await provider.generate(request, signal)).toEqual(counted);
      expect(await provider.generate(request, signal, () => {})).toEqual(counted);
    },
  );
});
