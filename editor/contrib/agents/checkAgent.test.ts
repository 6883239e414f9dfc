import type { JsonValue } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { blankAgent } from './blankAgent.ts';
import { checkAgent, type Known } from './checkAgent.ts';

const said = (changes: { [name: string]: JsonValue }) =>
  checkAgent({ ...blankAgent, ...changes }, {}).map(
    ({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`,
  );

it('has nothing to say about a new agent', () => {
  expect(said({})).toEqual([]);
});

it.each<[{ [name: string]: JsonValue }, string]>([
  [{ parameters: { temperature: 2.4 } }, 'parameters.temperature: Expected a number up to 2, but it is 2.4.'],
  [{ parameters: { temperature: -1 } }, 'parameters.temperature: Expected a number from 0, but it is -1.'],
  [{ parameters: { temperature: 'warm' } }, 'parameters.temperature: Expected a number, but it is "warm".'],
  [{ model: '' }, 'model: Expected a text, but it is empty.'],
  [{ provider: 'a/b' }, 'provider: Expected the name of a provider, but it is "a/b".'],
  [{ description: 'x'.repeat(1001) }, 'description: Expected at most 1,000 characters, but there are 1,001.'],
  [{ tools: 'order-lookup' }, 'tools: Expected a list, but it is "order-lookup".'],
  [
    { tools: ['Order lookup'] },
    'tools.0: Expected a name of 1 to 63 lower-case letters, digits and -, but it is "Order lookup".',
  ],
  [{ tools: ['a', 'a'] }, 'tools.1: Expected each tool once, but a is there twice.'],
  [{ limits: { maxModelCalls: 0 } }, 'limits.maxModelCalls: Expected a number from 1, but it is 0.'],
  [{ limits: { maxTokens: 1.5 } }, 'limits.maxTokens: Expected a whole number, but it is 1.5.'],
  [{ limits: { timeout: 900_000 } }, 'limits.timeout: Expected a time up to 10 min, but it is 15 min.'],
  [
    { limits: { maxDuration: 'soon' } },
    'limits.maxDuration: Expected a time, 2 min in the form or 120000 (ms) in YAML, but it is "soon".',
  ],
  [{ limits: { maxCost: -1 } }, 'limits.maxCost: Expected an amount from $0.00, but it is -$1.00.'],
  [
    { limits: { maxToolCalls: 2_000 } },
    'limits.maxToolCalls: Expected a number up to 1,000, but it is 2,000.',
  ],
  [
    { context: { overflow: 'forget' } },
    'context.overflow: Expected one of trim, summarize, fail, but it is "forget".',
  ],
  [{ context: { maxTokens: 10 } }, 'context.maxTokens: Expected a number from 500, but it is 10.'],
  [{ context: { tokens: 10 } }, 'context.tokens: Expected maxTokens, overflow only, but found tokens.'],
  [{ memory: { kind: 'diary' } }, 'memory.kind: Expected one of none, conversation, but it is "diary".'],
  [
    { memory: { kind: 'conversation', keep: '30 days' } },
    'memory.keep: Expected an ISO 8601 duration such as P30D, but it is "30 days".',
  ],
  [{ response: 4 }, 'response: Expected the name of a task or a JSON Schema, but it is 4.'],
  [
    { parameters: { stop: ['a', 'b', 'c', 'd', 'e'] } },
    'parameters.stop: Expected at most 4, but there are 5.',
  ],
  [
    { limits: { cost: 3 } },
    'limits.cost: Expected maxModelCalls, maxToolCalls, maxRepeats, maxIdleLoops, maxTokens, timeout, maxCost, maxDuration only, but found cost.',
  ],
])('says at the field what the gateway would refuse or drop: %j', (changes, message) => {
  expect(said(changes)).toEqual([`error ${message}`]);
});

it('asks for what is missing', () => {
  expect(checkAgent({ provider: 'mock', model: 'mock-1' }, {})).toMatchObject([
    { path: ['systemPrompt'], message: 'Expected a text, but it is missing.' },
  ]);
  expect(checkAgent(null, {})).toMatchObject([
    { path: [], message: 'Expected names with values, but it is empty.' },
  ]);
});

it.each<[string, JsonValue, keyof Known, string]>([
  ['provider', 'Office GPU', 'providers', 'provider: Expected a provider of this tenant'],
  ['tools', ['order-lookup', 'refund'], 'tools', 'tools.1: Expected a tool of this tenant'],
  ['guardrails', 'refund', 'policies', 'guardrails: Expected a policy of this tenant'],
  ['response', 'refund', 'tasks', 'response: Expected a task of this tenant'],
])(
  'does not let %s through that this tenant does not have, once they are known',
  (member, value, kind, words) => {
    const has = (names: readonly string[] | undefined) =>
      checkAgent({ ...blankAgent, [member]: value }, { [kind]: names }).map(
        ({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`,
      );
    expect(has(undefined)).toEqual([]);
    expect(has(['order-lookup', 'refund', 'Office GPU'])).toEqual([]);
    expect(has(['order-lookup'])).toEqual([
      `error ${words}, but there is none named ${member === 'provider' ? value : 'refund'}.`,
    ]);
  },
);

it('looks at every model of a chain', () => {
  const chain = (...models: JsonValue[]) =>
    checkAgent({ ...blankAgent, fallbacks: models }, { providers: ['mock', 'gpu'] }).map(
      ({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`,
    );
  expect(chain({ provider: 'gpu', model: 'qwen2.5:7b' }, { provider: 'mock', model: 'mock-2' })).toEqual([]);
  expect(chain({ provider: 'cloud', model: 'm' })).toEqual([
    'error fallbacks.0.provider: Expected a provider of this tenant, but there is none named cloud.',
  ]);
  expect(chain({ provider: 'gpu', model: '', size: 7 })).toEqual([
    'error fallbacks.0.model: Expected a text, but it is empty.',
    'error fallbacks.0.size: Expected provider, model only, but found size.',
  ]);
  expect(chain({ provider: 'mock', model: 'mock-1' }, { provider: 'gpu', model: 'a' })).toEqual([
    'warning fallbacks.0: Expected a model that is not asked before, but fallback 1 is the same as the first model.',
  ]);
});

it('takes a schema for no name', () => {
  expect(checkAgent({ ...blankAgent, response: { type: 'object' } }, { tasks: [] })).toEqual([]);
});

it('warns of braces the engine would not fill', () => {
  expect(
    said({ userPrompt: '{{ order.id }} of {{customer-name}}, {{> tone}} {{> tone@production}}' }),
  ).toEqual([]);
  expect(said({ systemPrompt: '{{order.id} is late' })).toEqual([
    'warning systemPrompt: Expected }} after {{, but it is missing at {{order.id} is late (line 1).',
  ]);
  expect(said({ userPrompt: 'for {{ the name }}' })[0]).toContain('found {{ the name }};');
});
