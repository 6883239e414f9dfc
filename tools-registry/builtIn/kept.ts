import { builtInTool } from './builtInTool.ts';

const key = { type: 'string', minLength: 1, maxLength: 200 };
const none = { type: 'object', properties: {}, additionalProperties: false };
const done = { type: 'object', properties: { done: { const: true } }, required: ['done'] };
const names = (field: string) => ({
  type: 'object',
  properties: { [field]: { type: 'array', items: { type: 'string' } } },
  required: [field],
});
const withField = (field: string, more: { [name: string]: object } = {}) => ({
  type: 'object',
  properties: { [field]: key, ...more },
  required: [field, ...Object.keys(more)],
  additionalProperties: false,
});

/** The tools of one family see the same values. */
const shared = 'builtin-state';
const memory = { memory: true };
const files = { files: true };

export const stateTools = [
  builtInTool(
    {
      name: 'state.get',
      description: 'Reads a value that all runs of the tenant share, by its key; null when there is none.',
      input: withField('key'),
      output: { type: 'object', properties: { value: {} }, required: ['value'] },
      capabilities: memory,
      run: 'return { value: await context.state.get(input.key) };',
    },
    shared,
  ),
  builtInTool(
    {
      name: 'state.set',
      description: 'Keeps a value by a key, for all runs of the tenant.',
      input: withField('key', { value: {} }),
      output: done,
      capabilities: memory,
      sideEffect: true,
      run: 'await context.state.set(input.key, input.value); return { done: true };',
    },
    shared,
  ),
  builtInTool(
    {
      name: 'state.delete',
      description: 'Deletes a kept value.',
      input: withField('key'),
      output: done,
      capabilities: memory,
      sideEffect: true,
      run: 'await context.state.delete(input.key); return { done: true };',
    },
    shared,
  ),
  builtInTool(
    {
      name: 'state.list',
      description: 'Lists the keys of the values that are kept.',
      input: none,
      output: names('keys'),
      capabilities: memory,
      run: 'return { keys: await context.state.list() };',
    },
    shared,
  ),
];

export const fileTools = [
  builtInTool({
    name: 'files.list',
    description: 'Lists the files of the run.',
    input: none,
    output: names('names'),
    capabilities: files,
    run: 'return { names: await context.files.list() };',
  }),
  builtInTool({
    name: 'files.read',
    description: 'Reads a file of the run as text; null when there is none of the name.',
    input: withField('name'),
    output: { type: 'object', properties: { content: { type: ['string', 'null'] } }, required: ['content'] },
    capabilities: files,
    run: 'return { content: await context.files.read(input.name) };',
  }),
  builtInTool({
    name: 'files.write',
    description: 'Writes a text to a file of the run, in place of what it had.',
    input: withField('name', { content: { type: 'string' } }),
    output: done,
    capabilities: files,
    sideEffect: true,
    run: 'await context.files.write(input.name, input.content); return { done: true };',
  }),
];
