import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ran } from './testProgram.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const definition = {
  description: 'Fetches a page',
  input: {
    type: 'object',
    properties: { url: { type: 'string' } },
    required: ['url'],
    additionalProperties: false,
  },
  output: { type: 'object' },
  capabilities: { network: ['example.org'] },
};

async function linted(source: string, beside: unknown = definition) {
  mkdirSync(join(folder, 'tools'));
  writeFileSync(join(folder, 'tools', 'fetch.tool.ts'), source);
  writeFileSync(join(folder, 'tools', 'fetch.tool.json'), JSON.stringify(beside));
  const { code, out } = await ran(['lint', folder, '-o', 'json'], {});
  const found = JSON.parse(out) as { file: string; code: string; line?: number }[];
  return { code, found: found.map(({ file, code: what, line }) => [file.split('/').at(-1), what, line]) };
}

it('a tool that keeps its contract has no problems: types come from the definition beside it', async () => {
  const source =
    'export default defineTool({\n  async run({ url }, context) {\n    return { page: (await context.fetch(url)).status };\n  },\n});\n';
  expect(await linted(source)).toEqual({ code: 0, found: [] });
});

it('what a tool gets wrong is told with its place', async () => {
  const source = 'export default defineTool({\n  run: ({ adress }) => ({ adress }),\n});\n';
  expect(await linted(source)).toEqual({ code: 1, found: [['fetch.tool.ts', 'ts(2339)', 2]] });
});

it('a source that is not TypeScript, or defines no tool, is told', async () => {
  expect(await linted('export default defineTool({')).toMatchObject({
    code: 1,
    found: [['fetch.tool.ts', 'ts(1005)', 1]],
  });
  rmSync(join(folder, 'tools'), { recursive: true });
  expect(await linted('export const nothing = 1;')).toEqual({
    code: 1,
    found: [['fetch.tool.ts', 'tool(export)', 1]],
  });
});

it('what a source states has to be written out, and a definition to fit', async () => {
  const source =
    "const name = () => 'fetch';\nexport default defineTool({\n  name: name(),\n  run: () => ({}),\n});\n";
  expect(await linted(source, { ...definition, description: '' })).toEqual({
    code: 1,
    found: [
      ['fetch.tool.json', 'too_small', 1],
      ['fetch.tool.ts', 'NOT_WRITTEN_OUT', 3],
    ],
  });
});
