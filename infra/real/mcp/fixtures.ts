import { createToolInvoker } from '@baton/tools-registry';
import {
  type CatalogTool,
  type JsonSchema,
  type JsonValue,
  type McpContent,
  type McpPrompts,
  type McpResources,
  readToolDefinition,
  type ToolCall,
  type ToolContentBlock,
  type ToolOutcome,
  type ToolSource,
} from '@baton/tools-registry/contract';

/** What the protocol's conformance suite wants to find: tools, prompts and resources by these names, behind the same ports as ours. */

const image =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const sound = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

const text = (said: string) => ({ type: 'text', text: said });
const answered = (
  said: string,
  content: ToolContentBlock[] = [text(said)],
  logs: string[] = [],
): ToolOutcome => ({
  ok: true,
  value: said,
  content,
  version: 1,
  logs,
});

interface Fixture {
  input?: JsonSchema;
  run(call: ToolCall): ToolOutcome;
}

/** Asks once, and tells what was answered. */
const asks = (message: (call: ToolCall) => string, schema: JsonSchema, told: string): Fixture['run'] => {
  return (call) => {
    const answer = call.answers?.question;
    if (answer) return answered(`${told}: ${JSON.stringify(answer)}`);
    return {
      ok: false,
      failure: { code: 'TOOL_INPUT_REQUIRED', message: 'Expected an answer, but there is none yet' },
      version: 1,
      question: { id: 'question', kind: 'input', message: message(call), schema },
    };
  };
};
const argument = (name: string) => (call: ToolCall) =>
  String((call.arguments as { [name: string]: JsonValue })[name] ?? '');

const options = ['option1', 'option2', 'option3'];
const titled = ['First', 'Second', 'Third'].map((title, n) => ({ const: `value${n + 1}`, title }));

const fixtures: { [name: string]: Fixture } = {
  test_simple_text: { run: () => answered('This is a simple text response for testing.') },
  test_image_content: { run: () => answered('', [{ type: 'image', data: image, mimeType: 'image/png' }]) },
  test_audio_content: { run: () => answered('', [{ type: 'audio', data: sound, mimeType: 'audio/wav' }]) },
  test_embedded_resource: {
    run: () =>
      answered('', [
        {
          type: 'resource',
          resource: {
            uri: 'test://embedded-resource',
            mimeType: 'text/plain',
            text: 'This is an embedded resource content.',
          },
        },
      ]),
  },
  test_multiple_content_types: {
    run: () =>
      answered('', [
        text('Multiple content types test:'),
        { type: 'image', data: image, mimeType: 'image/png' },
        {
          type: 'resource',
          resource: {
            uri: 'test://mixed-content-resource',
            mimeType: 'application/json',
            text: '{"test":"data","value":123}',
          },
        },
      ]),
  },
  test_tool_with_logging: {
    run: () =>
      answered('Logged', undefined, [
        'Tool execution started',
        'Tool processing data',
        'Tool execution completed',
      ]),
  },
  test_error_handling: {
    run: () => ({
      ok: false,
      failure: { code: 'TOOL_FAILED', message: 'This tool intentionally returns an error for testing' },
      version: 1,
    }),
  },
  test_tool_with_progress: {
    run: ({ heard }) => {
      for (const progress of [0, 50, 100]) heard?.({ progress, total: 100 });
      return answered('Done');
    },
  },
  test_reconnection: { run: () => answered('Reconnection test completed successfully') },
  test_elicitation: {
    input: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
    run: asks(
      argument('message'),
      {
        type: 'object',
        properties: {
          username: { type: 'string', description: "User's response" },
          email: { type: 'string', description: "User's email address" },
        },
        required: ['username', 'email'],
      },
      'User response',
    ),
  },
  test_elicitation_sep1034_defaults: {
    run: asks(
      () => 'With defaults',
      {
        type: 'object',
        properties: {
          name: { type: 'string', default: 'John Doe' },
          age: { type: 'integer', default: 30 },
          score: { type: 'number', default: 95.5 },
          status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
          verified: { type: 'boolean', default: true },
        },
        required: [],
      },
      'Elicitation completed',
    ),
  },
  test_elicitation_sep1330_enums: {
    run: asks(
      () => 'With choices',
      {
        type: 'object',
        properties: {
          untitledSingle: { type: 'string', enum: options },
          titledSingle: { type: 'string', oneOf: titled },
          legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
          untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
          titledMulti: { type: 'array', items: { anyOf: titled } },
        },
        required: [],
      },
      'Elicitation completed',
    ),
  },
  json_schema_2020_12_tool: {
    input: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: {
        address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
      },
      properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
      additionalProperties: false,
    },
    run: () => answered('Fits'),
  },
};

const toolOf = (name: string, { input = { type: 'object' } }: Fixture): CatalogTool => ({
  id: name,
  definition: readToolDefinition({ name, description: `Fixture ${name}`, input }),
  version: 1,
  origin: { kind: 'saved' },
});

const source: ToolSource = {
  owns: () => true,
  get: async (_tenantId, name) => fixtures[name] && toolOf(name, fixtures[name]),
  list: async () => Object.entries(fixtures).map(([name, fixture]) => toolOf(name, fixture)),
  run: async ({ definition }, call) => (fixtures[definition.name] as Fixture).run(call),
};

export const conformanceTools = { catalog: source, invoker: createToolInvoker([source], () => true) };

const missing = {
  ok: false as const,
  failure: { code: 'NOT_FOUND', message: 'Expected a fixture, but there is none' },
};

type Messages = { role: 'user'; content: McpContent }[];
const user = (content: McpContent) => ({ role: 'user' as const, content });
const prompts: {
  [name: string]: { asks: string[]; messages(given: { readonly [name: string]: string }): Messages };
} = {
  test_simple_prompt: { asks: [], messages: () => [user(text('This is a simple prompt for testing.'))] },
  test_prompt_with_arguments: {
    asks: ['arg1', 'arg2'],
    messages: ({ arg1, arg2 }) => [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
  },
  test_prompt_with_embedded_resource: {
    asks: ['resourceUri'],
    messages: ({ resourceUri = '' }) => [
      user({
        type: 'resource',
        resource: {
          uri: resourceUri,
          mimeType: 'text/plain',
          text: 'Embedded resource content for testing.',
        },
      }),
      user(text('Please process the embedded resource above.')),
    ],
  },
  test_prompt_with_image: {
    asks: [],
    messages: () => [
      user({ type: 'image', data: image, mimeType: 'image/png' }),
      user(text('Please analyze the image above.')),
    ],
  },
};

export const conformancePrompts: McpPrompts = {
  list: async () =>
    Object.entries(prompts).map(([name, { asks: names }]) => ({
      name,
      description: `Fixture ${name}`,
      arguments: names.map((each) => ({ name: each, required: true })),
    })),
  async get(name, given) {
    const prompt = prompts[name];
    return prompt ? { ok: true, value: { description: name, messages: prompt.messages(given) } } : missing;
  },
};

export const conformanceResources: McpResources = {
  list: async () =>
    [
      { uri: 'test://static-text', mimeType: 'text/plain' },
      { uri: 'test://static-binary', mimeType: 'image/png' },
      { uri: 'test://watched-resource', mimeType: 'text/plain' },
    ].map((resource) => ({ ...resource, name: resource.uri, description: 'A fixture' })),
  templates: async () => [
    {
      uriTemplate: 'test://template/{id}/data',
      name: 'template',
      description: 'A fixture',
      mimeType: 'application/json',
    },
  ],
  complete: async () => [],
  async read(uri) {
    if (uri === 'test://static-binary')
      return { ok: true, value: [{ uri, mimeType: 'image/png', blob: image }] };
    const id = /^test:\/\/template\/(.+)\/data$/.exec(uri)?.[1];
    if (id !== undefined) {
      const data = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
      return { ok: true, value: [{ uri, mimeType: 'application/json', text: data }] };
    }
    if (uri !== 'test://static-text' && uri !== 'test://watched-resource') return missing;
    return {
      ok: true,
      value: [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
    };
  },
};
