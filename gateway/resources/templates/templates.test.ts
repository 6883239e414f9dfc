import { afterAll, beforeAll, expect, it } from 'vitest';
import { table, templateKinds } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, prompt, tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, tools, templates } = table;

let running: Running;
let acme: ApiClient;
let globex: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(running.url, await token({ roles: ['admin'] }));
  globex = apiClient(running.url, await token({ tenant: 'globex', roles: ['admin'] }));
});
afterAll(() => running.stop());

const listed = async (query: Record<string, string | number> = {}, by = acme) =>
  (await by(templates.list, { query: { limit: 200, ...query } })).body;
const refused = ({ status, error }: { status: number; error: { error_code: string } }) => [
  status,
  error.error_code,
];

it('comes with element templates that fit what Camunda publishes of them', async () => {
  // It comes without types.
  const { validateZeebe } = (await import('@bpmn-io/element-templates-validator' as string)) as {
    validateZeebe(template: unknown): { errors: unknown[] | null };
  };
  const { items } = await listed({ of: 'element' });
  expect(items.length).toBeGreaterThan(0);
  for (const { content } of items) {
    expect(content.of === 'element' && (validateZeebe(content.content).errors ?? [])).toEqual([]);
  }
});

it('comes with templates of every kind, at least eight of them agents', async () => {
  for (const of of templateKinds) {
    const { items, total } = await listed({ of });
    expect(items.map(({ content, builtIn }) => [content.of, builtIn])).toEqual(
      Array.from({ length: Math.max(1, total) }, () => [of, true]),
    );
  }
  expect((await listed({ of: 'agent' })).total).toBeGreaterThanOrEqual(8);
});

it('makes an agent of every agent template as it is', async () => {
  await acme(tools.create, { body: { name: 'order-lookup', content: tool } });
  for (const { id, name } of (await listed({ of: 'agent' })).items) {
    const template = (await acme(templates.get, { params: { id } })).body;
    const made = await acme(agents.create, { body: { name, content: template.content.content } });
    expect([name, made.status]).toEqual([name, 201]);
    const { problems } = (
      await acme(agents.validate, { body: { id: made.body.id, name, content: template.content.content } })
    ).body;
    expect(problems).toEqual([]);
  }
});

it('saves an agent as a template, in versions, for this tenant only', async () => {
  const content = { of: 'agent', description: 'Ours', content: { ...agent, systemPrompt: 'Be ours.' } };
  const made = await acme(templates.create, { body: { name: 'classifier', content } });
  expect(made.status).toBe(201);
  const params = { id: made.body.id };
  const better = await acme(templates.update, {
    params,
    body: { content: { ...content, description: 'Better' } },
    headers: { 'if-match': `"${made.body.hash}"` },
  });
  expect(better.body.version).toBe(2);

  const ours = (await listed({ of: 'agent' })).items.at(-1);
  expect(ours).toMatchObject({
    name: 'classifier',
    builtIn: false,
    content: { description: 'Better', content: { systemPrompt: 'Be ours.', parameters: { temperature: 0 } } },
  });
  expect((await listed({ of: 'prompt' })).items.some(({ builtIn }) => !builtIn)).toBe(false);
  expect((await listed({}, globex)).items.every(({ builtIn }) => builtIn)).toBe(true);
  expect((await globex(templates.get, { params })).status).toBe(404);
});

it('lists built-in ones and one’s own in pages without gap or overlap', async () => {
  for (const name of ['own-b', 'own-a'])
    await acme(templates.create, { body: { name, content: { of: 'prompt', content: prompt } } });
  const whole = (await listed({ of: 'prompt' })).items.map(({ id }) => id);
  const paged: string[] = [];
  for (let offset = 0; offset < whole.length; offset++) {
    const { items, total, has_more } = await listed({ of: 'prompt', limit: 1, offset });
    expect([items.length, total, has_more]).toEqual([1, whole.length, offset + 1 < whole.length]);
    paged.push(items[0]!.id);
  }
  expect(paged).toEqual(whole);
});

it('keeps built-in ones as they are', async () => {
  const { id, name } = (await listed({ of: 'prompt' })).items[0]!;
  const changed = await acme(templates.update, {
    params: { id },
    body: { content: { of: 'prompt', content: prompt } },
    headers: { 'if-match': '*' },
  });
  expect(refused(changed)).toEqual([409, 'INVALID_STATE']);
  expect(refused(await acme(templates.delete, { params: { id } }))).toEqual([404, 'NOT_FOUND']);
  expect((await acme(templates.get, { params: { id } })).body.name).toBe(name);
});

it('refuses a template whose content could not be saved as what it is of', async () => {
  const wrong = await acme(templates.create, {
    body: { name: 'wrong', content: { of: 'agent', content: { ...agent, parameters: { temperature: 9 } } } },
  });
  expect(wrong.error).toMatchObject({
    error_code: 'VALIDATION_FAILED',
    details: { issues: [{ path: ['body', 'content', 'content', 'parameters', 'temperature'] }] },
  });
});
