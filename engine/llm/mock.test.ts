import { describe, expect, it } from 'vitest';
import { createMockProvider, type ModelRequest } from './index.ts';

const provider = createMockProvider({ wait: async () => {}, latency: 0 });
const signal = new AbortController().signal;

const triage = {
  type: 'object',
  properties: {
    mood: {
      oneOf: [
        { const: 'calm', description: 'question, please, thanks' },
        { const: 'angry', description: 'unacceptable, terrible, furious' },
      ],
      default: 'calm',
    },
    orderId: { type: 'string', pattern: '^(?:HP-\\d{4,6})?$' },
    reply: { type: 'string', examples: ['Hello {{customer}}, we look into {{orderId}}.'] },
  },
};

function request(text: string, changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: 'mock-1',
    messages: [{ role: 'user', text }],
    tools: [],
    responseSchema: triage,
    temperature: 0,
    maxOutputTokens: 100,
    ...changes,
  };
}

async function ask(text: string, changes: Partial<ModelRequest> = {}) {
  const result = await provider.generate(request(text, changes), signal);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe('the mock model', () => {
  it('chooses the variant whose description the text speaks of', async () => {
    const { text } = await ask('This is unacceptable. My order HP-48213 is late again.');

    expect(JSON.parse(text)).toMatchObject({ mood: 'angry', orderId: 'HP-48213' });
  });

  it('falls back to the default when nothing is said', async () => {
    const { text } = await ask('Lorem ipsum');

    expect(JSON.parse(text)).toMatchObject({ mood: 'calm', orderId: '' });
  });

  it('fills an example from the JSON it reads', async () => {
    const { text } = await ask('{"customer":"Eva","orderId":"HP-1234"}');

    expect(JSON.parse(text).reply).toBe('Hello Eva, we look into HP-1234.');
  });

  it('calls a tool that the text speaks of, once', async () => {
    const tools = [
      {
        name: 'order-lookup',
        description: 'Finds an order',
        parameters: {
          type: 'object',
          properties: { orderId: { type: 'string', pattern: 'HP-\\d+' } },
          required: ['orderId'],
        },
      },
    ];

    const first = await ask('Where is order HP-77?', { tools });
    const second = await ask('', {
      tools,
      messages: [
        { role: 'user', text: 'Where is order HP-77?' },
        { role: 'assistant', text: '', toolCalls: first.toolCalls },
        { role: 'tool', toolCallId: 'call-1', toolName: 'order-lookup', text: '{}' },
      ],
    });

    expect(first.toolCalls).toEqual([
      { id: 'call-1', name: 'order-lookup', arguments: { orderId: 'HP-77' } },
    ]);
    expect(second.toolCalls).toEqual([]);
  });

  it('answers the same request with the same answer', async () => {
    const text = 'Terrible service, HP-48213, refund now.';

    expect(await ask(text)).toEqual(await ask(text));
  });
});
