import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../access/roles.ts';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, decision, form, note, prompt, xml } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, decisions, documents, forms, notes, prompts, workflows } = table;

let running: Running;
let as: (roles: Role[], tenant?: string) => Promise<ApiClient>;
let designer: ApiClient;
let tenant: string;
let tenants = 0;

beforeAll(async () => {
  running = await startGateway();
});
afterAll(() => running.stop());
beforeEach(async () => {
  tenant = `documents-${tenants++}`;
  await running.store.tenants.create({ id: tenant, name: tenant, at: new Date() });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  as = async (roles, of = tenant) => apiClient(running.url, await token({ tenant: of, roles }));
  designer = await as(['designer']);
});

const refused = ({ status, error }: { status: number; error: { error_code: string; message: string } }) => [
  status,
  error.error_code,
  error.message,
];
const saveForm = (name: string, id: string) =>
  designer(forms.create, { body: { name, content: { json: JSON.stringify({ id, components: [] }) } } });
const listed = async (query = {}, by = designer) => (await by(documents.list, { query })).body;

describe('the list of documents', () => {
  it('has all kinds, by kind and name, with what others name them by and who works on them', async () => {
    await designer(notes.create, { body: { name: 'Read me first', content: note } });
    await designer(decisions.create, { body: { name: 'Discounts', content: decision } });
    const { body: approve } = await saveForm('Approve a refund', 'approve');
    await designer(prompts.create, { body: { name: 'tone', content: prompt } });
    await designer(workflows.createWorkflow, { body: { name: 'Refund', xml } });
    await designer(forms.saveDraft, {
      params: { id: approve.id },
      headers: { 'if-match': approve.hash },
      body: { base: 1, content: { json: '{' } },
    });

    const { items, total } = await listed();
    expect(total).toBe(5);
    expect(items.map(({ kind, name, defines, version }) => [kind, name, version, ...defines])).toEqual([
      ['workflow', 'Refund', 1],
      ['prompt', 'tone', 1],
      ['form', 'Approve a refund', 1, 'form/approve'],
      ['decision', 'Discounts', 1, 'decision/discount'],
      ['note', 'Read me first', 1],
    ]);
    expect(items[2]).toMatchObject({ id: approve.id, hash: approve.hash, updatedBy: approve.updatedBy });
    expect(items[2]!.draft).toMatchObject({ updatedBy: approve.updatedBy });
    expect(JSON.stringify(items)).not.toContain('Read me\\n');
  });

  it('comes in pages without gap or overlap, over the kinds', async () => {
    for (const name of ['b', 'a', 'c']) {
      await designer(notes.create, { body: { name, content: note } });
      await designer(prompts.create, { body: { name, content: prompt } });
    }
    const whole = await listed();
    const paged = [];
    for (let offset = 0; offset < 6; offset += 2) {
      const page = await listed({ limit: 2, offset });
      expect([page.items.length, page.total, page.has_more]).toEqual([2, 6, offset < 4]);
      paged.push(...page.items);
    }
    expect(paged).toEqual(whole.items);
    expect((await listed({ kinds: 'note' })).items.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(refused(await designer(documents.list, { query: { kinds: 'note,secret' } })).slice(0, 2)).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });

  it('is of what one may read, and of one’s tenant', async () => {
    const admin = await as(['admin']);
    await designer(notes.create, { body: { name: 'a', content: note } });
    await designer(agents.create, { body: { name: 'sorter', content: { ...agent, tools: [] } } });
    const { body: made } = await admin(table.apiKeys.create, {
      body: { name: 'reader', scopes: ['notes:read'] },
    });
    const reader = apiClient(running.url, undefined, { 'x-api-key': made.key });

    expect((await listed({}, reader)).items.map(({ kind }) => kind)).toEqual(['note']);
    expect((await listed({}, await as(['designer'], 'globex'))).items.map(({ name }) => name)).not.toContain(
      'a',
    );
  });
});

describe('forms', () => {
  it('are kept to the byte, whatever their text looks like', async () => {
    const json = '{\r\n\t"components": [ ],  "type":"default",\r\n "id": "odd" }';
    const { body: saved } = await designer(forms.create, { body: { name: 'Odd', content: { json } } });
    expect((await designer(forms.get, { params: { id: saved.id } })).body.content.json).toBe(json);
  });

  it.each([
    ['{"id": "a",\n "components": [}', 'Line 2: Expected a value, but found "}".'],
    ['{"id": "a"', 'Line 1: Expected a comma or }, but the text ends.'],
    [
      '{"id": "a",\n "components": [{"type": "text", "id": "x"},\n{"type": "text", "id": "x"}]}',
      "Line 3: Expected ids that are there once, but 'x' is there before",
    ],
  ])('are not saved as %j, and the place is told', async (json, message) => {
    const answer = await designer(forms.create, { body: { name: 'Wrong', content: { json } } });
    expect(refused(answer)).toEqual([400, 'VALIDATION_FAILED', message]);
  });

  it('may be a draft that is no form yet, which says where it is wrong', async () => {
    const { body: saved } = await saveForm('Draft', 'draft');
    const draft = await designer(forms.saveDraft, {
      params: { id: saved.id },
      headers: { 'if-match': saved.hash },
      body: { base: 1, content: { json: '{\n"id": 3,\n"components": []}' } },
    });
    expect(draft.body.problems).toMatchObject([{ path: ['content', 'json'], line: 2, severity: 'error' }]);
  });

  it('have an id that no other has, and keep it when they are renamed', async () => {
    const { body: first } = await saveForm('First', 'same');
    expect(refused(await saveForm('Second', 'same'))).toEqual([
      409,
      'ALREADY_EXISTS',
      "Expected a new id for the form, but 'First' has 'same' already",
    ]);
    const renamed = await designer(forms.update, {
      params: { id: first.id },
      headers: { 'if-match': first.hash },
      body: { name: 'Renamed', content: first.content },
    });
    expect([renamed.status, renamed.body?.name]).toEqual([200, 'Renamed']);
  });
});

describe('decisions', () => {
  it('are DMN documents, and no two have one id', async () => {
    await designer(decisions.create, { body: { name: 'Discounts', content: decision } });
    const other = await designer(decisions.create, { body: { name: 'Other', content: decision } });
    expect(refused(other).slice(0, 2)).toEqual([409, 'ALREADY_EXISTS']);
    const html = await designer(decisions.create, { body: { name: 'Page', content: { xml: '<html/>' } } });
    expect(refused(html).slice(0, 2)).toEqual([400, 'VALIDATION_FAILED']);
  });
});

it('refuses what a form or decision brings of bad input the way it refuses all else', async () => {
  const control = await designer(notes.create, { body: { name: 'a\u0000b', content: note } });
  expect(refused(control).slice(0, 2)).toEqual([400, 'VALIDATION_FAILED']);
  const viewer = await as(['viewer']);
  const denied = await viewer(forms.create, { body: { name: 'Mine', content: form } });
  expect(refused(denied).slice(0, 2)).toEqual([403, 'PERMISSION_DENIED']);
});

describe('a search', () => {
  const search = async (query: object, by = designer) =>
    by(documents.search, { query: query as Record<string, string> });
  const places = (hits: { name: string; line: number; column: number }[]) =>
    hits.map(({ name, line, column }) => `${name} ${line}:${column}`);
  beforeEach(async () => {
    const text = '# Plan\nAsk for the plan (now).\r\nplanned';
    await designer(notes.create, { body: { name: 'Plans', content: { text } } });
    await designer(prompts.create, { body: { name: 'tone', content: { text: 'Plan well.' } } });
  });

  it('tells each place with its line; words, case and kinds as asked', async () => {
    expect(places((await search({ text: 'plan' })).body.hits)).toEqual([
      'tone 2:7',
      'Plans 1:3',
      'Plans 2:13',
      'Plans 3:1',
    ]);
    expect(places((await search({ text: 'plan', word: 'true' })).body.hits)).not.toContain('Plans 3:1');
    expect(places((await search({ text: 'Plan', case: 'true', kinds: 'note' })).body.hits)).toEqual([
      'Plans 1:3',
    ]);
    expect((await search({ text: 'plan (now)' })).body.hits).toMatchObject([
      { preview: 'Ask for the plan (now).', previewColumn: 12, length: 10, ending: '.md', draft: false },
    ]);
    const some = (await search({ text: 'plan', limit: 2 })).body;
    expect([some.hits.length, some.complete]).toEqual([2, false]);
  });

  it('takes regular expressions that no text makes slow, and says what is wrong with others', async () => {
    expect(places((await search({ text: '^plan\\w+', regex: 'true' })).body.hits)).toEqual(['Plans 3:1']);
    const evil = await search({ text: '(a+)+$', regex: 'true' });
    expect(evil.status).toBe(200);
    const wrong = await search({ text: '(', regex: 'true' });
    expect([wrong.status, wrong.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('looks through one’s own draft in place of what is published', async () => {
    const [row] = (await listed({ kinds: 'note' })).items;
    await designer(notes.saveDraft, {
      params: { id: row!.id },
      headers: { 'if-match': row!.hash },
      body: { base: 1, content: { text: 'Something new' } },
    });
    expect((await search({ text: 'something' })).body.hits).toMatchObject([{ name: 'Plans', draft: true }]);
    expect((await search({ text: 'something' }, await as(['viewer']))).body.hits).toEqual([]);
  });

  it('finds what is named inside of documents', async () => {
    const inner = '<bpmn:userTask id="ask" name="Ask the boss"/>';
    const model = `<bpmn:definitions xmlns:bpmn="b">\n<bpmn:process id="p">\n${inner}</bpmn:process></bpmn:definitions>`;
    await designer(workflows.createWorkflow, { body: { name: 'Refund', xml: model } });
    const { body } = await designer(documents.symbols, { query: { text: 'boss' } });
    expect(body.symbols).toMatchObject([
      { document: { name: 'Refund' }, name: 'Ask the boss', type: 'User task', element: 'ask', line: 3 },
    ]);
    const named = async (text: string) =>
      (await designer(documents.symbols, { query: { text } })).body.symbols.map(({ name }) => name);
    expect(await named('BOSS ask')).toEqual(['Ask the boss']);
    expect(await named('refund  boss user')).toEqual(['Ask the boss']);
    expect(await named('boss nobody')).toEqual([]);
    expect(await named('refund')).toEqual([]);
    const all = (await designer(documents.symbols, { query: { kinds: 'note' } })).body.symbols;
    expect(all.map(({ name, type }) => [name, type])).toEqual([['Plan', 'Heading']]);
  });
});
