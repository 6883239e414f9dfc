import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { concealing, type ModelProvider, type ModelRequest } from './index.ts';

const secret = 'sk-sk-planted';
const request = { model: 'm', messages: [], tools: [] } as unknown as ModelRequest;

it.each([
  ['whole', ['The key is sk-sk-planted.', ' Keep it.']],
  ['letter by letter', [...'The key is sk-sk-planted. Keep it.']],
  ['after a false start', ['The key is ', 'sk-', 'sk-plan', 'ted', '. Keep it.']],
])('a provider that says its own key %s is heard without it', async (_, pieces) => {
  const echo: ModelProvider = {
    name: 'echo',
    async generate(_request, _signal, heard) {
      for (const text of pieces) heard?.({ text });
      const text = pieces.join('');
      return ok({ text, toolCalls: [], finish: 'stop', inputTokens: 1, outputTokens: 1 });
    },
  };
  const heard: string[] = [];
  const result = await concealing(echo, secret).generate(request, new AbortController().signal, ({ text }) =>
    heard.push(text),
  );
  expect(result).toMatchObject({ ok: true, value: { text: 'The key is •••. Keep it.' } });
  expect(heard.join('')).toBe('The key is •••. Keep it.');
});

it('what only looks like the key is told, at the latest at the end', async () => {
  const provider: ModelProvider = {
    name: 'p',
    async generate(_request, _signal, heard) {
      heard?.({ text: 'It begins with sk-sk-pl' });
      return ok({ text: '', toolCalls: [], finish: 'stop', inputTokens: 1, outputTokens: 1 });
    },
  };
  const heard: string[] = [];
  await concealing(provider, secret).generate(request, new AbortController().signal, ({ text }) =>
    heard.push(text),
  );
  expect(heard).toEqual(['It begins with ', 'sk-sk-pl']);
});
