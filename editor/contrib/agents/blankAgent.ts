import type { AgentContent } from '@baton/gateway/api';

/** An agent as it is made: it answers without a key or a server. */
export const blankAgent: AgentContent = {
  description: '',
  provider: 'mock',
  model: 'mock-1',
  systemPrompt: 'Answer in one sentence. Use only what the message says.',
  userPrompt: '',
  temperature: 0,
  tools: [],
  limits: { maxModelCalls: 10, maxTokens: 50_000, timeout: 60_000 },
};
