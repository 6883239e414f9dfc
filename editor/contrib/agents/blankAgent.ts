import type { AgentContent } from '@baton/gateway/api';

/** An agent as it is made: it answers without a key or a server. */
export const blankAgent = {
  description: '',
  provider: 'mock',
  model: 'mock-1',
  systemPrompt: 'Answer in one sentence. Use only what the message says.',
  userPrompt: '',
  parameters: { temperature: 0, stop: [] },
  tools: [],
  memory: { kind: 'none', keep: 'P30D', messages: 20 },
  context: { overflow: 'trim' },
  fallbacks: [],
  limits: {
    maxModelCalls: 10,
    maxToolCalls: 100,
    maxRepeats: 5,
    maxIdleLoops: 3,
    maxTokens: 50_000,
    timeout: 60_000,
    maxDuration: 300_000,
  },
} satisfies AgentContent;
