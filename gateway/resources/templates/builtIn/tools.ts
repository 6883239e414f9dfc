import type { BuiltInTemplate } from './index.ts';

export const toolTemplates = [
  {
    name: 'add-working-days',
    content: {
      of: 'tool',
      description: 'Computes: a date some working days later',
      content: {
        description: 'Adds working days (Monday to Friday) to a date',
        input: {
          type: 'object',
          properties: {
            date: { type: 'string', description: 'YYYY-MM-DD', examples: ['2026-03-13'] },
            days: {
              type: 'integer',
              description: 'Working days to add',
              minimum: 0,
              maximum: 1000,
              examples: [2],
            },
          },
          required: ['date', 'days'],
        },
        output: {
          type: 'object',
          properties: { date: { type: 'string' } },
          required: ['date'],
        },
        source: `export default defineTool({
  run({ date, days }: { date: string; days: number }) {
    const day = new Date(\`\${date}T00:00:00Z\`);
    for (let left = days; left > 0; ) {
      day.setUTCDate(day.getUTCDate() + 1);
      if (day.getUTCDay() % 6 !== 0) left--;
    }
    return { date: day.toISOString().slice(0, 10) };
  },
});
`,
        sideEffect: false,
        egress: false,
        approval: 'never',
        capabilities: { network: [], secrets: [], files: false, memory: false },
        limits: { timeout: 5_000, memory: 32_000_000 },
      },
    },
  },
] satisfies readonly BuiltInTemplate[];
