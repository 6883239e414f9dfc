import { ok } from '@baton/engine/protocol';
import { createApi } from '@baton/gateway/api';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from './command.ts';
import { complete } from './complete.ts';
import { plain } from './paint.ts';
import { runCommand } from './runCommand.ts';
import { commands } from './table.ts';
import { quoted, splitLine } from './words.ts';

const page = { total: 1, limit: 50, offset: 0, has_more: false };
const order = {
  id: 'w-1',
  name: 'Order one',
  kind: 'workflow',
  bpmnProcessId: 'order',
  version: 2,
  hash: 'h',
};
const run = {
  key: '17',
  bpmnProcessId: 'order',
  version: 2,
  state: 'ACTIVE',
  incidents: 0,
  startedAt: '2026-01-02T03:04:05Z',
};
const record = (intent: string, elementId: string, valueType = 'PROCESS_INSTANCE') => ({
  position: 1,
  timestamp: '2026-01-02T03:04:05.678Z',
  recordType: 'EVENT',
  valueType,
  intent,
  key: '9',
  elementId,
  value: { elementId, bpmnElementType: 'USER_TASK' },
});

type Answers = { [asked: string]: unknown };
const standard: Answers = {
  'GET /workflows': { ...page, items: [order] },
  'GET /documents': { ...page, items: [order] },
  'GET /workflows/w-1': { ...order, xml: '<definitions/>', draft: null },
  'GET /instances': { ...page, items: [run] },
};

/** A command line against a server that answers this, file by file; what it wrote and asked. */
async function baton(
  line: string,
  {
    answers = {} as Answers,
    files = {} as { [path: string]: string },
    person = false,
    signal = new AbortController().signal,
    changes = (_changed: () => void) => {},
  } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const words = splitLine(line);
  if (!words.ok) throw new Error(words.failure);
  const missing = (path: string) => ({
    ok: false as const,
    failure: { message: `Expected a file at ${path}, but there is none` },
  });
  const context: Omit<CommandContext, 'format'> = {
    api: createApi({
      base: '',
      token: async () => 'token',
      async fetch(url, { method, body }) {
        asked.push(`${method} ${url}${body ? ` ${body}` : ''}`);
        const path = `${method} ${url.split('?')[0]}`;
        const all: Answers = { ...standard, ...answers };
        const answer = typeof all[path] === 'function' ? (all[path] as () => unknown)() : all[path];
        if (answer !== undefined) return new Response(JSON.stringify(answer));
        const refusal = {
          error_code: 'NOT_FOUND',
          message: 'Expected it to be there, but it is not',
          request_id: 'req-7',
        };
        return new Response(JSON.stringify(refusal), { status: 404 });
      },
    }),
    signIn: { server: 'https://baton.example' } as CommandContext['signIn'],
    files: {
      read: async (path) => (path in files ? ok(files[path] as string) : missing(path)),
      write: async () => ok(undefined),
      list: async (path) => {
        const found = Object.keys(files).filter((one) => one === path || one.startsWith(`${path}/`));
        return found.length > 0 ? ok(found.sort()) : missing(path);
      },
      entries: async () => Object.keys(files).map((name) => ({ name, folder: false })),
    },
    input: { text: async () => ok('{"piped":true}'), ask: async () => ok('') },
    output: { data: (text) => out.push(text), say: (text) => err.push(text), person, paint: plain },
    open: async (hash) => `https://baton.example/${hash}`,
    feel: async (expression) =>
      expression.endsWith('+')
        ? { ok: false, failure: { message: 'Expected an operand', offset: 3 } }
        : ok({ value: 3, warnings: [{ code: 'NO_VARIABLE_FOUND', message: 'No x' }] }),
    linters: {
      '.bpmn': async (xml) =>
        ok(
          xml.includes('broken')
            ? [{ severity: 'error', code: 'x', message: 'Broken', elementId: 'task', line: 3, column: 2 }]
            : [],
        ),
    },
    watch(_topic, changed) {
      changes(changed);
      return () => {};
    },
    now: () => 0,
    signal,
    version: '1.2.3',
  };
  const code = await runCommand({ commands, words: words.value, context });
  return { code, out: out.join('\n'), err: err.join('\n'), asked };
}

describe('the table of commands', () => {
  it('says of each what it does, with an example that begins with it', () => {
    for (const { name, summary, examples } of commands) {
      expect(summary, name).not.toMatch(/\.$/);
      expect(
        examples.some(({ line }) => line.includes(`baton ${name}`)),
        name,
      ).toBe(true);
    }
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });

  it.each(commands.map(({ name }) => name))(
    '%s --help goes to standard output and needs no server',
    async (name) => {
      const { code, out, err, asked } = await baton(`${name} --help`);
      expect({ code, err, asked }).toEqual({ code: 0, err: '', asked: [] });
      expect(out).toContain(`Usage: baton ${name}`);
      expect(out).toContain('Examples');
    },
  );

  it('what is called wrongly ends with 2, says what was expected, and asks nothing', async () => {
    expect(await baton('lst')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining("Is it 'list'?"),
    });
    expect(await baton('feel')).toMatchObject({ code: 2, err: expect.stringContaining('feel evaluate') });
    expect(await baton('feel evalute 1')).toMatchObject({
      code: 2,
      err: expect.stringContaining("'baton feel evaluate'"),
    });
    expect(await baton('list runs --limt 3')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Is it --limit?'),
    });
    expect(await baton('list')).toMatchObject({ code: 2, err: expect.stringContaining('Expected <kind>') });
    expect(await baton('list runs -n many')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--limit with a number'),
    });
    expect(await baton('list rnus')).toMatchObject({ code: 2, err: expect.stringContaining('Is it runs?') });
    expect(await baton('get agent')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Expected <name>'),
    });
    expect(await baton('list runs -o xml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('text, json, yaml, name'),
    });
    expect(await baton('list runs -w state')).toMatchObject({
      code: 2,
      err: expect.stringContaining('state=…'),
    });
    expect((await baton('complete order')).asked).toEqual([]);
  });
});

describe('lists', () => {
  it('are tables for a person, and tabs, JSON, YAML or names for programs', async () => {
    expect((await baton('list runs', { person: true })).out).toBe(
      'RUN  PROCESS  VERSION  STATE   INCIDENTS  STARTED           ENDED\n17   order          2  ACTIVE          0  2026-01-02 03:04  ',
    );
    expect((await baton('list runs')).out).toBe('17\torder\t2\tACTIVE\t0\t2026-01-02T03:04:05Z\t');
    expect(JSON.parse((await baton('list runs -o json')).out)).toEqual([run]);
    expect((await baton('list runs -o yaml')).out).toContain('- key: "17"');
    expect((await baton('list workflows -oname')).out).toBe('Order one');
  });

  it('ask for what was asked, and no more', async () => {
    expect((await baton('list runs --where state=ACTIVE -n 7')).asked).toEqual([
      'GET /instances?state=ACTIVE&limit=7&offset=0',
    ]);
  });

  it('a thing is found by its name, and what is not there is said with the request', async () => {
    expect((await baton("get workflow 'Order one' --content")).out).toBe('<definitions/>');
    expect(await baton('get workflow nothing')).toMatchObject({
      code: 3,
      out: '',
      err: "NOT_FOUND: Expected a workflow 'nothing', but there is none\nRequest req-7",
    });
  });
});

describe('runs', () => {
  const deployment = {
    key: '1',
    workflowId: 'w-1',
    workflowVersion: 2,
    processes: [{ processDefinitionKey: '5', bpmnProcessId: 'order', version: 2, duplicate: true }],
  };
  const started = { key: '17', processDefinitionKey: '5', bpmnProcessId: 'order', version: 2 };
  const variables = {
    items: [
      { name: 'amount', value: 7, scopeKey: '17', scopeElementId: 'order' },
      { name: 'inner', value: 1, scopeKey: '18', scopeElementId: 'check' },
    ],
  };

  it('are followed until their end: what happens on standard error, the variables as data', async () => {
    const states = ['ACTIVE', 'ACTIVE', 'COMPLETED'];
    const told = [
      [record('ELEMENT_ACTIVATED', 'check'), record('CREATED', 'check', 'USER_TASK')],
      [],
      [record('ELEMENT_COMPLETED', 'check')],
    ];
    const { code, out, err, asked } = await baton("run 'Order one' --var amount=7 --var name=Ada --json", {
      answers: {
        'POST /deployments': deployment,
        'POST /instances': started,
        'GET /instances/17': () => ({ ...run, state: states.shift() }),
        'GET /instances/17/history': () => ({ ...page, items: told.shift() }),
        'GET /instances/17/variables': variables,
      },
      changes(changed) {
        const again = () => {
          changed();
          if (states.length > 0) setImmediate(again);
        };
        setImmediate(again);
      },
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ key: '17', state: 'COMPLETED', variables: { amount: 7 } });
    expect(err).toContain('○ check waits for a person: 9');
    expect(err).toContain('✓ check user task');
    expect(asked).toContain(
      'POST /instances {"processDefinitionKey":"5","variables":{"amount":7,"name":"Ada"}}',
    );
  });

  it('end with 1 where an incident stopped them', async () => {
    const stopped = { ...run, incidents: 1 };
    expect(
      await baton('start order --wait', {
        answers: {
          'POST /instances': started,
          'GET /instances/17': stopped,
          'GET /instances/17/history': { ...page, items: [] },
        },
      }),
    ).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('baton list incidents --where run=17'),
    });
  });

  it('go on when somebody looks away by Ctrl+C', async () => {
    const looking = new AbortController();
    expect(
      await baton('log 17 -f', {
        answers: {
          'GET /instances/17': run,
          'GET /instances/17/history': { ...page, items: [record('ELEMENT_ACTIVATED', 'check')] },
        },
        signal: looking.signal,
        changes: () => setImmediate(() => looking.abort()),
      }),
    ).toMatchObject({ code: 130, out: '2026-01-02T03:04:05.678Z → check user task' });
  });

  it('take variables from a file or standard input', async () => {
    const answers = { 'POST /instances': started };
    expect((await baton('start order --vars - --var more=[1]', { answers })).asked[0]).toContain(
      '{"piped":true,"more":[1]}',
    );
    expect(await baton('start order --vars v.json', { answers, files: { 'v.json': '[1]' } })).toMatchObject({
      code: 3,
      err: 'Expected a JSON object in v.json, but it is something else',
    });
    expect(await baton('start order --var x', { answers })).toMatchObject({ code: 2 });
  });

  it('a file with errors is neither saved nor deployed', async () => {
    const { code, err, asked } = await baton('deploy order.bpmn', { files: { 'order.bpmn': 'broken' } });
    expect({ code, err, asked }).toEqual({
      code: 3,
      err: 'Expected order.bpmn to be ready to run, but it has problems\n  line 3: task: Broken',
      asked: [],
    });
  });
});

describe('files', () => {
  it('are checked with the line of each problem, and without a server', async () => {
    const files = {
      'all/a.bpmn': 'broken',
      'all/b.agent.yaml': 'provider: p\nmodel: 3\nsystemPrompt: Be brief.\n',
      'all/c.prompt.yaml': 'text: "unclosed\n',
      'all/d.txt': 'other',
    };
    const { code, out, err, asked } = await baton('lint all', { files });
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(out.split('\n').map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'all/a.bpmn:3:2: error task:',
      'all/b.agent.yaml:2:8: error model:',
      expect.stringMatching(/^all\/c\.prompt\.yaml:\d+:\d+: error/),
    ]);
    expect(err).toContain('3 files');
    expect(await baton('lint a.bpmn', { files: { 'a.bpmn': 'fine' } })).toMatchObject({ code: 0, out: '' });
    expect(await baton('lint a.txt', { files: { 'a.txt': '' } })).toMatchObject({ code: 3 });
  });
});

describe('searching', () => {
  const row = { ...order, kind: 'workflow', updatedAt: '', updatedBy: 'dana', defines: [] };
  const hit = {
    kind: 'tool',
    id: 't-1',
    name: 'lookup',
    ending: '.tool.ts',
    draft: false,
    line: 3,
    column: 7,
    length: 5,
    preview: '  const order = 1;',
    previewColumn: 8,
  };
  const answers = {
    'GET /documents': { ...page, items: [row, { ...row, id: 'w-2', name: 'Refund' }] },
    'GET /documents/search': { hits: [hit], documents: 1, complete: true },
  };

  it('finds names first, then places in contents', async () => {
    const { code, out } = await baton('search order', { answers });
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'workflow Order one 2 dana',
      'lookup.tool.ts:3:7: const order = 1;',
    ]);
    expect((await baton('search order -o name', { answers })).out).toBe('Order one\nlookup');
  });

  it('finds names alone where that is asked for', async () => {
    const { out, asked } = await baton('search order --names -o name', { answers });
    expect(out).toBe('Order one');
    expect(JSON.stringify(asked)).not.toContain('/documents/search');
  });
});

describe('FEEL', () => {
  it('is evaluated: the value is the data, warnings and the place of an error are not', async () => {
    expect(await baton("feel evaluate '= 1 + x'")).toMatchObject({
      code: 0,
      out: '3',
      err: 'NO_VARIABLE_FOUND: No x',
    });
    expect(await baton("feel evaluate '1 +'")).toMatchObject({
      code: 1,
      out: '',
      err: 'Expected an operand\n  1 +\n     ^',
    });
  });
});

describe('completion', () => {
  const sources = {
    files: {
      entries: async () => [
        { name: 'order.bpmn', folder: false },
        { name: 'old', folder: true },
      ],
    } as never,
    api: { call: async () => ok({ ...page, items: [order] }) } as never,
  };
  const found = async (before: string[], current: string) =>
    (await complete(commands, before, current, sources)).map(({ text }) => text);

  it('knows commands, options, their values, kinds, names and files', async () => {
    expect(await found([], 'pub')).toEqual(['publish']);
    expect(await found(['publish'], '')).toEqual(['message', 'draft']);
    expect(await found(['list', 'runs'], '--w')).toEqual(['--where']);
    expect(await found(['list', 'runs', '-o'], 'j')).toEqual(['json']);
    expect(await found(['list'], 'user')).toEqual(['user-tasks', 'users']);
    expect(await found(['get', '--content', 'workflow'], 'or')).toEqual(['Order one']);
    expect(await found(['lint'], 'o')).toEqual(['order.bpmn', 'old/']);
    expect(await found(['nothing'], '')).toEqual([]);
  });

  it.each(['bash', 'zsh', 'fish'])('writes a script for %s that asks the program', async (shell) => {
    expect((await baton(`completion ${shell}`)).out).toContain('baton __complete');
  });
});

it.each(['plain', 'two words', "it's", '"said"', 'a\\b', '$HOME', '', 'ünï'])(
  '%j is read back as it was quoted',
  (word) => {
    expect(splitLine(`baton ${quoted(word)}`)).toEqual(ok(['baton', word]));
  },
);
