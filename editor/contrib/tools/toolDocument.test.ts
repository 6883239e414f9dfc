import type { ToolProblem } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import type { me } from '../../test/editorServer.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn, type VersionedServer, versionedServer } from '../../test/versionedServer.ts';
import { blankTool } from './blankTool.ts';
import { readDraft } from './draftProblems.ts';
import { openToolDocument, type ToolDocument } from './toolDocument.ts';
import { toolKind } from './toolKind.ts';

const resource = { kind: 'tool', id: 't1', name: 'greet' };

let server: VersionedServer;
let ran: unknown[];
let asked: unknown[];
let told: ToolProblem[];
let answerOfRun: unknown;
let time: ReturnType<typeof platformOn>['time'];
let platform: Platform;

function startFor(permissions?: typeof me.permissions) {
  ({ platform, time } = platformOn(
    async (url, init) => {
      if (url === '/api/tools/validation') {
        asked.push(JSON.parse(String(init?.body)));
        return Response.json({ problems: told });
      }
      if (url !== '/api/tools/t1/run') return server.fetch(url, init);
      ran.push(JSON.parse(String(init?.body)));
      return Response.json(answerOfRun);
    },
    permissions,
    toolKind,
  ));
}

beforeEach(() => {
  server = versionedServer('/api/tools/t1', 'greet', blankTool);
  ran = [];
  asked = [];
  told = [];
  answerOfRun = {
    ok: true,
    output: { greeting: 'Hello Ada' },
    logs: ['greeting Ada'],
    hostCalls: [],
    duration: 2,
  };
  startFor();
});

async function opened(backup?: string): Promise<ToolDocument> {
  const result = await openToolDocument(platform, resource, backup);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const draft = (document: ToolDocument) => document.view.getState().draft;

it('publishes what the author typed as the next version, limits in the units of the API', async () => {
  const document = await opened();
  document.change('description', 'Greets politely.');
  document.change('timeout', '2.5');
  document.change('memory', '16');
  expect(document.state.getState()).toMatchObject({ dirty: true, status: 'Draft of v2' });

  expect(await document.kept.publish('')).toMatchObject({ ok: true });

  expect(server.stored.content).toEqual({
    ...blankTool,
    description: 'Greets politely.',
    limits: { timeout: 2_500, memory: 16_000_000 },
  });
  expect(document.state.getState()).toMatchObject({ dirty: false, status: 'v2' });
});

it('keeps a schema that is no JSON as it was typed, and lists it under Problems', async () => {
  const document = await opened();
  document.change('input', '{ "type": ');
  time.advance(300);

  expect(await document.save?.()).toMatchObject({ ok: true });
  expect(draft(await opened()).input).toBe('{ "type": ');
  expect(platform.problems.of(resource)).toMatchObject([{ code: 'tool(input)', path: ['input'] }]);

  document.change('input', '{ "type": "object" }');
  time.advance(300);
  expect(platform.problems.of(resource)).toEqual([]);
});

it('asks the gateway while one types, and lists what it says at the line it is about', async () => {
  told = [
    {
      path: ['content', 'source'],
      code: 'ts(2339)',
      severity: 'error',
      message: 'No such property',
      line: 3,
      column: 7,
    },
    {
      path: ['content', 'input', 'properties', 'name', 'type'],
      code: 'schema(type)',
      severity: 'error',
      message: 'Expected a type, but it is "strin"',
    },
    {
      path: ['content', 'capabilities'],
      code: 'NOT_GRANTED',
      severity: 'warning',
      message: 'Expected an admin to grant it, but nobody has',
    },
  ];
  const document = await opened();
  document.change('input', '{\n  "properties": {\n    "name": { "type": "strin" }\n  }\n}');
  time.advance(300);
  await settled();

  expect(asked).toMatchObject([
    { id: 't1', content: { input: { properties: { name: { type: 'strin' } } } } },
  ]);
  const listed = () =>
    platform.problems.of(resource).map(({ code, line, elementName }) => [code, line, elementName]);
  expect(listed()).toEqual([
    ['ts(2339)', 3, 'Source'],
    ['schema(type)', 3, 'Input schema'],
    ['NOT_GRANTED', undefined, 'Capabilities'],
  ]);

  document.setTypeProblems([
    { severity: 'error', code: 'ts(2339)', message: 'No such property', line: 3, column: 7 },
  ]);
  expect(listed().filter(([code]) => code === 'ts(2339)')).toHaveLength(1);
  document.change('source', 'export default 1;');
  document.setTypeProblems([]);
  expect(listed().map(([code]) => code)).toEqual(['schema(type)', 'NOT_GRANTED']);
});

it('looks at findings of the language service once, however often they are told', async () => {
  const document = await opened();
  const found: Problem = { severity: 'error', code: 'ts(2322)', message: 'No number', line: 2, column: 1 };
  let looked = 0;
  document.view.subscribe(() => looked++);
  document.setTypeProblems([found]);
  const first = looked;
  document.setTypeProblems([{ ...found }]);
  expect([first, looked]).toEqual([1, 1]);
});

it('shows the text and the line a problem is in', async () => {
  const document = await opened();
  document.showMode('source');
  document.reveal?.({ path: ['output', 'type'], line: 2, column: 3 });
  expect(document.view.getState()).toMatchObject({
    mode: 'both',
    side: 'output',
    place: { field: 'output', line: 2, column: 3 },
  });
  document.reveal?.({ path: ['samples', '0', 'input'] });
  expect(platform.layout.getState().secondary).toBe(true);
});

it('links to where the caret is, or to what was looked at last', async () => {
  const document = await opened();
  expect(document.here?.()).toBeUndefined();
  document.workAt('source', 3, 7);
  expect(document.here?.()).toEqual({ line: 3, column: 7 });
  document.workAt('output', 2, 1);
  expect(document.here?.()).toEqual({ path: ['output'], line: 2, column: 1 });
  document.reveal?.({ path: ['samples'] });
  expect(document.here?.()).toEqual({ path: ['samples'] });
});

it('runs what is in the editor, unsaved, with a sample made from the input schema', async () => {
  const document = await opened();
  document.change('source', 'export default defineTool({ run: () => 1 });');

  await document.run();

  expect(ran).toEqual([
    { input: { name: 'Ada' }, content: { ...blankTool, source: draft(document).source } },
  ]);
  expect(document.view.getState().test).toEqual({
    state: 'ran',
    input: { name: 'Ada' },
    answer: answerOfRun,
    line: undefined,
  });
  expect(server.stored.version).toBe(1);
});

it('asks what the tool asks, and runs it again with every answer so far', async () => {
  const question = (id: string) => ({ id, kind: 'input', message: `${id}?`, schema: { type: 'object' } });
  const asking = (id: string) => ({
    ok: false,
    question: question(id),
    logs: [],
    hostCalls: [],
    duration: 1,
  });
  const document = await opened();
  const accept = { action: 'accept' as const, content: { yes: true } };

  answerOfRun = asking('first');
  await document.run();
  answerOfRun = asking('second');
  await document.answer('first', accept);
  await document.answer('second', { action: 'decline' });

  expect(ran.map((body) => (body as { answers?: unknown }).answers)).toEqual([
    undefined,
    { first: accept },
    { first: accept, second: { action: 'decline' } },
  ]);
  await document.run();
  expect(ran.at(-1)).not.toHaveProperty('answers');
});

it('says the line of the source where a run failed, and shows it', async () => {
  const error = { code: 'TOOL_FAILED', message: 'Expected TypeScript, but', details: { line: 3, column: 5 } };
  answerOfRun = { ok: false, error, logs: [], duration: 1 };
  const document = await opened();
  document.showMode('definition');

  await document.run();
  expect(document.view.getState().test).toMatchObject({ state: 'ran', line: 3 });

  document.reveal?.({ line: 3 });
  expect(document.view.getState()).toMatchObject({ mode: 'both', place: { line: 3, column: 1 } });
});

it('does not run with a sample that is no JSON', async () => {
  const document = await opened();
  document.typeSample('{ name: Ada }');

  await document.run();

  expect(ran).toEqual([]);
  expect(document.view.getState().test).toMatchObject({
    state: 'failed',
    failure: { code: 'JSON_UNREADABLE' },
  });
});

it('keeps the sample in step with the schema until the author writes one', async () => {
  const document = await opened();
  const sample = () => JSON.parse(document.view.getState().sample) as unknown;
  document.change('input', '{ "properties": { "orderId": { "type": "string" } } }');
  expect(sample()).toEqual({ orderId: 'text' });

  document.typeSample('{ "orderId": "HP-1" }');
  document.change('input', '{ "properties": { "amount": { "type": "number" } } }');
  expect(sample()).toEqual({ orderId: 'HP-1' });

  document.newSample();
  expect(sample()).toEqual({ amount: 1 });
});

it('brings work that was not kept back after a reload', async () => {
  const before = await opened();
  before.change('source', 'export default 1;');

  const after = await opened(before.backup?.());

  expect(draft(after).source).toBe('export default 1;');
  expect(after.state.getState().dirty).toBe(true);
  after.dispose();
  expect((await opened('{"source": 1}')).state.getState().dirty).toBe(false);
});

it('is read-only for those who may not write tools, who still may run it', async () => {
  startFor(['tools:read', 'tools:run']);
  const document = await opened();
  document.change('description', 'Changed');

  expect(document.save).toBeUndefined();
  expect(draft(document).description).toBe(blankTool.description);
  await document.run();
  expect(ran).toHaveLength(1);
});

it('names every field of a draft that is wrong', () => {
  const read = readDraft({
    description: ' ',
    tags: [],
    source: '',
    input: '[]',
    output: '{}',
    sideEffect: false,
    egress: false,
    approval: 'never',
    approvalWhen: '',
    network: [],
    secrets: [],
    connections: [],
    models: [],
    questions: false,
    files: false,
    state: false,
    samples: '[]',
    timeout: '61',
    memory: 'much',
  });

  expect(read.ok ? [] : read.failure.map(({ field }) => field)).toEqual([
    'description',
    'source',
    'input',
    'timeout',
    'memory',
  ]);
});
