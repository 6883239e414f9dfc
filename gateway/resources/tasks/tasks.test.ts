import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

let running: Running;
let token: string;
let acme: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  token = await (await tokenMaker(running.store, running.gateway.issuer))({ roles: ['designer'] });
  acme = apiClient(running.url, token);
});
afterAll(() => running.stop());

const { tasks, agents } = table;

const create = (name: string, content: unknown) => acme(tasks.create, { body: { name, content } });

describe('the schemas of a task', () => {
  it('are refused with their place when they are none', async () => {
    const refused = await create('wrong', {
      requestSchema: { properties: { amount: { type: 'numbr' } } },
      responseSchema: { properties: { 'a/b': { minLength: -1 } } },
    });
    expect([refused.status, refused.error]).toMatchObject([
      400,
      {
        error_code: 'VALIDATION_FAILED',
        message:
          'Expected a JSON Schema that values can be checked by, but \'requestSchema.properties.amount.type\': Expected type to be null, boolean, number, integer, string, array or object, but it is the text "numbr"',
        details: {
          issues: [
            {
              path: ['content', 'requestSchema', 'properties', 'amount', 'type'],
              pointer: '/requestSchema/properties/amount/type',
            },
            {
              path: ['content', 'responseSchema', 'properties', 'a/b', 'minLength'],
              pointer: '/responseSchema/properties/a~1b/minLength',
              message: 'Expected minLength to be a whole number from 0, but it is -1',
            },
          ],
        },
      },
    ]);
  });

  it('have to be there for the answer, and need not for the request', async () => {
    const refused = await create('none', {});
    expect([refused.status, refused.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await create('answer-only', { responseSchema: {} })).body.content).toEqual({
      description: '',
      requestSchema: { type: 'object' },
      responseSchema: {},
    });
    expect((await create('answer-only', { responseSchema: {} })).status).toBe(409);
  });

  it.each([
    ['leads back to itself', { $ref: '#' }],
    ['leads out of its document', { $ref: 'https://example.com/schema.json' }],
    ['has a pattern that may take forever', { pattern: '^(?=.*a)(.*)\\1$' }],
    [
      'is too large',
      { properties: Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`f${i}`, {}])) },
    ],
    ['goes too deep', JSON.parse(`${'{"not":'.repeat(150)}{}${'}'.repeat(150)}`)],
  ])('are refused when one %s', async (_why, responseSchema) => {
    const { status, error } = await create('hostile', { responseSchema });
    expect([status, error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('may have ten thousand fields, recursion, and names that mean something to JavaScript', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `field${index}`);
    const wide = { properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
    expect((await create('wide', { responseSchema: wide })).status).toBe(201);
    const tree = { properties: { children: { items: { $ref: '#' } } } };
    expect((await create('tree', { responseSchema: tree })).status).toBe(201);

    const named = {
      properties: { constructor: { type: 'number' }, toString: {} },
      required: ['constructor'],
    };
    const { body } = await create('named', { responseSchema: named });
    expect(body.content.responseSchema).toEqual(named);
  });

  it('have no field that would reach into prototypes', async () => {
    const refused = await fetch(`${running.url}/api/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"name":"proto","content":{"responseSchema":{"properties":{"__proto__":{"type":"string"}}}}}',
    });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { message: "Expected a body without the key '__proto__', but it has one" },
    ]);
  });

  it('are checked when a draft is kept, and again before it is published', async () => {
    const { id, hash } = (await create('drafted', { responseSchema: {} })).body;
    const draft = await acme(tasks.saveDraft, {
      params: { id },
      headers: { 'if-match': `"${hash}"` },
      body: { base: 1, content: { description: '', requestSchema: {}, responseSchema: { type: 'lst' } } },
    });
    expect(draft.body.problems).toMatchObject([
      { path: ['content', 'responseSchema', 'type'], severity: 'error' },
    ]);
    const published = await acme(tasks.publish, {
      params: { id },
      headers: { 'if-match': `"${draft.body.hash}"` },
      body: { message: '' },
    });
    expect([published.status, published.error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('a task as it is typed', () => {
  const problems = async (body: object) => (await acme(tasks.validate, { body })).body.problems;

  it('hears what saving would refuse, and what looks like a mistake', async () => {
    await create('typed', { responseSchema: {} });
    const found = await problems({
      name: 'typed',
      content: {
        requestSchema: { minimum: 3, maximum: 2 },
        responseSchema: { properties: { a: { type: 'txt' } }, requird: ['a'] },
        extra: 1,
      },
    });
    expect(found.map(({ severity, path, code }) => [severity, path.join('.'), code])).toEqual([
      ['error', 'name', 'ALREADY_EXISTS'],
      ['error', 'content.extra', 'VALIDATION_FAILED'],
      ['error', 'content.responseSchema.properties.a.type', 'schema(type)'],
      ['warning', 'content.requestSchema.minimum', 'schema(minimum)'],
      ['warning', 'content.responseSchema.requird', 'schema(requird)'],
    ]);
  });

  it.each([null, 'text', [], { responseSchema: 1 }, { requestSchema: null, responseSchema: {} }])(
    'may be anything: %j',
    async (content) => {
      expect((await problems({ content }))[0]).toMatchObject({ severity: 'error' });
    },
  );

  it('has nothing to hear when it is as it should be, under its own name', async () => {
    const { id } = (await create('mine', { responseSchema: {} })).body;
    expect(await problems({ id, name: 'mine', content: { responseSchema: { type: 'object' } } })).toEqual([]);
  });
});

describe('a task in use', () => {
  it('is not deleted while an agent has it, or answers by it, and says which', async () => {
    const { id: taskId } = (await create('in-use', { responseSchema: {} })).body;
    const { id: agentId } = (await acme(agents.create, { body: { name: 'user-of-task', content: agent } }))
      .body;
    await acme(table.assignments.assign, { params: { id: agentId }, body: { task: taskId } });
    const refused = await acme(tasks.delete, { params: { id: taskId } });
    expect([refused.status, refused.error]).toMatchObject([
      409,
      {
        error_code: 'IN_USE',
        message: "Expected a task that no agent has, but 'in-use' is assigned to agent 'user-of-task'",
        details: { usedBy: [{ kind: 'agent', id: agentId, name: 'user-of-task' }] },
      },
    ]);
    await acme(table.assignments.unassign, { params: { id: agentId, taskId } });
    const { id: named } = (
      await acme(agents.create, { body: { name: 'answers-by', content: { ...agent, response: 'in-use' } } })
    ).body;
    expect((await acme(tasks.delete, { params: { id: taskId } })).error).toMatchObject({
      error_code: 'IN_USE',
      details: { usedBy: [{ kind: 'agent', id: named, name: 'answers-by' }] },
    });
    await acme(agents.delete, { params: { id: named } });
    expect((await acme(tasks.delete, { params: { id: taskId } })).status).toBe(204);
  });
});
