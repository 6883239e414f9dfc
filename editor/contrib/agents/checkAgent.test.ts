import type { JsonValue } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { blankAgent } from './blankAgent.ts';
import { checkAgent } from './checkAgent.ts';

const said = (
  changes: { [name: string]: JsonValue },
  tools?: readonly string[],
  providers?: readonly string[],
) =>
  checkAgent({ ...blankAgent, ...changes }, { tools, providers }).map(
    ({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`,
  );

it('has nothing to say about a new agent', () => {
  expect(said({}, [], ['mock'])).toEqual([]);
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
    'tools.0: Expected a name of lower-case letters, digits and -, but it is "Order lookup".',
  ],
  [{ tools: ['a', 'a'] }, 'tools.1: Expected each tool once, but a is there twice.'],
  [{ limits: { maxModelCalls: 0 } }, 'limits.maxModelCalls: Expected a number from 1, but it is 0.'],
  [{ limits: { maxTokens: 1.5 } }, 'limits.maxTokens: Expected a whole number, but it is 1.5.'],
  [{ limits: { timeout: 900_000 } }, 'limits.timeout: Expected a number up to 600,000, but it is 900000.'],
  [
    { limits: { cost: 3 } },
    'limits.cost: Expected maxModelCalls, maxTokens, timeout, maxCost, maxDuration only, but found cost.',
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

it('warns of a tool this tenant does not have, once the tools are known', () => {
  expect(said({ tools: ['order-lookup', 'refund'] }, ['order-lookup'])).toEqual([
    'warning tools.1: Expected a tool of this tenant, but there is none named refund.',
  ]);
  expect(said({ tools: ['refund'] })).toEqual([]);
});

it('does not let a provider through that this tenant does not have, once the providers are known', () => {
  expect(said({ provider: 'Office GPU' })).toEqual([]);
  expect(said({ provider: 'Office GPU' }, undefined, ['mock', 'Office GPU'])).toEqual([]);
  expect(said({ provider: 'Office GPU' }, undefined, ['mock'])).toEqual([
    'error provider: Expected a provider of this tenant, but there is none named Office GPU.',
  ]);
});

it('warns of braces the engine would not fill', () => {
  expect(said({ userPrompt: '{{ order.id }} of {{customer-name}}' })).toEqual([]);
  expect(said({ userPrompt: '{{order.id} is late' })).toEqual([
    'warning userPrompt: Expected {{variable}} or {{variable.field}}, but found {{order.id; the model would read it as it stands.',
  ]);
  expect(said({ userPrompt: 'for {{ the name }}' })[0]).toContain('found {{ the name }};');
});
