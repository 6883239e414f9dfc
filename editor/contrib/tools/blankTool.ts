import type { ToolContent } from '@baton/gateway/api';

/** A tool as it is made: it runs, and shows where what goes. */
export const blankTool: ToolContent = {
  description: 'Greets a person by name.',
  input: {
    type: 'object',
    properties: { name: { type: 'string', description: 'Whom to greet', examples: ['Ada'] } },
    required: ['name'],
    additionalProperties: false,
  },
  output: {
    type: 'object',
    properties: { greeting: { type: 'string' } },
    required: ['greeting'],
    additionalProperties: false,
  },
  source: `export default defineTool({
  run({ name }: { name: string }) {
    console.log('greeting', name);
    return { greeting: \`Hello \${name}\` };
  },
});
`,
  tags: [],
  sideEffect: false,
  egress: false,
  approval: 'never',
  capabilities: {
    network: [],
    secrets: [],
    connections: [],
    models: [],
    files: false,
    memory: false,
    questions: false,
  },
  limits: { timeout: 5_000, memory: 32_000_000 },
  samples: [],
};
