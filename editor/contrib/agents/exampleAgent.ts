import type { AgentContent } from '@baton/gateway/api';
import { blankAgent } from './blankAgent.ts';

/** One that works at once, without a provider: what the empty list offers. */
export const exampleAgent = {
  name: 'mood-reader',
  content: {
    ...blankAgent,
    description: 'Says how a customer feels and what they want',
    systemPrompt:
      'You read messages to the support desk of a shop. Say how the customer feels and, in one sentence, what they want. Use only what the message says.',
    response: {
      type: 'object',
      properties: {
        mood: { enum: ['calm', 'worried', 'angry', 'happy'] },
        wish: { type: 'string', description: 'What they want, in one sentence' },
      },
      required: ['mood', 'wish'],
      additionalProperties: false,
    },
  } satisfies AgentContent,
};
