import type { ModelRequest } from '@baton/engine/llm';
import { expect, it } from 'vitest';
import { type ChatItem, chatHistory, type LlamaLibrary, llamaAnswers } from './llama.ts';

const { signal: never } = new AbortController();
const settings = { threads: 1, memory: 100 };
const small = { name: 'small', path: '/small.gguf', size: 1_000_000 };
const request: ModelRequest = {
  model: 'small',
  messages: [{ role: 'user', text: 'Hi' }],
  tools: [],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 10,
};
const ask = (over: Partial<ModelRequest> = {}, owner = 'acme', file = small) =>
  ({ kind: 'ask', id: 1, owner, file, request: { ...request, ...over }, heard: false }) as const;

/** The library, with a model that says what it is told to. */
function library(said: (options: { [name: string]: unknown }) => object = () => ({ response: 'Hello' })) {
  const done: string[] = [];
  const sequence = {
    clearHistory: async () => void done.push('clear'),
    contextTokens: new Array(14).fill(0),
    tokenMeter: { getState: () => ({}), diff: () => ({ usedInputTokens: 4, usedOutputTokens: 2 }) },
  };
  const fake: LlamaLibrary = {
    getLlama: async () => ({
      async loadModel({ modelPath }) {
        done.push(`load ${modelPath}`);
        if (modelPath.includes('broken')) throw new Error('unknown architecture');
        return {
          trainContextSize: 2_048,
          createContext: async () => ({ contextSize: 2_048, getSequence: () => sequence }),
          dispose: async () => void done.push(`unload ${modelPath}`),
        };
      },
      createGrammarForJsonSchema: async (schema) => {
        if ('$ref' in schema) throw new Error('no grammar');
        return { schema };
      },
      getGrammarFor: async () => ({ json: true }),
    }),
    LlamaChat: class {
      async generateResponse(_: ChatItem[], options: object) {
        return { response: '', metadata: { stopReason: 'eogToken' }, ...said({ ...options }) };
      }
    },
  };
  return { answers: llamaAnswers(fake, settings), done };
}

it('answers with what was used: input that was kept from the question before counts as cached', async () => {
  const { answers } = library();
  expect(await answers(ask(), never, () => {})).toEqual({
    ok: true,
    value: {
      text: 'Hello',
      toolCalls: [],
      finish: 'stop',
      inputTokens: 12,
      cachedInputTokens: 8,
      outputTokens: 2,
    },
  });
});

it('keeps one model in memory, and nothing of one tenant for another', async () => {
  const { answers, done } = library();
  const large = { ...small, name: 'large', path: '/large.gguf' };
  for (const asked of [ask(), ask(), ask({}, 'globex'), ask({}, 'globex', large)])
    await answers(asked, never, () => {});
  expect(done).toEqual(['load /small.gguf', 'clear', 'unload /small.gguf', 'load /large.gguf']);
});

it('holds the answer to its schema, or to JSON where a schema has no grammar', async () => {
  const grammars: unknown[] = [];
  const { answers } = library(({ grammar }) => {
    grammars.push(grammar);
    return { response: '{}' };
  });
  await answers(ask({ responseSchema: { type: 'object' } }), never, () => {});
  await answers(ask({ responseSchema: { $ref: '#/x' } }), never, () => {});
  expect(grammars).toEqual([{ schema: { type: 'object' } }, { json: true }]);
});

it('calls tools', async () => {
  const { answers } = library(({ functions }) => ({
    functionCalls: Object.keys(functions as object).map((functionName) => ({
      functionName,
      params: { id: 1 },
    })),
  }));
  const tools = [{ name: 'look', description: 'Looks', parameters: { type: 'object' } }];
  expect(await answers(ask({ tools }), never, () => {})).toMatchObject({
    ok: true,
    value: { finish: 'toolCalls', toolCalls: [{ id: 'call-1-1', name: 'look', arguments: { id: 1 } }] },
  });
});

it.each([
  ['is too large', { ...small, size: 101_000_000 }, /up to 100 MB \(LOCAL_MEMORY\).*101 MB/],
  ['is not one', { ...small, path: '/broken.gguf' }, /but: unknown architecture/],
])('says so when a file %s, and answers the next question', async (_, file, message) => {
  const { answers } = library();
  expect(await answers(ask({}, 'acme', file), never, () => {})).toMatchObject({
    ok: false,
    failure: { code: 'MODEL_REFUSED', retryable: false, message: expect.stringMatching(message) },
  });
  expect((await answers(ask(), never, () => {})).ok).toBe(true);
});

it('refuses a conversation that does not fit, and never cuts it', async () => {
  const { answers } = library(({ contextShift }) => (contextShift as { strategy(): object }).strategy());
  expect(await answers(ask(), never, () => {})).toMatchObject({
    ok: false,
    failure: { message: "Expected a conversation of up to 2048 tokens for 'small', but it is longer" },
  });
});

it('tells results of tools with their calls', () => {
  const call = (id: string) => ({ id, name: 'look', arguments: { id } });
  expect(
    chatHistory([
      { role: 'system', text: 'Be short.' },
      { role: 'user', text: 'Where?' },
      { role: 'assistant', text: 'Wait.', toolCalls: [call('a'), call('b')] },
      { role: 'tool', toolCallId: 'b', toolName: 'look', text: 'B' },
      { role: 'tool', toolCallId: 'a', toolName: 'look', text: 'A' },
    ]),
  ).toEqual([
    { type: 'system', text: 'Be short.' },
    { type: 'user', text: 'Where?' },
    {
      type: 'model',
      response: [
        'Wait.',
        { type: 'functionCall', name: 'look', params: { id: 'a' }, result: 'A' },
        { type: 'functionCall', name: 'look', params: { id: 'b' }, result: 'B' },
      ],
    },
  ]);
});
