/** Keywords of JSON Schema 2020-12 the completion of the text side knows; what is right is said by `checkTask`. */
const schemaOfSchemas = {
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    type: {
      anyOf: [
        { enum: ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] },
        { type: 'array', items: { type: 'string' } },
      ],
    },
    const: {},
    enum: { type: 'array' },
    default: {},
    examples: { type: 'array' },
    format: { type: 'string' },
    pattern: { type: 'string' },
    minLength: { type: 'integer' },
    maxLength: { type: 'integer' },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
    multipleOf: { type: 'number' },
    minItems: { type: 'integer' },
    maxItems: { type: 'integer' },
    uniqueItems: { type: 'boolean' },
    items: { $ref: '#/definitions/schema' },
    properties: { type: 'object', additionalProperties: { $ref: '#/definitions/schema' } },
    required: { type: 'array', items: { type: 'string' } },
    additionalProperties: { $ref: '#/definitions/schema' },
    oneOf: { type: 'array', items: { $ref: '#/definitions/schema' } },
    anyOf: { type: 'array', items: { $ref: '#/definitions/schema' } },
    allOf: { type: 'array', items: { $ref: '#/definitions/schema' } },
    not: { $ref: '#/definitions/schema' },
  },
};

const taskSchema = {
  type: 'object',
  properties: {
    description: { type: 'string', description: 'What the task is for; the model reads it.' },
    requestSchema: { $ref: '#/definitions/schema', description: 'What goes in.' },
    responseSchema: { $ref: '#/definitions/schema', description: 'What must come back.' },
  },
  definitions: { schema: { anyOf: [{ type: 'boolean' }, schemaOfSchemas] } },
};

const uri = 'baton:/task.schema.json';

/** Marks what is not JSON, and completes the keywords of a task's schemas. Nothing is fetched. */
export async function prepareTaskJson(): Promise<void> {
  const { jsonDefaults } = await import('monaco-editor/languages/features/json/register');
  const { schemas = [], ...options } = jsonDefaults.diagnosticsOptions;
  if (schemas.some((schema) => schema.uri === uri)) return;
  jsonDefaults.setDiagnosticsOptions({
    ...options,
    validate: true,
    allowComments: false,
    schemaValidation: 'ignore',
    enableSchemaRequest: false,
    schemas: [...schemas, { uri, fileMatch: ['*.task.json'], schema: taskSchema }],
  });
}
