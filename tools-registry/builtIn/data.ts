import { builtInTool } from './builtInTool.ts';

const delimiter = { enum: [',', ';', '\t', '|'] };

export const dataTools = [
  builtInTool({
    name: 'json.transform',
    description:
      'Makes a value out of another one by a FEEL expression, for example `{ total: sum(data.items.price) }`.',
    input: {
      type: 'object',
      properties: {
        data: { description: 'What the expression calls `data`' },
        expression: { type: 'string', minLength: 1, examples: ['{ total: sum(data.items.price) }'] },
      },
      required: ['data', 'expression'],
      additionalProperties: false,
    },
    output: { type: 'object', properties: { result: {} }, required: ['result'] },
    run: `return { result: await context.feel(input.expression, { data: input.data }) };`,
  }),
  builtInTool({
    name: 'csv.parse',
    description: 'Reads a CSV text: rows as objects named by its first line, or as lists.',
    input: {
      type: 'object',
      properties: {
        text: { type: 'string' },
        header: { type: 'boolean', default: true, description: 'Whether the first line has the names' },
        delimiter: { ...delimiter, description: 'Found out, if it is not said' },
        convert: {
          type: 'boolean',
          default: false,
          description: 'Numbers and truth values are read as such',
        },
      },
      required: ['text'],
      additionalProperties: false,
    },
    output: { type: 'object', properties: { rows: { type: 'array' } }, required: ['rows'] },
    run: `const { text, ...options } = input;
return { rows: await context.csv.parse(text, options) };`,
  }),
  builtInTool({
    name: 'csv.format',
    description: 'Writes rows (objects or lists) as a CSV text.',
    input: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { type: ['object', 'array'] } },
        columns: { type: 'array', items: { type: 'string' } },
        delimiter,
      },
      required: ['rows'],
      additionalProperties: false,
    },
    output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    run: `const { rows, ...options } = input;
return { text: await context.csv.format(rows, options) };`,
  }),
];
