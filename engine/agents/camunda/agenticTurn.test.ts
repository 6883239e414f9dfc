import type { ModelMessage } from '@baton/engine/llm';
import { describe, expect, it } from 'vitest';
import { readAgentContext, windowOf, writeAgentContext } from './agentContext.ts';
import { turnOf, withOwnIds } from './agenticTurn.ts';
import { toolsOf } from './elementTools.ts';

const tools = toolsOf([
  { elementId: 'Price', parameters: [{ name: 'toolCall.nights', type: 'number' }] },
  { elementId: 'Ask.them', elementName: 'Ask them' },
]);
const offered = tools.ok ? tools.value : new Map();
const call = (id: string, given: object = { nights: 1 }, name = 'Price') => ({
  id,
  name,
  arguments: given as never,
});
const result = (id: string | undefined, content: unknown) => ({
  id,
  name: 'Price',
  content: content as never,
});

describe('the tools of an ad-hoc sub-process', () => {
  it('have names that providers take, and schemas of what fromAi asks for', () => {
    const schemas = toolsOf([
      {
        elementId: 'Find',
        documentation: 'Finds it',
        parameters: [
          { name: 'toolCall.a', description: 'A', type: 'string', options: { required: false } },
          { name: 'toolCall.b', schema: { enum: [1, 2] } },
          { name: 'toolCall.c', schema: { type: 'array', items: { type: 'string' } }, type: 'array' },
        ],
      },
    ]);

    expect([...offered.keys()]).toEqual(['Price', 'Ask__them']);
    expect(schemas.ok && schemas.value.get('Find')?.tool).toEqual({
      name: 'Find',
      description: 'Finds it',
      parameters: {
        type: 'object',
        properties: {
          a: { type: 'string', description: 'A' },
          b: { enum: [1, 2] },
          c: { type: 'array', items: { type: 'string' } },
        },
        required: ['b', 'c'],
      },
    });
  });

  it.each([
    ['other.a', "but one takes 'other.a'"],
    ['toolCall.a.b', "but one takes 'toolCall.a.b'"],
    ['toolCall._meta', "but one is '_meta'"],
  ])('take nothing else: %s', (name, message) => {
    const found = toolsOf([{ elementId: 'Find', parameters: [{ name }] }]);

    expect(!found.ok && found.failure).toContain(message);
  });
});

describe('a turn', () => {
  it('begins when every result is there, in the order of the calls', () => {
    const open = [call('1'), call('2')];

    expect(turnOf(open, [result('2', 'b')], offered, false)).toEqual({ kind: 'wait' });
    const turn = turnOf(open, [result('2', 'b'), result('1', { a: 1 })], offered, false);
    expect(turn.kind === 'ask' && turn.ended.map(({ call: { id }, end }) => [id, end])).toEqual([
      ['1', { kind: 'result', content: { a: 1 } }],
      ['2', { kind: 'result', content: 'b' }],
    ]);
  });

  it.each([[''], [null], ['  ']])('says of a tool without a result that it was done: %j', (content) => {
    const turn = turnOf([call('1')], [result('1', content)], offered, false);

    expect(turn.kind === 'ask' && turn.ended[0]?.end).toEqual({
      kind: 'result',
      content: 'Tool execution succeeded, but returned no result.',
    });
  });

  it('makes the first 64 of 500 calls, and waits for no other', () => {
    const open = Array.from({ length: 500 }, (_, index) => call(`${index}`));
    const results = open.slice(0, 64).map(({ id }) => result(id, id));

    expect(turnOf(open, results.slice(1), offered, false)).toEqual({ kind: 'wait' });
    const turn = turnOf(open, results, offered, false);
    expect(turn.kind === 'ask' && turn.ended.filter(({ end }) => end.kind === 'refused')).toHaveLength(436);
  });

  it('ends with an event only where that is asked for', () => {
    const event = result(undefined, { news: 'closed' });

    expect(turnOf([call('1')], [event], offered, false)).toEqual({ kind: 'wait' });
    expect(turnOf([call('1')], [event], offered, true)).toMatchObject({
      kind: 'ask',
      events: ['{"news":"closed"}'],
      cancels: true,
    });
  });
});

it('calls have ids of their own, whatever the model gives them', () => {
  const before: ModelMessage[] = [{ role: 'assistant', text: '', toolCalls: [call('c')] }];

  expect(withOwnIds([call('c'), call('c'), call('')], before).map(({ id }) => id)).toEqual([
    'c-2',
    'c-3',
    'call-3',
  ]);
});

describe('what an agent knows', () => {
  const messages: ModelMessage[] = [
    { role: 'user', text: 'How much?' },
    { role: 'assistant', text: 'I look', toolCalls: [call('1'), call('2')] },
    { role: 'tool', toolCallId: '1', toolName: 'Price', text: '90' },
    { role: 'tool', toolCallId: '2', toolName: 'Price', text: '{"a":1}' },
    { role: 'assistant', text: '90', toolCalls: [] },
    { role: 'user', text: 'Thanks' },
  ];
  const context = {
    metrics: { modelCalls: 2, toolCalls: 2, inputTokens: 5, outputTokens: 3 },
    conversationId: 'conversation-1',
    messages,
    cost: 0.25,
    place: { elementInstanceKey: '7', sequence: 4 },
  };

  it('is the same after the process has carried it', () => {
    const written = writeAgentContext(context, 'You help', []);

    expect(readAgentContext(JSON.parse(JSON.stringify(written)))).toEqual({ ok: true, value: context });
    expect(written.conversation.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool_call_result',
      'assistant',
      'user',
    ]);
  });

  it('is read as earlier versions wrote it', () => {
    const read = readAgentContext({
      state: 'READY',
      conversation: {
        type: 'in-process',
        conversationId: 'c',
        messages: [
          { role: 'assistant', toolCalls: [{ id: '1', name: 'Price', arguments: {} }] },
          { role: 'tool_call_result', results: [{ id: '1', name: 'Price', content: { price: 90 } }] },
        ],
      },
    });

    expect(read.ok && read.value?.messages.at(-1)).toEqual({
      role: 'tool',
      toolCallId: '1',
      toolName: 'Price',
      text: '{"price":90}',
    });
  });

  it.each([['nonsense'], [{ conversation: { type: 'aws-agentcore' } }]])('is nothing else: %j', (value) => {
    expect(readAgentContext(value as never).ok).toBe(false);
  });

  it('is shown as far as the window goes: no result without its call, never without the question', () => {
    expect(windowOf(messages, 20)).toEqual(messages);
    expect(windowOf(messages, 3).map(({ text }) => text)).toEqual(['90', 'Thanks']);
    const asking = messages.slice(0, 4);
    expect(windowOf(asking, 1)).toEqual(asking);
  });
});
