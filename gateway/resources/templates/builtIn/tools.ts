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
  {
    name: 'database-query',
    content: {
      of: 'tool',
      description: 'Database: rows of a PostgreSQL or MySQL connection',
      content: {
        description: 'Looks up the latest orders of a customer',
        input: {
          type: 'object',
          properties: {
            customer: { type: 'string', description: 'Number of the customer', examples: ['C-1024'] },
            atMost: { type: 'integer', minimum: 1, maximum: 100, examples: [10] },
          },
          required: ['customer'],
          additionalProperties: false,
        },
        output: {
          type: 'object',
          properties: { orders: { type: 'array', items: { type: 'object' } } },
          required: ['orders'],
        },
        source: `export default defineTool({
  async run({ customer, atMost = 10 }, { db }) {
    // Values are parameters, never part of the statement: $1, $2 … in PostgreSQL, ? in MySQL.
    const { rows } = await db.query(
      'shop-database',
      'SELECT id, placed_at, total FROM orders WHERE customer = $1 ORDER BY placed_at DESC',
      [customer],
      { rows: atMost },
    );
    return { orders: rows };
  },
});
`,
        capabilities: { connections: ['shop-database'] },
        limits: { timeout: 15_000 },
      },
    },
  },
  {
    name: 'send-e-mail',
    content: {
      of: 'tool',
      description: 'E-mail: a message by a mail connection',
      content: {
        description: 'Tells a customer by e-mail that the order is on its way',
        input: {
          type: 'object',
          properties: {
            to: { type: 'string', format: 'email', examples: ['ada@example.com'] },
            orderId: { type: 'string', examples: ['HP-48213'] },
          },
          required: ['to', 'orderId'],
          additionalProperties: false,
        },
        output: {
          type: 'object',
          properties: { messageId: { type: 'string' } },
          required: ['messageId'],
        },
        source: `export default defineTool({
  async run({ to, orderId }, { email }) {
    const { messageId } = await email.send('shop-mail', {
      to: [to],
      subject: \`Your order \${orderId}\`,
      text: \`Good news: your order \${orderId} is on its way.\`,
    });
    return { messageId };
  },
});
`,
        sideEffect: true,
        egress: true,
        capabilities: { connections: ['shop-mail'] },
        limits: { timeout: 30_000 },
      },
    },
  },
  {
    name: 'ask-a-model',
    content: {
      of: 'tool',
      description: 'LLM: one answer of a model, for one step of a tool',
      content: {
        description: 'Sums up a text in a few sentences',
        input: {
          type: 'object',
          properties: {
            text: { type: 'string', minLength: 1, examples: ['The parcel came late, and the box was open.'] },
            sentences: { type: 'integer', minimum: 1, maximum: 10, examples: [2] },
          },
          required: ['text'],
          additionalProperties: false,
        },
        output: {
          type: 'object',
          properties: { summary: { type: 'string' } },
          required: ['summary'],
        },
        source: `export default defineTool({
  async run({ text, sentences = 2 }, { llm }) {
    const { text: summary } = await llm.ask({
      provider: 'mock',
      model: 'mock-1',
      system: \`Sum up what you are given in at most \${sentences} sentences.\`,
      prompt: text,
      maxTokens: 500,
    });
    return { summary: summary.trim() };
  },
});
`,
        egress: true,
        capabilities: { models: ['mock'] },
        limits: { timeout: 60_000 },
      },
    },
  },
  {
    name: 'ask-a-person',
    content: {
      of: 'tool',
      description: 'Person: a question that the run waits for, for days if need be',
      content: {
        description: 'Asks a person how much a customer gets back',
        input: {
          type: 'object',
          properties: {
            orderId: { type: 'string', examples: ['HP-48213'] },
            total: { type: 'number', minimum: 0, examples: [89.9] },
          },
          required: ['orderId', 'total'],
          additionalProperties: false,
        },
        output: {
          type: 'object',
          properties: { agreed: { type: 'boolean' }, amount: { type: 'number' } },
          required: ['agreed', 'amount'],
        },
        source: `export default defineTool({
  async run({ orderId, total }, { ask }) {
    // The call ends here, and goes on from here with the answer.
    const answer = await ask({
      message: \`How much of \${total} does the customer of order \${orderId} get back?\`,
      schema: {
        type: 'object',
        properties: { amount: { type: 'number', minimum: 0, maximum: total } },
        required: ['amount'],
      },
      proposed: { amount: total },
    });
    return answer.action === 'accept' ? { agreed: true, amount: answer.content.amount } : { agreed: false, amount: 0 };
  },
});
`,
        capabilities: { questions: true },
      },
    },
  },
] satisfies readonly BuiltInTemplate[];
