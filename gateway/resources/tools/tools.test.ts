import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { type ToolProblem, table } from '../../api/index.ts';
import type { ApiClient } from '../../test/apiClient.ts';
import { apiClient } from '../../test/apiClient.ts';
import { tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import { unlimited } from '../../test/twoTenants.ts';
import type { SourceProblem } from './validation.ts';

const { tools, secrets } = table;

let running: Running;
let author: ApiClient;
let admin: ApiClient;
let viewer: ApiClient;
let globex: ApiClient;
let as: (role: Role, tenant: string) => Promise<ApiClient>;
let typeProblems: SourceProblem[];
let declarations: string;

beforeAll(async () => {
  running = await startGateway({
    limits: { rates: unlimited },
    tools: {
      async run(_tenantId, { definition, version }, input) {
        const { n } = input as { n: number };
        if (n < 0)
          return {
            ok: false,
            failure: { code: 'TOOL_FAILED', message: 'Expected more, but: too few' },
            version,
          };
        return { ok: true, value: { twice: n * 2, name: definition.name }, version, logs: [] };
      },
      async typeProblems(_source, declared) {
        declarations = declared;
        return typeProblems;
      },
      builtIn: () => undefined,
      stated: (source) =>
        source.includes('STATED')
          ? {
              stated: {
                name: 'stated',
                description: 'As the source says',
                capabilities: { questions: true },
              },
              problems: source.includes('COMPUTED')
                ? [{ message: 'Expected it written out', line: 2, column: 3 }]
                : [],
            }
          : { stated: {}, problems: [] },
      testConnection: async () => ({ ok: true, message: '' }),
      conditionProblem: (condition) => (condition.includes('(') ? 'Expected ), but it ends' : undefined),
    },
  });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  as = async (role: Role, tenant: string) =>
    apiClient(
      running.url,
      await token({ sub: `${role}-${tenant}`, tenant, roles: [role], preferred_username: role }),
    );
  author = await as('author', 'acme');
  admin = await as('admin', 'acme');
  viewer = await as('viewer', 'acme');
  globex = await as('admin', 'globex');
});
afterAll(() => running.stop());
beforeEach(() => {
  typeProblems = [];
});

let count = 0;
const nothing = {
  network: [],
  secrets: [],
  connections: [],
  models: [],
  files: false,
  memory: false,
  questions: false,
};
const asking = { ...nothing, network: ['api.example.com'], secrets: ['TOKEN'], memory: true };
async function created(changes: object = {}) {
  const content = { ...tool, capabilities: asking, ...changes };
  const made = await author(tools.create, { body: { name: `tool-${count++}`, content } });
  expect(made.status).toBe(201);
  return made.body;
}

describe('what a source states of its tool', () => {
  const content = { ...tool, source: 'STATED' };

  it('goes before what the form says, in what is saved, checked and run', async () => {
    const made = await author(tools.create, { body: { name: 'stated', content } });
    expect(made.body).toMatchObject({
      content: { description: 'As the source says', capabilities: { ...nothing, questions: true } },
    });
    const { body } = await author(tools.validate, { body: { content } });
    expect(body.problems).toMatchObject([
      { code: 'NOT_GRANTED', message: expect.stringContaining('asking people') },
    ]);
  });

  it('is refused under another name, and where it cannot be read', async () => {
    const other = await author(tools.create, { body: { name: 'other', content } });
    expect([other.status, other.error]).toMatchObject([
      400,
      { message: expect.stringContaining("but it says 'stated'") },
    ]);
    const source = 'STATED COMPUTED';
    const computed = await author(tools.create, {
      body: { name: 'stated-2', content: { ...content, source } },
    });
    expect(computed.status).toBe(400);
    const { body } = await author(tools.validate, { body: { content: { ...content, source } } });
    expect(body.problems).toContainEqual(
      expect.objectContaining({ code: 'NOT_WRITTEN_OUT', line: 2, column: 3 }),
    );
  });
});

describe('what a tool is granted', () => {
  it('is nothing, until an admin grants it; its author cannot', async () => {
    const { id } = await created();
    const params = { id };
    expect((await author(tools.grants, { params })).body).toEqual({
      declared: asking,
      granted: nothing,
      missing: asking,
      grantedBy: null,
      grantedAt: null,
    });
    expect((await author(tools.setGrants, { params, body: asking })).status).toBe(403);
    expect((await admin(tools.setGrants, { params, body: asking })).body).toMatchObject({
      granted: asking,
      missing: null,
      grantedBy: 'admin',
    });
  });

  it('stays as it is when a new version asks for more', async () => {
    const { id, hash, content } = await created();
    const params = { id };
    await admin(tools.setGrants, { params, body: asking });
    const more = { ...asking, network: [...asking.network, 'evil.example.com'], files: true };
    const saved = await author(tools.update, {
      params,
      body: { content: { ...content, capabilities: more } },
      headers: { 'if-match': `"${hash}"` },
    });
    expect(saved.status).toBe(200);

    expect((await author(tools.grants, { params })).body).toMatchObject({
      granted: asking,
      missing: { ...nothing, network: ['evil.example.com'], files: true },
    });
  });

  it('is not there for another tenant, and goes with the tool', async () => {
    const { id } = await created();
    await admin(tools.setGrants, { params: { id }, body: asking });
    expect((await globex(tools.grants, { params: { id } })).status).toBe(404);
    expect((await globex(tools.setGrants, { params: { id }, body: asking })).status).toBe(404);

    await author(tools.delete, { params: { id } });
    while (await running.store.toolGrants.get('acme', id)) await new Promise((done) => setImmediate(done));
  });

  it.each(['*', 'https://api.example.com', 'api.example.com/path', ''])(
    'is no host like %j',
    async (host) => {
      const { id } = await created();
      const refused = await admin(tools.setGrants, { params: { id }, body: { network: [host] } });
      expect([refused.status, refused.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
    },
  );
});

describe('trying a tool', () => {
  it('with a content that is not saved is for those who may save it: it would run with what the tool is granted', async () => {
    const designer = await as('designer', 'acme');
    const { id, content } = await created();
    const run = { params: { id }, body: { input: { n: 2 } } };
    const unsaved = { params: { id }, body: { ...run.body, content } };

    expect((await designer(tools.run, run)).body.output).toMatchObject({ twice: 4 });
    for (const refused of [
      await designer(tools.run, unsaved),
      await designer(tools.test, { params: { id }, body: { content } }),
    ])
      expect([refused.status, refused.error.message]).toEqual([
        403,
        'Expected the permission tools:write to try a content that is not saved, but you do not have it',
      ]);
    expect((await author(tools.run, unsaved)).status).toBe(200);
  });
});

describe('secrets', () => {
  it('are kept encrypted, replaced, listed by name and never answered', async () => {
    const made = await admin(secrets.create, { body: { name: 'TOKEN', value: 'first-value' } });
    const taken = await admin(secrets.create, { body: { name: 'TOKEN', value: 'other-value' } });
    const replaced = await admin(secrets.replace, {
      params: { name: 'TOKEN' },
      body: { value: 'second-value' },
    });
    const listed = await author(secrets.list);
    expect([made.status, taken.status, replaced.status, listed.body.items.map(({ name }) => name)]).toEqual([
      201,
      409,
      200,
      ['TOKEN'],
    ]);
    expect(await running.gateway.secret('acme', 'TOKEN')).toBe('second-value');
    expect(await running.gateway.secret('globex', 'TOKEN')).toBeUndefined();
    const everywhere = [
      JSON.stringify([made, taken, replaced, listed]),
      (await running.store.secrets.sealed('acme', 'TOKEN')) ?? '',
      JSON.stringify(await running.store.tenantData.read('acme')),
      running.logLines.join('\n'),
    ].join('\n');
    expect(everywhere).not.toMatch(/first-value|second-value|other-value/);
    expect((await admin(secrets.delete, { params: { name: 'TOKEN' } })).status).toBe(204);
    expect(await running.gateway.secret('acme', 'TOKEN')).toBeUndefined();
  });

  it('are an admin’s to write; a viewer does not even see the names', async () => {
    const body = { name: 'MINE', value: 'some-value' };
    expect((await author(secrets.create, { body })).status).toBe(403);
    expect((await viewer(secrets.list)).status).toBe(403);
  });
});

describe('checking a tool while it is written', () => {
  const problemsOf = async (content: unknown, id?: string): Promise<[string, string, number?][]> => {
    const { body } = await author(tools.validate, { body: { content, ...(id && { id }) } });
    return body.problems.map(({ path, code, line }: ToolProblem) => [
      path.join('.'),
      code,
      ...(line === undefined ? [] : [line]),
    ]) as [string, string, number?][];
  };

  it('finds nothing in a tool that is right', async () => {
    expect(await problemsOf(tool)).toEqual([]);
    expect(declarations).toContain('declare function defineTool');
  });

  it('tells type errors with their place in the source', async () => {
    typeProblems = [{ severity: 'error', code: 'ts(2339)', message: 'No such property', line: 3, column: 7 }];
    expect(await problemsOf(tool)).toEqual([['content.source', 'ts(2339)', 3]]);
  });

  it('tells what is wrong with every part, whatever the others are', async () => {
    const found = await problemsOf({
      ...tool,
      description: '',
      input: { type: 'strin' },
      approval: { when: 'amount > (' },
      limits: { timeout: 1 },
    });
    expect(found.map(([path]) => path)).toEqual(
      expect.arrayContaining(['content.description', 'content.limits.timeout', 'content.approval.when']),
    );
    expect(found.some(([path, code]) => path.startsWith('content.input') && code.startsWith('schema('))).toBe(
      true,
    );
  });

  it('tells what nobody has granted, and which secrets there are not', async () => {
    const { id, content } = await created();
    expect(await problemsOf(content, id)).toEqual([
      ['content.capabilities.secrets', 'SECRET_MISSING'],
      ['content.capabilities', 'NOT_GRANTED'],
    ]);
    await admin(tools.setGrants, { params: { id }, body: asking });
    expect(await problemsOf(content, id)).toEqual([['content.capabilities.secrets', 'SECRET_MISSING']]);
  });

  it('tells a sample that the tool would refuse', async () => {
    const samples = [
      { name: 'right', input: { n: 1 } },
      { name: 'wrong', input: { n: 'one' } },
      { name: 'meant to be', input: {}, expects: { error: 'TOOL_INPUT_INVALID' } },
    ];
    const input = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    expect((await problemsOf({ ...tool, input, samples })).map(([path]) => path)).toEqual([
      'content.samples.1.input.n',
    ]);
  });

  it.each([[null], ['text'], [[]], [{ source: 7 }], [{}]])('bears %j', async (content) => {
    expect((await problemsOf(content)).length).toBeGreaterThan(0);
  });
});

describe('tests beside a tool', () => {
  it('run each sample and compare', async () => {
    const { id, name } = await created({
      samples: [
        { name: 'answers', input: { n: 1 } },
        { name: 'twice', input: { n: 2 }, expects: { output: { name: `tool-${count}`, twice: 4 } } },
        { name: 'wrong', input: { n: 2 }, expects: { output: { twice: 5 } } },
        { name: 'fails', input: { n: -1 }, expects: { error: 'too few' } },
        { name: 'fails otherwise', input: { n: -1 }, expects: { error: 'TOOL_TIMEOUT' } },
        { name: 'ought to fail', input: { n: 1 }, expects: { error: 'TOOL_FAILED' } },
      ],
    });
    const { body } = await author(tools.test, { params: { id }, body: {} });

    expect([body.passed, body.failed]).toEqual([3, 3]);
    expect(body.results.map(({ name: sample, passed, message }) => [sample, passed, message])).toEqual([
      ['answers', true, undefined],
      ['twice', true, undefined],
      ['wrong', false, `Expected {"twice":5}, but it answered {"twice":4,"name":"${name}"}`],
      ['fails', true, undefined],
      [
        'fails otherwise',
        false,
        'Expected the failure TOOL_TIMEOUT, but it was TOOL_FAILED: Expected more, but: too few',
      ],
      ['ought to fail', false, 'Expected the failure TOOL_FAILED, but it answered'],
    ]);
  });
});
