import { failed } from '@baton/engine/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Permission, permissions, table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent as agentContent } from '../../test/bodies.ts';
import { spendingRuns } from '../../test/spendingRuns.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import type { AgentRuns } from '../agentRuns/agentRuns.ts';

const { v1Tools, v1Agents, v1History } = table;
const all: Permission[] = permissions.filter((each) => /^(tools|agents):/.test(each));

let running: Running;
/** A program of acme with a key, one of globex, and somebody of acme with a token. */
let acme: ApiClient;
let globex: ApiClient;
let person: ApiClient;
/** What the runtime was asked, and what it answers next. */
const asked: Parameters<AgentRuns['run']>[0][] = [];
let next: Awaited<ReturnType<AgentRuns['run']>> | undefined;

beforeAll(async () => {
  running = await startGateway({
    installedProvider: {
      name: 'openai-compatible',
      type: 'openai-compatible',
      baseUrl: 'http://127.0.0.1:9',
      apiKey: undefined,
    },
    agentRuns: {
      models: async () => [
        { name: 'mock-1', provider: 'mock' },
        { name: 'gpt-x', provider: 'openai-compatible' },
      ],
      kept: async (asked) => asked,
      run: spendingRuns(
        () => running.gateway.quotas,
        async (request) => {
          asked.push(request);
          return (
            next ?? {
              result: { ok: true, value: { text: `You said: ${request.prompt}` } },
              text: '',
              usage: { inputTokens: 5, outputTokens: 3, cost: 0 },
            }
          );
        },
      ),
    },
  });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const keyOf = async (tenant: string, scopes: Permission[]) => {
    const admin = apiClient(running.url, await token({ tenant, roles: ['admin'] }));
    const { body } = await admin(table.apiKeys.create, { body: { name: 'program', scopes } });
    return apiClient(running.url, undefined, { 'x-api-key': body.key });
  };
  acme = await keyOf('acme', all);
  globex = await keyOf('globex', all);
  person = apiClient(running.url, await token({ roles: ['designer'] }));
});
afterAll(() => running.stop());

let count = 0;
const fresh = (name: string) => `${name}-${++count}`;
async function tool(name = fresh('tool'), by = acme) {
  return (await by(v1Tools.create, { body: { name, description: 'Looks things up' } })).body;
}
async function agent(changes: object = {}, by = acme) {
  const body = { name: fresh('agent'), instructions: 'Answer shortly.', ...changes };
  return (await by(v1Agents.create, { body })).body;
}
const failure = ({ status, error }: { status: number; error: { error_code: string } }) => [
  status,
  error.error_code,
];

describe('tools of a program', () => {
  it('are made, read, saved anew and deleted', async () => {
    const name = fresh('weather');
    const created = await acme(v1Tools.create, {
      body: { name, description: 'Weather of a town', input: { type: 'object' }, side_effect: true },
    });
    expect([created.status, created.body]).toEqual([
      201,
      {
        id: expect.any(String),
        name,
        description: 'Weather of a town',
        input: { type: 'object' },
        output: {},
        source: expect.stringContaining('export default'),
        side_effect: true,
        version: 1,
        updated_at: expect.any(String),
        updated_by: 'program',
      },
    ]);
    const params = { id: created.body.id };
    expect((await acme(v1Tools.get, { params })).body).toEqual(created.body);
    const saved = await acme(v1Tools.update, { params, body: { name, description: 'Another' } });
    expect([saved.status, saved.body]).toMatchObject([
      200,
      { description: 'Another', version: 2, side_effect: false },
    ]);
    // The tool of the editor is the same tool.
    expect((await person(table.tools.get, { params })).body.content.description).toBe('Another');
    expect((await acme(v1Tools.delete, { params })).status).toBe(204);
    expect(failure(await acme(v1Tools.get, { params }))).toEqual([404, 'NOT_FOUND']);
  });

  it('have names of their own, also when saved anew', async () => {
    const [one, two] = [await tool(), await tool()];
    const body = { name: one.name, description: 'Again' };
    expect(failure(await acme(v1Tools.create, { body }))).toEqual([400, 'DUPLICATE_NAME']);
    expect(failure(await acme(v1Tools.update, { params: { id: two.id }, body }))).toEqual([
      400,
      'DUPLICATE_NAME',
    ]);
    expect((await globex(v1Tools.create, { body })).status).toBe(201);
  });

  it('of another tenant are forbidden, and not in the list', async () => {
    const { id, name } = await tool();
    const params = { id };
    const body = { name: fresh('stolen'), description: 'x' };
    expect([
      failure(await globex(v1Tools.get, { params })),
      failure(await globex(v1Tools.update, { params, body })),
      failure(await globex(v1Tools.delete, { params })),
    ]).toEqual(Array.from({ length: 3 }, () => [403, 'FOREIGN_RESOURCE']));
    expect((await acme(v1Tools.get, { params })).body).toMatchObject({ name, version: 1 });
    const { items } = (await globex(v1Tools.list, { query: { limit: 200 } })).body;
    expect(items.map((each) => each.id)).not.toContain(id);
    // Under /api they are not there.
    const token = await tokenMaker(running.store, running.gateway.issuer);
    const other = apiClient(running.url, await token({ tenant: 'globex', roles: ['admin'] }));
    expect(failure(await other(table.tools.get, { params }))).toEqual([404, 'NOT_FOUND']);
  });

  it('are listed by the agent that uses them, page by page', async () => {
    const used = [await tool(), await tool(), await tool()];
    await tool();
    const { name } = await agent({ tool_ids: used.map(({ id }) => id) });
    const list = async (query: object) => {
      const { body } = await acme(v1Tools.list, { query: { agent_name: name, ...query } });
      return [body.items.map((each) => each.id), body.total, body.has_more];
    };
    expect(await list({})).toEqual([used.map(({ id }) => id), 3, false]);
    expect(await list({ limit: 2 })).toEqual([used.slice(0, 2).map(({ id }) => id), 3, true]);
    expect((await acme(v1Tools.list, { query: { agent_name: 'nobody' } })).body).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('that an agent uses are neither deleted nor renamed, here or in the editor', async () => {
    const { id, name } = await tool();
    const user = await agent({ tool_ids: [id] });
    const params = { id };
    const headers = { 'if-match': '*' };
    const renamed = { name: fresh('renamed'), description: 'x' };
    const content = { description: 'x', input: {}, output: {}, source: 'x' };
    const author = apiClient(
      running.url,
      await (await tokenMaker(running.store, running.gateway.issuer))({ roles: ['author'] }),
    );
    expect([
      failure(await acme(v1Tools.delete, { params })),
      failure(await acme(v1Tools.update, { params, body: renamed })),
      failure(await author(table.tools.delete, { params })),
      failure(await author(table.tools.update, { params, headers, body: { name: renamed.name, content } })),
    ]).toEqual(Array.from({ length: 4 }, () => [409, 'IN_USE']));
    expect((await acme(v1Tools.update, { params, body: { name, description: 'x' } })).status).toBe(200);
    await acme(v1Agents.update, {
      params: { id: user.id },
      body: { name: user.name, instructions: 'x', tool_ids: [] },
    });
    expect((await acme(v1Tools.delete, { params })).status).toBe(204);
  });
});

it('the audit knows what is changed by the same hash as the editor’s API', async () => {
  const made = await tool();
  const { name } = made;
  const params = { id: made.id };
  const hashOf = async () => (await person(table.tools.get, { params })).body.hash;
  const first = await hashOf();
  await acme(v1Tools.update, { params, body: { name, description: 'Second' } });
  const second = await hashOf();
  await acme(v1Tools.delete, { params });
  const { items } = await running.store.audit.list(
    'acme',
    { resourceKind: 'tools', resourceId: made.id },
    { limit: 9, offset: 0 },
  );
  expect(items.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
    { action: 'v1Tools.delete', before: second, after: undefined },
    { action: 'v1Tools.update', before: first, after: second },
    { action: 'v1Tools.create', before: undefined, after: first },
  ]);
});

describe('agents of a program', () => {
  it('are made with tools, read, saved anew and deleted', async () => {
    const tools = [await tool(), await tool()];
    const name = fresh('triage');
    const created = await acme(v1Agents.create, {
      body: { name, instructions: 'Classify.', tool_ids: tools.map(({ id }) => id), model: 'gpt-x' },
    });
    expect([created.status, created.body]).toEqual([
      201,
      {
        id: expect.any(String),
        name,
        description: '',
        instructions: 'Classify.',
        model: 'gpt-x',
        tool_ids: tools.map(({ id }) => id),
        version: 1,
        updated_at: expect.any(String),
        updated_by: 'program',
      },
    ]);
    const params = { id: created.body.id };
    expect((await person(table.agents.get, { params })).body.content).toMatchObject({
      provider: 'openai-compatible',
      tools: tools.map((each) => each.name),
    });
    const body = { name, instructions: 'Classify well.', tool_ids: [tools[1]!.id, tools[1]!.id] };
    const saved = await acme(v1Agents.update, { params, body });
    expect([saved.status, saved.body]).toMatchObject([
      200,
      { instructions: 'Classify well.', model: 'gpt-x', tool_ids: [tools[1]!.id], version: 2 },
    ]);
    expect((await acme(v1Agents.get, { params })).body).toEqual(saved.body);
    expect((await acme(v1Agents.delete, { params })).status).toBe(204);
    expect(failure(await acme(v1Agents.get, { params }))).toEqual([404, 'NOT_FOUND']);
  });

  it('keep what only the editor knows of them', async () => {
    const name = fresh('tuned');
    const made = await person(table.agents.create, {
      body: {
        name,
        content: { ...agentContent, parameters: { temperature: 0.7 }, limits: { maxTokens: 1234 } },
      },
    });
    const params = { id: made.body.id };
    await acme(v1Agents.update, { params, body: { name, instructions: 'Anew.' } });
    expect((await person(table.agents.get, { params })).body.content).toMatchObject({
      systemPrompt: 'Anew.',
      parameters: { temperature: 0.7 },
      limits: { maxTokens: 1234 },
    });
  });

  it('are refused with tools of others, tools that are not there, names that are taken, unknown models', async () => {
    const foreign = await tool(fresh('tool'), globex);
    const { id, name } = await agent();
    const refused = async (changes: object) => {
      const body = { name: fresh('agent'), instructions: 'x', ...changes };
      const created = failure(await acme(v1Agents.create, { body }));
      const updated = failure(await acme(v1Agents.update, { params: { id: (await agent()).id }, body }));
      expect(updated).toEqual(created);
      return created;
    };
    expect(await refused({ tool_ids: [foreign.id] })).toEqual([403, 'FOREIGN_RESOURCE']);
    expect(await refused({ tool_ids: ['missing'] })).toEqual([400, 'VALIDATION_FAILED']);
    expect(await refused({ name })).toEqual([400, 'DUPLICATE_NAME']);
    expect(await refused({ model: 'gpt-unknown' })).toEqual([400, 'MODEL_NOT_ALLOWED']);
    expect((await acme(v1Agents.get, { params: { id } })).body.version).toBe(1);
  });

  it('of another tenant are forbidden, and not in the list', async () => {
    const { id } = await agent();
    const params = { id };
    const body = { name: fresh('stolen'), instructions: 'x' };
    expect([
      failure(await globex(v1Agents.get, { params })),
      failure(await globex(v1Agents.update, { params, body })),
      failure(await globex(v1Agents.delete, { params })),
      failure(await globex(v1Agents.run, { params, body: { prompt: 'Hello' } })),
    ]).toEqual(Array.from({ length: 4 }, () => [403, 'FOREIGN_RESOURCE']));
    expect((await globex(v1Agents.list)).body.items.map((each) => each.id)).not.toContain(id);
  });

  it('are listed by a tool they use', async () => {
    const { id, name } = await tool();
    const users = [await agent({ tool_ids: [id] }), await agent({ tool_ids: [id] })];
    const { body } = await acme(v1Agents.list, { query: { tool_name: name } });
    expect([body.items, body.total]).toEqual([users, 2]);
  });
});

describe('a run', () => {
  it('goes through the runtime with the model that was named, and is in the history', async () => {
    const { id, name } = await agent();
    asked.length = 0;
    const ran = await acme(v1Agents.run, { params: { id }, body: { prompt: ' Hello ', model: 'gpt-x' } });
    expect([ran.status, ran.body]).toEqual([
      200,
      {
        id: expect.any(String),
        agent_id: id,
        agent_name: name,
        agent_version: 1,
        model: 'gpt-x',
        prompt: 'Hello',
        status: 'completed',
        answer: 'You said: Hello',
        error: null,
        usage: { input_tokens: 5, output_tokens: 3 },
        started_at: expect.any(String),
        duration: expect.any(Number),
      },
    ]);
    expect(asked).toMatchObject([
      {
        tenantId: 'acme',
        runId: ran.body.id,
        agent: { name, version: 1, content: { model: 'gpt-x', provider: 'openai-compatible' } },
        prompt: 'Hello',
      },
    ]);
    expect(Number(ran.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect((await acme(v1History.list)).body.items[0]).toEqual(ran.body);
  });

  it('without a model takes the agent’s own', async () => {
    const { id } = await agent();
    expect((await acme(v1Agents.run, { params: { id }, body: { prompt: 'Hi' } })).body.model).toBe('mock-1');
  });

  it.each([
    ['a model that is not offered', { prompt: 'Hi', model: 'gpt-unknown' }, 'MODEL_NOT_ALLOWED'],
    ['a prompt that is too long', { prompt: 'x'.repeat(20_001) }, 'VALIDATION_FAILED'],
    ['a prompt of nothing', { prompt: '  ' }, 'VALIDATION_FAILED'],
    ['no prompt', { model: 'mock-1' }, 'VALIDATION_FAILED'],
  ])('with %s is refused before anything is asked', async (_, body, code) => {
    const { id } = await agent();
    asked.length = 0;
    expect(failure(await acme(v1Agents.run, { params: { id }, body }))).toEqual([400, code]);
    expect(asked).toEqual([]);
  });

  it('counts for the quotas of the tenant, which it never passes', async () => {
    const token = await tokenMaker(running.store, running.gateway.issuer);
    const admin = apiClient(running.url, await token({ roles: ['admin'] }));
    const tokensOfToday = async () => {
      const { items } = (await admin(table.quotas.listQuotas)).body;
      return items.find(({ name }) => name === 'tokensPerDay');
    };
    const { id } = await agent();
    const before = (await tokensOfToday())!.used;
    const run = () => acme(v1Agents.run, { params: { id }, body: { prompt: 'Hi' } });
    expect((await run()).status).toBe(200);
    expect(await tokensOfToday()).toMatchObject({ used: before + 8, reserved: 0 });

    await admin(table.quotas.updateQuotas, { body: { own: { tokensPerDay: before + 8 } } });
    asked.length = 0;
    expect(failure(await run())).toEqual([429, 'QUOTA_EXCEEDED']);
    expect(asked).toEqual([]);
    await admin(table.quotas.updateQuotas, { body: { own: {} } });
  });

  it('that fails is in the history too, with its reason', async () => {
    const { id } = await agent();
    const usage = { inputTokens: 9, outputTokens: 0, cost: 0 };
    next = {
      result: failed({ code: 'BUDGET_EXCEEDED', message: 'Expected less, but it wants more' }),
      text: '',
      usage,
    };
    const ran = await acme(v1Agents.run, { params: { id }, body: { prompt: 'Go on for ever' } });
    next = undefined;
    expect(failure(ran)).toEqual([422, 'BUDGET_EXCEEDED']);
    expect((await acme(v1History.list, { query: { limit: 1 } })).body.items).toMatchObject([
      { prompt: 'Go on for ever', status: 'failed', answer: null, error: { code: 'BUDGET_EXCEEDED' } },
    ]);
  });
});

describe('the history', () => {
  it('has runs newest first, page by page, of the own tenant', async () => {
    const { id } = await agent({}, globex);
    for (const prompt of ['one', 'two', 'three']) {
      await globex(v1Agents.run, { params: { id }, body: { prompt } });
      running.clock.advance(1);
    }
    const list = async (query: object) => {
      const { items, ...rest } = (await globex(v1History.list, { query: { ...query } })).body;
      return { prompts: items.map(({ prompt }) => prompt), ...rest };
    };
    expect(await list({})).toEqual({
      prompts: ['three', 'two', 'one'],
      total: 3,
      limit: 50,
      offset: 0,
      has_more: false,
    });
    expect(await list({ limit: 2 })).toMatchObject({ prompts: ['three', 'two'], has_more: true });
    expect(await list({ limit: 2, offset: 2 })).toMatchObject({ prompts: ['one'], has_more: false });
    await globex(v1Agents.delete, { params: { id } });
    expect(await list({})).toMatchObject({ total: 3 });
  });
});

it('programs need a key or a token with the scope', async () => {
  expect((await apiClient(running.url, undefined)(v1Tools.list)).status).toBe(401);
  expect((await person(v1Tools.list)).status).toBe(200);
  expect(failure(await person(v1Tools.create, { body: { name: 'mine', description: 'x' } }))).toEqual([
    403,
    'PERMISSION_DENIED',
  ]);
});
