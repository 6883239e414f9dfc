import type { BuiltInTemplate } from './index.ts';

export const policyTemplates = [
  {
    name: 'no-secrets',
    content: {
      of: 'policy',
      description: 'Keys and passwords reach neither a model nor a tool, and come back from neither',
      content: {
        kind: 'guardrail',
        description: 'No secret goes out or comes back',
        checks: [
          { check: 'secrets', places: ['input', 'toolArguments'], action: 'block' },
          { check: 'secrets', places: ['output', 'toolResult'], action: 'mask' },
          { check: 'length', places: ['input', 'toolResult'], maxCharacters: 100_000, action: 'block' },
        ],
      },
    },
  },
] satisfies readonly BuiltInTemplate[];
