import { builtInTool } from './builtInTool.ts';

const index = { type: 'string', minLength: 1, maxLength: 60, description: 'Name of the collection of texts' };
const shared = 'builtin-search';
const memory = { memory: true };

export const searchTools = [
  builtInTool(
    {
      name: 'search.index',
      description:
        'Keeps texts so that they are found later, by their words and their meaning. A text with an id that is known replaces the older one.',
      input: {
        type: 'object',
        properties: {
          index,
          documents: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            items: {
              type: 'object',
              properties: {
                id: { type: 'string', minLength: 1, maxLength: 100 },
                text: { type: 'string', minLength: 1, maxLength: 20000 },
                data: { description: 'Given back with it' },
              },
              required: ['id', 'text'],
              additionalProperties: false,
            },
          },
        },
        required: ['index', 'documents'],
        additionalProperties: false,
      },
      output: { type: 'object', properties: { count: { type: 'integer' } }, required: ['count'] },
      capabilities: memory,
      sideEffect: true,
      run: 'return context.search.index(input.index, input.documents);',
    },
    shared,
  ),
  builtInTool(
    {
      name: 'search.query',
      description: 'Finds kept texts by words and meaning, the best first.',
      input: {
        type: 'object',
        properties: {
          index,
          query: { type: 'string', minLength: 1, maxLength: 2000 },
          limit: { type: 'integer', minimum: 1, maximum: 50, default: 5 },
        },
        required: ['index', 'query'],
        additionalProperties: false,
      },
      output: {
        type: 'object',
        properties: {
          results: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                id: { type: 'string' },
                text: { type: 'string' },
                data: {},
                score: { type: 'number' },
              },
              required: ['id', 'text', 'score'],
            },
          },
        },
        required: ['results'],
      },
      capabilities: memory,
      run: 'return context.search.query(input.index, input.query, { limit: input.limit });',
    },
    shared,
  ),
];
