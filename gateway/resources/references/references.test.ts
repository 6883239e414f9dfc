import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, policy, prompt, task, tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, tools, prompts, providers } = table;

let running: Running;
let acme: ApiClient;
let count = 0;
const unique = (what: string) => `${what}-${++count}`;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(running.url, await token({ roles: ['admin'] }));
});
afterAll(() => running.stop());

type Kind = 'tools' | 'prompts' | 'policies' | 'tasks';
const contents = { tools: tool, prompts: prompt, policies: policy, tasks: task };
const create = async (kind: Kind, name = unique(kind)) => {
  const made = await acme(table[kind].create, { body: { name, content: contents[kind] } });
  expect(made.status).toBe(201);
  return { id: made.body.id, name };
};
const saveAgent = (changes: object, name = unique('agent')) =>
  acme(agents.create, { body: { name, content: { ...agent, ...changes } } });
/** Every way an agent names something. */
const naming = {
  tools: (name: string) => ({ tools: [name] }),
  prompts: (name: string) => ({ systemPrompt: `Sort.\n{{> ${name}}}` }),
  policies: (name: string) => ({ guardrails: name }),
  tasks: (name: string) => ({ response: name }),
} satisfies { [K in Kind]: (name: string) => object };
const kinds = Object.keys(naming) as Kind[];
const refused = ({ status, error }: { status: number; error: { error_code: string } }) => [
  status,
  error.error_code,
];

describe('an agent that names what is not there', () => {
  it('is refused with everything that is missing, at once', async () => {
    const { name } = await create('tools');
    const saved = await saveAgent({
      tools: ['gone-1', name, 'gone-2'],
      guardrails: 'gone-3',
      response: 'gone-4',
      systemPrompt: '{{> gone-5}}',
      userPrompt: '{{> gone-6@production}}',
    });
    expect(saved.error).toMatchObject({
      error_code: 'REFERENCE_MISSING',
      message: expect.stringMatching(
        /^Expected what the agent names to be there, but there is no tool 'gone-1', /,
      ),
      details: {
        missing: [
          { kind: 'tool', name: 'gone-1' },
          { kind: 'tool', name: 'gone-2' },
          { kind: 'policy', name: 'gone-3' },
          { kind: 'task', name: 'gone-4' },
          { kind: 'prompt', name: 'gone-5' },
          { kind: 'prompt', name: 'gone-6@production' },
        ],
      },
    });
    expect(saved.status).toBe(409);
  });

  it('cannot be published, nor go back to a version whose tool is gone; what is there stays', async () => {
    const { id: toolId, name } = await create('tools');
    const first = (await saveAgent({ tools: [name] })).body;
    const params = { id: first.id };
    const ifMatch = (hash: string) => ({ 'if-match': `"${hash}"` });
    const second = await acme(agents.update, {
      params,
      body: { content: agent },
      headers: ifMatch(first.hash),
    });
    expect((await acme(tools.delete, { params: { id: toolId } })).status).toBe(204);

    const restored = await acme(agents.restore, {
      params,
      body: { version: 1 },
      headers: ifMatch(second.body.hash),
    });
    expect(restored.error).toMatchObject({
      error_code: 'REFERENCE_MISSING',
      details: { missing: [{ kind: 'tool', name }] },
    });
    const draft = await acme(agents.saveDraft, {
      params,
      body: { base: 2, content: { ...agent, tools: [name] } },
      headers: ifMatch(second.body.hash),
    });
    const published = await acme(agents.publish, { params, body: {}, headers: ifMatch(draft.body.hash) });
    expect(refused(published)).toEqual([409, 'REFERENCE_MISSING']);
    expect((await acme(agents.get, { params })).body).toMatchObject({ version: 2, content: { tools: [] } });
  });

  it('is refused for a provider that is unknown or deleted', async () => {
    const name = unique('provider');
    const { id } = (await acme(providers.create, { body: { name, type: 'mock' } })).body;
    expect((await saveAgent({ provider: name })).status).toBe(201);
    await acme(providers.delete, { params: { id } });
    expect(refused(await saveAgent({ provider: name }))).toEqual([409, 'INVALID_STATE']);
    expect(refused(await saveAgent({ provider: 'nobody' }))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('what an agent names', () => {
  it.each(kinds)('of %s keeps its name, and stays, until nothing names it', async (kind) => {
    const { id, name } = await create(kind);
    const user = (await saveAgent(naming[kind](name))).body;
    const params = { id };
    const rename = () =>
      acme(table[kind].update, {
        params,
        body: { name: unique('renamed'), content: contents[kind] },
        headers: { 'if-match': '*' },
      });
    expect([refused(await acme(table[kind].delete, { params })), refused(await rename())]).toEqual([
      [409, 'IN_USE'],
      [409, 'IN_USE'],
    ]);
    const edited = await acme(table[kind].update, {
      params,
      body: { content: { ...contents[kind], description: 'Better' } },
      headers: { 'if-match': '*' },
    });
    expect(edited.status).toBe(200);

    await acme(agents.delete, { params: { id: user.id } });
    expect((await rename()).status).toBe(200);
    expect((await acme(table[kind].delete, { params })).status).toBe(204);
  });

  it('is not kept by an agent of another tenant', async () => {
    const token = await tokenMaker(running.store, running.gateway.issuer);
    const globex = apiClient(running.url, await token({ tenant: 'globex', roles: ['admin'] }));
    const { id, name } = await create('tools');
    expect(
      refused(
        await globex(agents.create, {
          body: { name: unique('agent'), content: { ...agent, tools: [name] } },
        }),
      ),
    ).toEqual([409, 'REFERENCE_MISSING']);
    expect((await acme(tools.delete, { params: { id } })).status).toBe(204);
  });
});

describe('prompts', () => {
  it('include each other, but never in a circle', async () => {
    const inner = await create('prompts');
    const outer = (
      await acme(prompts.create, {
        body: { name: unique('prompts'), content: { text: `{{> ${inner.name}}}` } },
      })
    ).body;
    const circle = await acme(prompts.update, {
      params: { id: inner.id },
      body: { content: { text: `{{> ${outer.name}}}` } },
      headers: { 'if-match': '*' },
    });
    expect(circle.error).toMatchObject({
      error_code: 'INVALID_STATE',
      message: `Expected prompts that come to an end, but ${inner.name} includes ${outer.name} includes ${inner.name}`,
    });
    expect(refused(await acme(prompts.delete, { params: { id: inner.id } }))).toEqual([409, 'IN_USE']);
  });

  it('are named by a label only while it is there', async () => {
    const { id, name } = await create('prompts');
    const wish = { systemPrompt: `{{> ${name}@production}}` };
    expect(refused(await saveAgent(wish))).toEqual([409, 'REFERENCE_MISSING']);
    await acme(prompts.setLabel, { params: { id, label: 'production' }, body: { version: 1 } });
    expect((await saveAgent(wish)).status).toBe(201);
  });
});

describe('at the same moment', () => {
  it.each(kinds)(
    'one of %s is deleted or renamed and an agent that names it is saved: never both',
    async (kind) => {
      const outcomes = new Set<string>();
      for (let round = 0; round < 12; round++) {
        const { id, name } = await create(kind);
        const other = (await saveAgent({})).body;
        const away = () =>
          round % 2 === 0
            ? acme(table[kind].delete, { params: { id } })
            : acme(table[kind].update, {
                params: { id },
                body: { name: unique('renamed'), content: contents[kind] },
                headers: { 'if-match': '*' },
              });
        const [gone, created, updated] = await Promise.all([
          away(),
          saveAgent(naming[kind](name)),
          acme(agents.update, {
            params: { id: other.id },
            body: { content: { ...agent, ...naming[kind](name) } },
            headers: { 'if-match': '*' },
          }),
        ]);
        for (const answer of [gone, created, updated])
          if (answer.status >= 400)
            expect(['IN_USE', 'REFERENCE_MISSING']).toContain(answer.error.error_code);
        const isGone = gone.status < 400;
        const isNamed = created.status < 400 || updated.status < 400;
        outcomes.add(`${isGone ? 'gone' : 'there'} and ${isNamed ? 'named' : 'not named'}`);
      }
      expect(outcomes).not.toContain('gone and named');
    },
  );
});

describe('a workflow that names an agent, a tool or a task', () => {
  const { workflows, toolCatalog } = table;
  const calling = (type: string, headers: { [key: string]: string }) =>
    `<definitions xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="p" isExecutable="true"><serviceTask id="t">
    <extensionElements><zeebe:taskDefinition type="${type}"/><zeebe:taskHeaders>${Object.entries(headers)
      .map(([key, value]) => `<zeebe:header key="${key}" value="${value}"/>`)
      .join('')}</zeebe:taskHeaders></extensionElements></serviceTask></process></definitions>`;
  const saveWorkflow = (xml: string, name = unique('workflow')) =>
    acme(workflows.createWorkflow, { body: { name, xml } });

  it('keeps them from being deleted and renamed until it names them no more', async () => {
    const madeTool = await create('tools');
    const madeTask = await create('tasks');
    const madeAgent = (await saveAgent({})).body;
    const tool = await saveWorkflow(calling('tool', { tool: madeTool.name }), 'Uses a tool');
    const work = await saveWorkflow(calling('agent', { agent: `${madeAgent.name}@1`, task: madeTask.name }));
    expect([tool.status, work.status]).toEqual([201, 201]);

    const kept = await acme(tools.delete, { params: { id: madeTool.id } });
    expect(kept.error).toMatchObject({
      error_code: 'IN_USE',
      message: `Expected a tool that nothing uses, but '${madeTool.name}' is used by workflow 'Uses a tool'`,
      details: { usedBy: [{ kind: 'workflow', id: tool.body.id, name: 'Uses a tool' }] },
    });
    expect(refused(await acme(agents.delete, { params: { id: madeAgent.id } }))).toEqual([409, 'IN_USE']);
    expect(refused(await acme(table.tasks.delete, { params: { id: madeTask.id } }))).toEqual([409, 'IN_USE']);
    const renamed = await acme(agents.update, {
      params: { id: madeAgent.id },
      body: { name: unique('agent'), content: agent },
      headers: { 'if-match': `"${madeAgent.hash}"` },
    });
    expect(refused(renamed)).toEqual([409, 'IN_USE']);

    const { body } = await acme(toolCatalog.read, { params: { name: madeTool.name } });
    expect(body.usage).toEqual({ agents: [], workflows: [{ id: tool.body.id, name: 'Uses a tool' }] });

    await acme(workflows.updateWorkflow, {
      params: { id: tool.body.id },
      body: { xml: calling('tool', {}) },
      headers: { 'if-match': '*' },
    });
    expect((await acme(workflows.deleteWorkflow, { params: { id: work.body.id } })).status).toBe(204);
    for (const [row, id] of [
      [tools.delete, madeTool.id],
      [agents.delete, madeAgent.id],
      [table.tasks.delete, madeTask.id],
    ] as const)
      expect((await acme(row, { params: { id } })).status).toBe(204);
  });

  it('is saved all the same when they are not there yet', async () => {
    expect((await saveWorkflow(calling('tool', { tool: 'comes-later' }))).status).toBe(201);
  });
});
