import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FileImport, table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import type { SourceProblem } from '../tools/validation.ts';

let running: Running;
let author: ApiClient;
/** What is found in a source that has the code in it. */
const problems: readonly SourceProblem[] = [
  { severity: 'error', code: 'ts(1109)', message: 'Expression expected.', line: 3, column: 7 },
  { severity: 'error', code: 'tool(export)', message: 'Expected a default export', line: 1, column: 1 },
  { severity: 'error', code: 'ts(2339)', message: 'No such property', line: 2, column: 1 },
];

beforeAll(async () => {
  running = await startGateway({
    tools: {
      run: async () => ({ ok: false, error: { code: 'TOOL_ERROR', message: 'not run' }, logs: [] }) as never,
      typeProblems: async (source) => problems.filter(({ code }) => source.includes(code)),
      conditionProblem: () => undefined,
      builtIn: () => undefined,
      stated: (source) => ({
        stated: source.includes('NAMED') ? { name: 'other' } : {},
        problems: source.includes('COMPUTED')
          ? [{ message: 'Expected it to be written out', line: 4, column: 5 }]
          : [],
      }),
      testConnection: async () => ({ ok: true, message: '' }),
    },
  });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  author = apiClient(running.url, await token({ roles: ['author'] }));
});
afterAll(() => running.stop());

async function imported(name: string, source: string) {
  const { source: _, ...definition } = tool;
  const files: FileImport['files'] = [
    { path: `${name}.tool.ts`, text: source },
    { path: `${name}.tool.json`, text: JSON.stringify(definition) },
  ];
  const body = { files };
  const [checked] = (await author(table.documents.checkFiles, { body })).body.files;
  const [done] = (await author(table.documents.importFiles, { body })).body.files;
  expect(checked!.action).toBe(done!.action);
  expect(checked!.problems).toEqual(done!.problems);
  return [done!.action, ...done!.problems.map(({ path, code, line }) => [path, code, line])];
}

it('a tool whose source is none is not imported, and the place is told before, too', async () => {
  expect(await imported('wrong', 'ts(1109)')).toEqual(['refused', ['wrong.tool.ts', 'ts(1109)', 3]]);
  expect(await imported('empty', 'tool(export)')).toEqual(['refused', ['empty.tool.ts', 'tool(export)', 1]]);
  expect(await imported('computed', 'COMPUTED')).toEqual([
    'refused',
    ['computed.tool.ts', 'NOT_WRITTEN_OUT', 4],
  ]);
});

it('types that do not fit are for its author to mend', async () => {
  expect(await imported('loose', 'ts(2339)')).toEqual(['created']);
});
