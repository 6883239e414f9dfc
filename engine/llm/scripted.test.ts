import type { Scenario } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { createScriptedProvider, type ModelMessage, type ModelRequest } from './index.ts';

const { signal: never } = new AbortController();
const wait = async () => {};

const order = { name: 'order-lookup', description: 'Finds an order', parameters: { type: 'object' } };
const user = (text: string): ModelMessage => ({ role: 'user', text });
const asked = (messages: ModelMessage[], over: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'any',
  messages,
  tools: [order],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 100,
  ...over,
});
const provider = (scenario: Scenario) => createScriptedProvider({ name: 'script', scenario, wait });

/** Asks as an agent does: each answer and the results of its tools go into the next request. */
async function converse(of: ReturnType<typeof provider>, first: string, results: string[], turns: number) {
  const messages = [user(first)];
  const told: unknown[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const answer = await of.generate(asked(messages), never);
    if (!answer.ok) {
      told.push(answer.failure.code);
      continue;
    }
    const { text, toolCalls } = answer.value;
    told.push(toolCalls.length > 0 ? toolCalls.map((call) => [call.name, call.arguments]) : text);
    messages.push({ role: 'assistant', text, toolCalls });
    for (const { id, name } of toolCalls)
      messages.push({ role: 'tool', toolCallId: id, toolName: name, text: results.shift() ?? '{}' });
  }
  return told;
}

describe('a scenario', () => {
  const triage: Scenario = {
    scripts: [
      {
        name: 'orders',
        when: { contains: 'where is' },
        steps: [
          { toolCalls: [{ name: 'order-lookup', arguments: { orderId: '{{id}}', note: 'of {{id}}' } }] },
          { text: 'Order {{id}} is {{state}}.', usage: { input: 90, cached: 60, output: 9, reasoning: 3 } },
        ],
      },
      { name: 'rest', steps: [{ json: { category: 'other', text: '{{id}}' } }] },
    ],
  };

  it('tells its steps in order, each with values of what was said before', async () => {
    const told = await converse(provider(triage), 'Where is {"id": 17}', ['{"state":"packed"}'], 2);
    expect(told).toEqual([[['order-lookup', { orderId: 17, note: 'of 17' }]], 'Order 17 is packed.']);
  });

  it('tells every request the script it fits, runs at once and after a restart', async () => {
    const first = provider(triage);
    const both = await Promise.all([
      converse(first, 'Where is {"id": "a"}', ['{"state":"sent"}'], 2),
      converse(first, 'Something {"id": "b"}', [], 1),
    ]);
    expect(both).toEqual([
      [[['order-lookup', { orderId: 'a', note: 'of a' }]], 'Order a is sent.'],
      ['{"category":"other","text":"b"}'],
    ]);
    const afterACrash = await provider(triage).generate(
      asked([
        user('Where is {"id": "a"}'),
        { role: 'assistant', text: '', toolCalls: [{ id: 'x', name: 'order-lookup', arguments: {} }] },
        { role: 'tool', toolCallId: 'x', toolName: 'order-lookup', text: '{"state":"lost"}' },
      ]),
      never,
    );
    expect(afterACrash).toEqual({
      ok: true,
      value: {
        text: 'Order a is lost.',
        toolCalls: [],
        finish: 'stop',
        inputTokens: 90,
        cachedInputTokens: 60,
        outputTokens: 9,
        reasoningTokens: 3,
      },
    });
  });

  it('says what it was asked when none of its steps fits, and answers nothing', async () => {
    const told = await provider({
      scripts: [{ when: { contains: 'tea' }, steps: [{ text: 'Tea.' }] }],
    }).generate(asked([user('Coffee?')]), never);
    expect(told).toEqual({
      ok: false,
      failure: {
        code: 'MODEL_REFUSED',
        message: "Expected a script in the scenario for turn 1 ('Coffee?'), but none fits",
        retryable: false,
      },
    });
    const unfilled = await provider({ scripts: [{ steps: [{ text: '{{id}}' }] }] }).generate(
      asked([user('No JSON')]),
      never,
    );
    expect(unfilled).toMatchObject({ ok: false, failure: { message: expect.stringContaining("'id'") } });
  });

  it('is matched by everything a request has', async () => {
    const of = provider({
      scripts: [
        {
          steps: [
            { when: { model: 'big' }, text: 'model' },
            { when: { schema: true }, text: 'schema' },
            { when: { offers: 'refund' }, text: 'offers' },
            { when: { system: ['be', 'brief'] }, text: 'system' },
            { when: { resultOf: 'order-lookup' }, text: 'result' },
            { when: { last: 'again' }, text: 'last' },
            { when: { turn: 2 }, text: 'turn' },
            { text: 'in order' },
          ],
        },
      ],
    });
    const said: ModelMessage = { role: 'assistant', text: 'Yes?', toolCalls: [] };
    const result: ModelMessage = { role: 'tool', toolCallId: 'x', toolName: 'order-lookup', text: '{}' };
    const requests = [
      asked([user('Hi')], { model: 'big' }),
      asked([user('Hi')], { responseSchema: { type: 'object' } }),
      asked([user('Hi')], { tools: [{ ...order, name: 'refund' }] }),
      asked([{ role: 'system', text: 'Be BRIEF.' }, user('Hi')]),
      asked([user('Hi'), said, result]),
      asked([user('Hi'), said, user('Again')]),
      asked([user('Hi'), said, user('So')]),
      asked([user('Hi')]),
    ];
    const told = await Promise.all(requests.map((request) => of.generate(request, never)));
    expect(told.map((each) => each.ok && each.value.text)).toEqual([
      'model',
      'schema',
      'offers',
      'system',
      'result',
      'last',
      'turn',
      'in order',
    ]);
  });
});

describe('what goes wrong in a scenario', () => {
  it('is met by the same request as often as it says, and by the next one that asks the same', async () => {
    const of = provider({
      scripts: [{ steps: [{ failure: { message: 'Busy', retryAfter: 5 }, times: 2 }, { text: 'Here.' }] }],
    });
    const twice = ['MODEL_UNAVAILABLE', 'MODEL_UNAVAILABLE', 'Here.'];
    expect(await converse(of, 'Hi', [], 3)).toEqual(twice);
    expect(await converse(of, 'Hi', [], 3)).toEqual(twice);
    expect(await of.generate(asked([user('Other')]), never)).toEqual({
      ok: false,
      failure: { code: 'MODEL_UNAVAILABLE', message: 'Busy', retryable: true, retryAfter: 5 },
    });
  });

  it('may be an answer that breaks off, or none until nobody waits', async () => {
    const of = provider({
      scripts: [
        { when: { contains: 'half' }, steps: [{ text: ['It ', 'is'], breaksOff: true }] },
        { steps: [{ hangs: true }] },
      ],
    });
    const heard: string[] = [];
    const half = await of.generate(asked([user('half')]), never, ({ text }) => heard.push(text));
    expect([heard, half]).toMatchObject([
      ['It ', 'is'],
      { ok: false, failure: { code: 'MODEL_UNAVAILABLE', retryable: true } },
    ]);
    const leaving = new AbortController();
    const hanging = of.generate(asked([user('?')]), leaving.signal);
    leaving.abort();
    expect(await hanging).toMatchObject({ ok: false, failure: { code: 'MODEL_TIMEOUT' } });
  });

  it('may be 500 calls in one answer, each of its own', async () => {
    const of = provider({ scripts: [{ steps: [{ toolCalls: [{ name: 'order-lookup', repeat: 500 }] }] }] });
    const answer = await of.generate(asked([user('Go')]), never);
    const ids = answer.ok ? answer.value.toolCalls.map(({ id }) => id) : [];
    expect(new Set(ids).size).toBe(500);
  });
});

it('a scripted answer is heard word by word at its pace, and is the same as at once', async () => {
  const waits: number[] = [];
  const of = createScriptedProvider({
    name: 'script',
    scenario: { scripts: [{ steps: [{ text: 'It is packed.', delay: 40, pace: 5 }] }] },
    wait: async (ms) => void waits.push(ms),
  });
  const heard: string[] = [];
  const streamed = await of.generate(asked([user('?')]), never, ({ text }) => heard.push(text));
  expect(streamed).toEqual(await of.generate(asked([user('?')]), never));
  expect(heard).toEqual(['It ', 'is ', 'packed.']);
  expect(waits).toEqual([40, 5, 5, 5, 40]);
});
