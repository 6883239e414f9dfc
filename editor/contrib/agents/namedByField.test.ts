import { expect, it } from 'vitest';
import { namedByField } from './namedByField.ts';

const agent = {
  provider: 'mock',
  model: 'mock-1',
  fallbacks: [{ provider: 'spare', model: 'mock-1' }],
  systemPrompt: 'Greet {{customer}}. {{> tone}} {{> tone}}',
  tools: ['lookup', 'github.create_issue'],
  guardrails: 'no-secrets',
  response: 'classify',
};

it.each([
  ['provider', ['provider/mock']],
  ['model', ['provider/mock']],
  ['fallbacks', ['provider/spare']],
  ['tools', ['tool/lookup', 'tool/github.create_issue']],
  ['guardrails', ['policy/no-secrets']],
  ['response', ['task/classify']],
  ['systemPrompt', ['prompt/tone']],
  ['userPrompt', []],
  ['description', []],
])('the field %s of an agent leads to what it names', (field, names) => {
  expect(namedByField(agent, [field]).map(({ kind, name }) => `${kind}/${name}`)).toEqual(names);
});

it('a schema of the agent’s own leads nowhere', () => {
  expect(namedByField({ ...agent, response: { type: 'object' } }, ['response'])).toEqual([]);
});
