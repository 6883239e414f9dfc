import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, tools, tasks, prompts, providers, assignments } = table;

let running: Running;
let acme: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(running.url, await token({ roles: ['admin'] }));
});
afterAll(() => running.stop());

const create = (name: string, changes: object = {}) =>
  acme(agents.create, { body: { name, content: { ...agent, ...changes } } });
const problems = async (content: unknown, named: { id?: string; name?: string } = {}) =>
  (await acme(agents.validate, { body: { ...named, content } })).body.problems.map(
    ({ severity, code, path, message }) => `${severity} ${code} ${path.join('.')}: ${message}`,
  );

describe('an agent', () => {
  it('of a tenant that nobody has looked at yet has its provider', async () => {
    await running.store.resources.create('acme', 'agent', 'installed', {
      name: 'installed',
      content: { provider: 'mock', model: 'mock-1', systemPrompt: 'Sort.' },
      author: 'Baton',
      message: 'Example',
      at: new Date(0),
    });
    const { body } = await acme(agents.get, { params: { id: 'installed' } });
    expect(body.provider).toMatchObject({ name: 'mock', validation_status: 'connected' });
  });

  it('is shown with its provider and its tasks', async () => {
    const { id } = (await create('shown')).body;
    const task = (
      await acme(tasks.create, { body: { name: 'sort', content: { responseSchema: { type: 'object' } } } })
    ).body;
    await acme(assignments.assign, { params: { id }, body: { task: task.id } });

    expect((await acme(agents.get, { params: { id } })).body).toMatchObject({
      name: 'shown',
      provider: { name: 'mock', type: 'mock', validation_status: 'connected' },
      tasks: [{ task: { id: task.id, name: 'sort', version: 1 } }],
    });
  });

  it('has no provider any more when that is deleted', async () => {
    const provider = (await acme(providers.create, { body: { name: 'leaving', type: 'mock' } })).body;
    const { id } = (await create('left', { provider: 'leaving' })).body;
    await acme(providers.delete, { params: { id: provider.id } });
    expect((await acme(agents.get, { params: { id } })).body.provider).toBeNull();
  });

  it('keeps a provider of its chain: it is not renamed, and goes on when it is deleted', async () => {
    const { body: standIn } = await acme(providers.create, {
      body: { name: 'stand-in', type: 'mock' },
    });
    const fallbacks = [{ provider: 'stand-in', model: 'mock-1' }];
    expect((await create('chained', { fallbacks })).body.content.fallbacks).toEqual(fallbacks);
    const renamed = await acme(providers.update, {
      params: { id: standIn.id },
      body: { name: 'other' },
      headers: { 'if-match': '*' },
    });
    expect([renamed.status, renamed.error?.error_code]).toEqual([409, 'IN_USE']);
    await acme(providers.delete, { params: { id: standIn.id } });
    expect(await running.gateway.provider('acme', 'stand-in')).toMatchObject({ name: 'stand-in' });
  });

  it('is found by a part of its name, in pages that do not overlap', async () => {
    for (const name of ['find-c', 'find-a', 'find-b', 'other-find']) await create(name);
    const page = async (query: Record<string, string | number>) => {
      const { items, total, has_more } = (await acme(agents.list, { query })).body;
      return { names: items.map(({ name }) => name), total, has_more };
    };
    expect(await page({ search: 'find', limit: 2 })).toEqual({
      names: ['find-a', 'find-b'],
      total: 4,
      has_more: true,
    });
    expect(await page({ search: 'find', limit: 2, offset: 2 })).toEqual({
      names: ['find-c', 'other-find'],
      total: 4,
      has_more: false,
    });
    expect(await page({ search: '.*' })).toMatchObject({ total: 0 });
  });

  it('is gone at once when it is deleted: from lists, by name, and from its tasks', async () => {
    const { id } = (await create('short-lived')).body;
    const task = (
      await acme(tasks.create, { body: { name: 'left', content: { responseSchema: { type: 'object' } } } })
    ).body;
    await acme(assignments.assign, { params: { id }, body: { task: task.id } });
    expect((await acme(agents.delete, { params: { id } })).status).toBe(204);

    expect((await acme(agents.get, { params: { id } })).status).toBe(404);
    expect((await acme(agents.list, { query: { search: 'short-lived' } })).body.total).toBe(0);
    expect((await acme(assignments.agents, { params: { id: task.id } })).body.total).toBe(0);
    expect(await running.store.resources.getByName('acme', 'agent', 'short-lived')).toBeUndefined();
    expect((await create('short-lived')).status).toBe(201);
  });

  it('that was saved long ago is read as today’s', async () => {
    await running.store.resources.create('acme', 'agent', 'old-agent', {
      name: 'old',
      content: {
        provider: 'mock',
        model: 'one',
        systemPrompt: 'Sort.',
        temperature: 0.3,
        limits: { maxModelCalls: 2, maxTokens: 10, timeout: 1000 },
      },
      author: 'ada',
      message: '',
      at: new Date(0),
    });
    expect((await acme(agents.get, { params: { id: 'old-agent' } })).body.content).toMatchObject({
      parameters: { temperature: 0.3 },
      memory: { kind: 'none' },
      limits: { maxModelCalls: 2, maxDuration: 300_000 },
    });
  });
});

describe('bad input', () => {
  const issues = async (body: object) => {
    const { status, error } = await acme(agents.create, { body });
    const { issues: found } = (error.details ?? { issues: [] }) as {
      issues: { path: string[]; message: string }[];
    };
    return [status, error.error_code, ...found.map(({ path }) => path.join('.'))];
  };
  it.each([
    ['a/b', 'name'],
    ['x'.repeat(300), 'name'],
    ['Ünïcode', 'name'],
    ['', 'name'],
  ])('a name like %j', async (name, field) => {
    expect(await issues({ name, content: agent })).toEqual([400, 'VALIDATION_FAILED', `body.${field}`]);
  });

  it('a name that is taken', async () => {
    await create('taken');
    const again = await create('taken');
    expect([again.status, again.error.error_code]).toEqual([409, 'ALREADY_EXISTS']);
  });

  it.each<[object, string]>([
    [{ systemPrompt: 'x'.repeat(201_000) }, 'systemPrompt'],
    [{ systemPrompt: '' }, 'systemPrompt'],
    [{ parameters: { temperature: '1' } }, 'parameters.temperature'],
    [{ parameters: { stop: ['a', 'b', 'c', 'd', 'e'] } }, 'parameters.stop'],
    [{ parameters: { topp: 1 } }, 'parameters.topp'],
    [{ temperature: 1 }, 'temperature'],
    [{ tools: 'lookup' }, 'tools'],
    [{ tools: ['a', 'a'] }, 'tools.1'],
    [{ memory: { keep: 'a month' } }, 'memory.keep'],
    [{ limits: { maxCost: -1 } }, 'limits.maxCost'],
    [{ response: 7 }, 'response'],
  ])('a content with %j is refused with the place', async (changes, field) => {
    expect(await issues({ name: 'bad', content: { ...agent, ...changes } })).toEqual([
      400,
      'VALIDATION_FAILED',
      `body.content.${field}`,
    ]);
  });

  it('100 KB of prompt is none', async () => {
    const systemPrompt = 'Sort. '.repeat(100_000 / 6);
    const { id } = (await create('long-winded', { systemPrompt })).body;
    expect((await acme(agents.get, { params: { id } })).body.content.systemPrompt).toBe(systemPrompt);
  });
});

describe('while somebody types an agent', () => {
  it('nothing is said of one that is fine', async () => {
    expect(await problems({ ...agent, model: 'mock-1' }, { name: 'free' })).toEqual([]);
  });

  it('says in the words of saving what saving would refuse, all of it', async () => {
    await create('theirs');
    const content = {
      model: 1,
      provider: 'nobody',
      systemPrompt: '{{> gone}}',
      tools: ['no-tool'],
      extra: 1,
    };
    expect(await problems(content, { name: 'theirs' })).toEqual([
      'error VALIDATION_FAILED content.model: Invalid input: expected string, received number',
      "error NOT_FOUND content.provider: Expected a provider of this tenant, but there is none named 'nobody'",
      "error REFERENCE_MISSING content.systemPrompt: Expected what the agent names to be there, but there is no prompt 'gone'",
      "error REFERENCE_MISSING content.tools.0: Expected what the agent names to be there, but there is no tool 'no-tool'",
      "error ALREADY_EXISTS name: Expected a new name for the agent, but 'theirs' is taken",
    ]);
    const { id } = (await create('mine')).body;
    expect(await problems({ ...agent, model: 'mock-1' }, { id, name: 'mine' })).toEqual([]);
    expect(await problems({ ...agent, model: 'mock-1', extra: 1 })).toEqual([
      'error VALIDATION_FAILED content.extra: Expected no such field',
    ]);
    expect(await problems('no object')).toEqual([
      'error VALIDATION_FAILED content: Invalid input: expected object, received string',
    ]);
  });

  it('warns of what can be saved, and does something else than it seems to', async () => {
    await acme(tools.create, { body: { name: 'refund', content: { ...tool, sideEffect: true } } });
    const said = await problems({
      ...agent,
      model: 'of-yesterday',
      userPrompt: '{{the name}} {{open',
      tools: ['refund'],
      limits: { maxCost: 1 },
    });
    expect(said.map((line) => line.split(':', 1)[0])).toEqual([
      'warning PRICE_MISSING content.limits.maxCost',
      'warning MODEL_UNKNOWN content.model',
      'warning APPROVAL_MISSING content.tools.0',
      'warning PROMPT_SYNTAX content.userPrompt',
      'warning PROMPT_UNCLOSED content.userPrompt',
    ]);
  });

  it('looks at every model of the chain', async () => {
    const fallbacks = [
      { provider: 'mock', model: 'of-yesterday' },
      { provider: 'nobody', model: 'm' },
      { provider: 'mock', model: 'mock-1' },
    ];
    expect(await problems({ ...agent, model: 'mock-1', fallbacks })).toEqual([
      "error NOT_FOUND content.fallbacks.1.provider: Expected a provider of this tenant, but there is none named 'nobody'",
      "warning MODEL_UNKNOWN content.fallbacks.0.model: Expected one of the models of 'mock', but 'of-yesterday' was not among them when it was last asked",
      "warning FALLBACK_REPEATED content.fallbacks.2: Expected another model than those before it, but 'mock-1' of 'mock' has failed by then: it is asked for nothing",
    ]);
    const { status } = await create('chained-wrong', { fallbacks });
    expect(status).toBe(404);
  });

  it('warns of prompts that include each other in a circle', async () => {
    await acme(prompts.create, { body: { name: 'round', content: { text: 'a' } } });
    // As two people may save it at the same moment.
    await running.store.resources.create('acme', 'prompt', 'about', {
      name: 'about',
      content: { description: '', text: '{{> about}}' },
      author: 'ada',
      message: '',
      at: new Date(0),
    });
    expect(await problems({ ...agent, model: 'mock-1', systemPrompt: '{{> about}}' })).toEqual([
      'warning PROMPT_ENDLESS content.systemPrompt: Expected prompts that come to an end, but about includes about',
    ]);
  });

  it('reads a prompt of 200 KB that is made to be slow', async () => {
    for (const piece of ['{{', '{{> a}} ', '{{a', '{{ x y }}']) {
      const systemPrompt = piece.repeat(200_000 / piece.length);
      expect((await problems({ ...agent, systemPrompt })).length).toBeLessThanOrEqual(100);
    }
  });

  it('says the same of the draft that is kept', async () => {
    const { id, hash } = (await create('drafted')).body;
    const draft = await acme(agents.saveDraft, {
      params: { id },
      body: { base: 1, content: { ...agent, tools: ['no-tool'] } },
      headers: { 'if-match': `"${hash}"` },
    });
    expect(draft.body.problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['REFERENCE_MISSING', 'content.tools.0'],
      ['MODEL_UNKNOWN', 'content.model'],
    ]);
    const prompt = (await acme(prompts.create, { body: { name: 'typed', content: { text: 'a' } } })).body;
    const typed = await acme(prompts.saveDraft, {
      params: { id: prompt.id },
      body: { base: 1, content: { description: '', text: '{{> gone}} {{open' } },
      headers: { 'if-match': `"${prompt.hash}"` },
    });
    expect(typed.body.problems.map(({ code }) => code)).toEqual(['REFERENCE_MISSING', 'PROMPT_UNCLOSED']);
  });

  it('saves nothing', async () => {
    const before = (await acme(agents.list)).body.total;
    await problems(agent, { name: 'unsaved' });
    expect((await acme(agents.list)).body.total).toBe(before);
  });
});
