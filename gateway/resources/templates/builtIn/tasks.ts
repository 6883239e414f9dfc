import type { BuiltInTemplate } from './index.ts';

const $schema = 'https://json-schema.org/draft/2020-12/schema';

const text = {
  $schema,
  type: 'object',
  properties: { text: { type: 'string', minLength: 1 } },
  required: ['text'],
};

export const taskTemplates = [
  {
    name: 'classify-text',
    content: {
      of: 'task',
      description: 'A text in, one of a few classes out',
      content: {
        description: 'Which class a text is of',
        requestSchema: text,
        responseSchema: {
          $schema,
          type: 'object',
          properties: {
            class: {
              oneOf: [
                { const: 'complaint', description: 'late, broken, wrong, refund, angry' },
                { const: 'question', description: 'how, what, when, where, why, help' },
                { const: 'other', description: 'anything else' },
              ],
              default: 'other',
            },
          },
          required: ['class'],
          additionalProperties: false,
        },
      },
    },
  },
  {
    name: 'approve-or-revise',
    content: {
      of: 'task',
      description: 'A draft in, a verdict with findings out: for a gateway that loops until it is approved',
      content: {
        description: 'Whether a draft may go out',
        requestSchema: {
          $schema,
          type: 'object',
          properties: { draft: { type: 'string', minLength: 1 }, material: { type: 'string' } },
          required: ['draft'],
        },
        responseSchema: {
          $schema,
          type: 'object',
          properties: {
            verdict: { enum: ['approve', 'revise'], default: 'approve' },
            findings: { type: 'array', items: { type: 'string' }, maxItems: 20 },
          },
          required: ['verdict', 'findings'],
          additionalProperties: false,
        },
      },
    },
  },
  {
    name: 'answer-with-sources',
    content: {
      of: 'task',
      description: 'A question and material in, an answer that says where it is from out',
      content: {
        description: 'Answers from the material only',
        requestSchema: {
          $schema,
          type: 'object',
          properties: {
            question: { type: 'string', minLength: 1 },
            material: { type: 'array', items: { type: 'string' }, minItems: 1 },
          },
          required: ['question', 'material'],
        },
        responseSchema: {
          $schema,
          type: 'object',
          properties: {
            answer: { type: 'string', description: 'Empty when the material does not tell' },
            sources: { type: 'array', description: 'Sentences of the material', items: { type: 'string' } },
          },
          required: ['answer', 'sources'],
          additionalProperties: false,
        },
      },
    },
  },
] satisfies readonly BuiltInTemplate[];
