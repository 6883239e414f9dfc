import { expect, it } from 'vitest';
import { agentContent, readAgentContent } from '../../api/index.ts';

const agent = { provider: 'mock', model: 'mock-1', systemPrompt: 'Sort.' };

it('reads an agent that was saved when the temperature stood beside the model', () => {
  expect(readAgentContent({ ...agent, temperature: 0.7, tools: ['a', 'a'] })).toEqual(
    agentContent.parse({ ...agent, parameters: { temperature: 0.7 }, tools: ['a'] }),
  );
});

it('leaves an agent of today as it is', () => {
  const content = agentContent.parse({
    ...agent,
    parameters: { temperature: 1, seed: 3 },
    guardrails: 'shop',
  });
  expect(readAgentContent(content)).toEqual(content);
});
