import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { type DocumentFile, type FileImport, table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, decision, form, note, policy, prompt, task, tool, xml } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, decisions, documents, forms, notes, policies, prompts, tasks, tools, workflows } = table;

let running: Running;
let as: (roles: Role[], tenant?: string) => Promise<ApiClient>;
let owner: ApiClient;
let tenant: string;
let tenants = 0;

beforeAll(async () => {
  running = await startGateway();
});
afterAll(() => running.stop());

async function newTenant(): Promise<string> {
  const id = `transfer-${tenants++}`;
  await running.store.tenants.create({ id, name: id, at: new Date() });
  return id;
}
beforeEach(async () => {
  tenant = await newTenant();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  as = async (roles, of = tenant) => apiClient(running.url, await token({ tenant: of, roles }));
  owner = await as(['owner']);
});

const saveFile = (files: DocumentFile[], more: Partial<FileImport> = {}, by = owner) =>
  by(documents.importFiles, { body: { files, ...more } });
const exported = async (query = {}, by = owner) => (await by(documents.exportFiles, { query })).body.files;
const told = (files: { path: string; action: string; version?: number | undefined }[]) =>
  files.map(({ path, action, version }) => [path, action, ...(version ? [version] : [])]);

async function everything(): Promise<void> {
  const named = (name: string, content: unknown) => ({ body: { name, content } });
  await owner(policies.create, named('no-secrets', policy));
  await owner(prompts.create, named('tone', prompt));
  await owner(prompts.create, named('about', { text: 'We.\n{{> tone}}' }));
  await owner(tasks.create, named('sort', task));
  await owner(tools.create, named('lookup', tool));
  const sorter = {
    ...agent,
    systemPrompt: '{{> about}}',
    guardrails: 'no-secrets',
    tools: ['lookup'],
    response: 'sort',
  };
  expect((await owner(agents.create, named('sorter', sorter))).status).toBe(201);
  await owner(forms.create, named('Approve: yes/no?', form));
  await owner(decisions.create, named('Discounts', decision));
  await owner(notes.create, named('Read me', note));
  await owner(notes.create, named('read me', { text: 'small' }));
  const startForm = { schema: { type: 'object' }, example: { a: 1 } };
  await owner(workflows.createWorkflow, { body: { name: 'Order', xml: `${xml}\r\n`, startForm } });
}

describe('an export', () => {
  it('is a folder of files by kind, sorted, with names that every system takes', async () => {
    await everything();
    const files = await exported();
    expect(files.map(({ path }) => path)).toEqual([
      'agents/sorter.agent.yaml',
      'baton.json',
      'decisions/Discounts.dmn',
      'forms/Approve_ yes_no_.form',
      'notes/Read me.md',
      expect.stringMatching(/^notes\/read me~[\da-f]{8}\.md$/),
      'policies/no-secrets.policy.yaml',
      'prompts/about.prompt.yaml',
      'prompts/tone.prompt.yaml',
      'tasks/sort.task.json',
      'tools/lookup.tool.json',
      'tools/lookup.tool.ts',
      'workflows/Order.bpmn',
      'workflows/Order.start.json',
    ]);
    expect(files.find(({ path }) => path.endsWith('.bpmn'))?.text).toBe(`${xml}\n`);
  });

  it('imported by another tenant and exported there is the same to the byte', async () => {
    await everything();
    const files = await exported();
    const other = await newTenant();
    const there = await as(['owner'], other);
    const { body } = await saveFile(files, {}, there);
    expect(body.files.flatMap(({ problems }) => problems)).toEqual([]);
    expect(new Set(body.files.map(({ action }) => action))).toEqual(new Set(['created', 'ignored']));
    expect(await exported({}, there)).toEqual(files);

    const again = await saveFile(files, {}, there);
    expect(new Set(again.body.files.map(({ action }) => action))).toEqual(new Set(['unchanged', 'ignored']));
  });

  it('is of those that are asked for, and of what one may read', async () => {
    await everything();
    const [first] = (await owner(documents.list, { query: { kinds: 'decision' } })).body.items;
    expect((await exported({ ids: first!.id })).map(({ path }) => path)).toEqual([
      'baton.json',
      'decisions/Discounts.dmn',
    ]);
    expect((await exported({ kinds: 'task' })).map(({ path }) => path)).toEqual([
      'baton.json',
      'tasks/sort.task.json',
    ]);
    const foreign = await as(['owner'], await newTenant());
    const refused = await foreign(documents.exportFiles, { query: { ids: first!.id } });
    expect([refused.status, refused.error.error_code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('an import', () => {
  const file = (text: string, path = 'notes/Plan.md') => ({ path, text });

  it('of what is there with another content does what is asked, for all or for one file', async () => {
    await saveFile([file('one')]);
    const failed = (await saveFile([file('two')])).body.files[0]!;
    expect(failed).toMatchObject({ action: 'refused', clash: true, problems: [{ code: 'ALREADY_EXISTS' }] });
    const act = async (onClash: FileImport['onClash'], choices = {}) =>
      (await saveFile([file(onClash)], { onClash, choices })).body.files.map(({ action, name, version }) => [
        action,
        name,
        version,
      ]);
    expect(await act('skip')).toEqual([['skipped', 'Plan', 1]]);
    expect(await act('newVersion')).toEqual([['newVersion', 'Plan', 2]]);
    expect(await act('rename')).toEqual([['created', 'Plan 2', 1]]);
    expect(await act('fail', { 'notes/Plan.md': 'newVersion' })).toEqual([['newVersion', 'Plan', 3]]);
  });

  it('tells beforehand what it would do, and saves nothing', async () => {
    await saveFile([file('one')]);
    const body = {
      files: [file('two'), file('new', 'notes/New.md'), file('x', 'x.exe')],
      onClash: 'newVersion',
    };
    const before = await exported();
    const checked = await owner(documents.checkFiles, { body });
    expect(told(checked.body.files)).toEqual([
      ['notes/New.md', 'created'],
      ['notes/Plan.md', 'newVersion', 1],
      ['x.exe', 'refused'],
    ]);
    expect(await exported()).toEqual(before);
  });

  it('saves each file whole or not at all, and says at which line one is wrong', async () => {
    const { body } = await saveFile([
      file('fine'),
      file('{\n"id": "a",\n"components": 1}', 'forms/A.form'),
      file('{\n"id": "b"', 'forms/B.form'),
      file('<html/>', 'decisions/page.dmn'),
      file('model: one\nsystemPrompt: x', 'agents/a.agent.yaml'),
    ]);
    expect(body.files.map(({ path, action, problems }) => [path, action, problems[0]?.line])).toEqual([
      ['agents/a.agent.yaml', 'refused', 1],
      ['decisions/page.dmn', 'refused', undefined],
      ['forms/A.form', 'refused', 3],
      ['forms/B.form', 'refused', 2],
      ['notes/Plan.md', 'created', undefined],
    ]);
  });

  it('takes a form whose id is known for the next version of that form, whatever its file is called', async () => {
    const json = (label: string) => JSON.stringify({ id: 'approve', components: [{ type: 'text', label }] });
    await saveFile([file(json('a'), 'Approve.form')]);
    const { body } = await saveFile([file(json('b'), 'download (1).form')], { onClash: 'newVersion' });
    expect(body.files[0]).toMatchObject({ action: 'newVersion', name: 'Approve', version: 2 });
  });

  it('leaves kinds alone that one may not write', async () => {
    const { body } = await saveFile(
      [file('a'), file('text: a', 'prompts/a.prompt.yaml')],
      {},
      await as(['author']),
    );
    expect(told(body.files)).toEqual([
      ['notes/Plan.md', 'created', 1],
      ['prompts/a.prompt.yaml', 'refused'],
    ]);
  });

  it('stops at the quotas of the tenant, file by file', async () => {
    const limited = await owner(table.quotas.updateQuotas, { body: { own: { workflows: 1 } } });
    expect(limited.status).toBe(200);
    const { body } = await saveFile([
      file(xml, 'a.bpmn'),
      file(xml.replace('id="p"', 'id="q"'), 'b.bpmn'),
      file('note'),
    ]);
    expect(body.files.map(({ action, problems }) => [action, problems[0]?.code])).toEqual([
      ['created', undefined],
      ['refused', 'QUOTA_EXCEEDED'],
      ['created', undefined],
    ]);
  });
});

describe('a check', () => {
  const json = (value: unknown) => JSON.stringify(value);
  const { source, ...toolDefinition } = tool;
  const aTool = (name: string, definition: object = {}): DocumentFile[] => [
    { path: `${name}.tool.ts`, text: source },
    { path: `${name}.tool.json`, text: json({ ...toolDefinition, ...definition }) },
  ];
  const anAgent = (name: string, content: object = {}): DocumentFile[] => [
    { path: `${name}.agent.yaml`, text: json({ ...agent, ...content }) },
  ];
  const aForm = (id: string, label: string) => json({ id, components: [{ type: 'text', label }] });
  const one = (path: string, text: string): DocumentFile[] => [{ path, text }];

  const documentsAsFiles: DocumentFile[][] = [
    one('a.bpmn', xml),
    one('other/a.bpmn', xml.replace('"p"', '"q"')),
    one('broken.bpmn', '<a'),
    anAgent('alone'),
    anAgent('naming', {
      tools: ['lookup'],
      systemPrompt: '{{> about}}',
      guardrails: 'safe',
      response: 'sort',
    }),
    anAgent('naming-broken-ones', { tools: ['unchecked'] }),
    anAgent('naming-nothing', { tools: ['nowhere'] }),
    anAgent('of-nobody', { provider: 'nobody' }),
    anAgent('shapeless', { response: { type: 'nonsense' } }),
    one('broken.agent.yaml', 'model: ['),
    aTool('lookup'),
    aTool('unchecked', { input: { type: 'nonsense' } }),
    one('sort.task.json', json(task)),
    one('broken.task.json', json({ responseSchema: { type: 'nonsense' } })),
    one('about.prompt.yaml', 'text: "{{> tone}}"'),
    one('tone.prompt.yaml', 'text: Brief.'),
    one('hen.prompt.yaml', 'text: "{{> egg}}"'),
    one('egg.prompt.yaml', 'text: "{{> hen}}"'),
    one('itself.prompt.yaml', 'text: "{{> itself}}"'),
    one('safe.policy.yaml', json(policy)),
    one('broken.policy.yaml', 'kind: none'),
    one('A.form', aForm('a', 'a')),
    one('B.form', aForm('a', 'b')),
    one('broken.form', '{'),
    one('A.dmn', decision.xml),
    one('B.dmn', decision.xml.replace('Discount', 'Rebate')),
    one('broken.dmn', '<a'),
    one('Note.md', 'one'),
    one('more/Note.md', 'two'),
    one('x.exe', 'x'),
  ];
  const changedBy = (file: DocumentFile, changed: boolean) =>
    changed && file.path.endsWith('.md') ? { ...file, text: `${file.text} more` } : file;

  it('tells of every file what the import does with it', { timeout: 60_000 }, async () => {
    const imports = fc.array(
      fc.record({
        files: fc.shuffledSubarray(documentsAsFiles, { minLength: 1 }).map((chosen) => chosen.flat()),
        onClash: fc.constantFrom('fail', 'skip', 'newVersion', 'rename'),
        changed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    );
    const token = await tokenMaker(running.store, running.gateway.issuer);
    const all = { files: documentsAsFiles.flat(), onClash: 'fail', changed: false } as const;
    await fc.assert(
      fc.asyncProperty(imports, fc.option(fc.integer({ min: 0, max: 2 })), async (each, mostTools) => {
        const by = apiClient(running.url, await token({ tenant: await newTenant(), roles: ['owner'] }));
        if (mostTools !== null) {
          const own = { tools: mostTools, workflows: mostTools };
          await by(table.quotas.updateQuotas, { body: { own } });
        }
        for (const { files, onClash, changed } of each) {
          const body = { files: files.map((file) => changedBy(file, changed)), onClash };
          const before = await exported({}, by);
          const checked = await by(documents.checkFiles, { body });
          expect(await exported({}, by)).toEqual(before);
          const done = await by(documents.importFiles, { body });
          const outcome = (told: Pick<typeof checked, 'body'> | Pick<typeof done, 'body'>) =>
            told.body.files.map(({ path, name, action, clash, problems }) => ({
              path,
              name,
              action,
              clash,
              problems,
            }));
          expect(outcome(checked)).toEqual(outcome(done));
        }
      }),
      {
        numRuns: 12,
        examples: [
          [[all], null],
          [documentsAsFiles.map((files) => ({ ...all, files })), null],
        ],
      },
    );
  });

  it('tells of what is broken that it is refused, and does not offer a new version of it', async () => {
    await saveFile([{ path: 'A.form', text: aForm('a', 'a') }]);
    const body = { files: documentsAsFiles.flat().filter(({ path }) => path.startsWith('broken')) };
    const broken = (await owner(documents.checkFiles, { body })).body.files;
    expect(broken.map(({ path, action }) => `${path} ${action}`)).toEqual(
      body.files.map(({ path }) => `${path} refused`).sort(),
    );
    const [clashing] = (await owner(documents.checkFiles, { body: { files: one('A.form', '{') } })).body
      .files;
    expect(clashing).toMatchObject({ action: 'refused', problems: [{ code: 'VALIDATION_FAILED' }] });
    expect(clashing?.clash).toBeUndefined();
  });
});
