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
      },
    },
  },
  {
    name: 'http-call',
    content: {
      of: 'tool',
      description: 'Asks another system over HTTP, with a secret',
      content: {
        description: 'Looks up an order in the shop by its number',
        input: {
          type: 'object',
          properties: {
            orderId: { type: 'string', description: 'Number of the order', examples: ['HP-48213'] },
          },
          required: ['orderId'],
          additionalProperties: false,
        },
        output: {
          type: 'object',
          properties: { found: { type: 'boolean' }, order: { type: 'object' } },
          required: ['found'],
        },
        source: `export default defineTool({
  async run({ orderId }, context) {
    const token = await context.secrets.get('SHOP_TOKEN');
    const answer = await context.fetch(\`https://shop.example.com/orders/\${encodeURIComponent(orderId)}\`, {
      headers: { accept: 'application/json', authorization: \`Bearer \${token}\` },
    });
    if (answer.status === 404) return { found: false };
    if (!answer.ok) throw new Error(\`Expected an order, but the shop answered \${answer.status}\`);
    return { found: true, order: await answer.json() };
  },
});
`,
        egress: true,
        capabilities: { network: ['shop.example.com'], secrets: ['SHOP_TOKEN'] },
        limits: { timeout: 10_000 },
      },
    },
  },
  {
    name: 'csv-to-rows',
    content: {
      of: 'tool',
      description: 'Transforms: CSV text into rows',
      content: {
        description: 'Reads CSV with a header line into a list of rows',
        input: {
          type: 'object',
          properties: {
            csv: { type: 'string', examples: ['id,city\n1,Utrecht'] },
            separator: { type: 'string', minLength: 1, maxLength: 1, examples: [','] },
          },
          required: ['csv'],
          additionalProperties: false,
        },
        output: {
          type: 'object',
          properties: {
            rows: { type: 'array', items: { type: 'object', additionalProperties: { type: 'string' } } },
          },
          required: ['rows'],
        },
        source: `export default defineTool({
  run({ csv, separator = ',' }) {
    const lines: string[][] = [[]];
    let field = '';
    let quoted = false;
    for (let at = 0; at <= csv.length; at++) {
      const sign = csv[at];
      const line = lines[lines.length - 1]!;
      if (quoted && sign === '"' && csv[at + 1] === '"') field += csv[++at];
      else if (sign === '"') quoted = !quoted;
      else if (quoted && sign !== undefined) field += sign;
      else if (sign === separator || sign === '\\n' || sign === undefined) {
        line.push(field.replace(/\\r$/, ''));
        field = '';
        if (sign === '\\n') lines.push([]);
      } else field += sign;
    }
    const [names = [], ...rest] = lines.filter((line) => line.some((cell) => cell !== ''));
    return { rows: rest.map((line) => Object.fromEntries(names.map((name, n) => [name, line[n] ?? '']))) };
  },
});
`,
        samples: [
          {
            name: 'quotes and empty lines',
            input: { csv: 'id,city\r\n1,"Den ""Haag"", NL"\r\n\r\n' },
            expects: { output: { rows: [{ id: '1', city: 'Den "Haag", NL' }] } },
          },
        ],
      },
    },
  },
  {
    name: 'note-in-run',
    content: {
      of: 'tool',
      description: 'File: appends to a text that all steps of the run share',
      content: {
        description: 'Appends a line to a note of this run and answers the whole note',
        input: {
          type: 'object',
          properties: { line: { type: 'string', minLength: 1, examples: ['Customer called back'] } },
          required: ['line'],
          additionalProperties: false,
        },
        output: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
        source: `export default defineTool({
  async run({ line }, { files }) {
    const note = \`\${(await files.read('note.txt')) ?? ''}\${line}\\n\`;
    await files.write('note.txt', note);
    return { note };
  },
});
`,
        sideEffect: true,
        capabilities: { files: true },
      },
    },
  },
] satisfies readonly BuiltInTemplate[];
