import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  noCapabilities,
  readToolDefinition,
  type ToolAnswer,
  type ToolCatalog,
  type ToolDefinition,
  type ToolOutcome,
} from '../contract/index.ts';
import { createToolInvoker, savedTools } from '../index.ts';
import { sandboxHere, type WorldOfTests, worldOfTests } from '../test/world.ts';

const sandbox = sandboxHere();
const never = new AbortController().signal;
const versions = new Map<number, ToolDefinition>();
let world: WorldOfTests;
let requests: string[];

afterAll(() => sandbox.close());
beforeEach(() => {
  world = worldOfTests();
  requests = [];
  world.fetch = async (input, init) => {
    requests.push(
      `${init?.method} ${String(input)} ${new Headers(init?.headers).get('authorization') ?? ''}`,
    );
    return new Response(JSON.stringify({ echoed: new Headers(init?.headers).get('authorization') }));
  };
  world.secrets.set('acme/TOKEN', 'very-secret-1');
  world.grants = { ...noCapabilities, questions: true, network: ['shop.example.com'], secrets: ['TOKEN'] };
  versions.clear();
});

function published(body: string, version = 1) {
  versions.set(
    version,
    readToolDefinition({
      name: 'sample',
      source: `export default defineTool({ async run(input, { ask, fetch, secrets }) { ${body} } });`,
      capabilities: world.grants,
    }),
  );
}

function call(answers: { [id: string]: ToolAnswer } = {}, before?: ToolOutcome): Promise<ToolOutcome> {
  const catalog: ToolCatalog = {
    async get(_tenantId, _name, wanted) {
      const version = wanted ?? Math.max(...versions.keys());
      const definition = versions.get(version);
      return definition && { id: 't', definition, version, origin: { kind: 'saved' } };
    },
    list: async () => [],
  };
  const resume = before && !before.ok ? before.resume : undefined;
  return createToolInvoker([savedTools(catalog, { sandbox, world })], () => true).call(
    {
      tenantId: 'acme',
      name: 'sample',
      version: undefined,
      arguments: {},
      idempotencyKey: 'k',
      answers,
      ...(resume !== undefined && { resume }),
    },
    never,
  );
}

const accept = (content: { [name: string]: string | number }): ToolAnswer => ({ action: 'accept', content });
const schema = `{ type: 'object', properties: { size: { type: 'integer' } }, required: ['size'] }`;

describe('a tool that asks a person', () => {
  it('ends with the question, and goes on with the answer', async () => {
    published(`return await ask({ message: 'Which size?', schema: ${schema}, proposed: { size: 40 } });`);

    const asked = await call();
    expect(asked).toMatchObject({
      ok: false,
      failure: { code: 'TOOL_INPUT_REQUIRED' },
      question: { kind: 'input', message: 'Which size?', proposed: { size: 40 } },
    });
    const id = (!asked.ok && asked.question?.id) as string;
    expect(await call({ [id]: accept({ size: 42 }) }, asked)).toMatchObject({
      ok: true,
      value: { action: 'accept', content: { size: 42 } },
    });
    expect(await call({ [id]: { action: 'decline' } }, asked)).toMatchObject({
      value: { action: 'decline' },
    });
  });

  it('asks nothing of the world twice, whatever it asked before', async () => {
    published(`
      const token = await secrets.get('TOKEN');
      const first = await fetch('https://shop.example.com/reserve', { method: 'POST', headers: { authorization: token } });
      const { content } = await ask({ message: 'Ship it?' });
      await fetch('https://shop.example.com/ship', { method: 'POST', headers: { authorization: token } });
      return [first.status, content.yes];`);

    const asked = await call();
    expect(requests).toEqual(['POST https://shop.example.com/reserve very-secret-1']);
    const done = await call({ q3: accept({ yes: 'yes' }) }, asked);

    expect(done).toMatchObject({ ok: true, value: [200, 'yes'] });
    expect(requests.slice(1)).toEqual(['POST https://shop.example.com/ship very-secret-1']);
  });

  it('keeps no secret in what it goes on from, sent or answered', async () => {
    published(`
      const answer = await fetch('https://shop.example.com/', { headers: { authorization: await secrets.get('TOKEN') } });
      await answer.json();
      return ask({ message: 'And now?' });`);

    const asked = await call();

    expect(asked).toMatchObject({ question: { message: 'And now?' } });
    expect(JSON.stringify(asked)).not.toContain('very-secret');
  });

  it('asks one question after another', async () => {
    published(`
      const a = await ask({ message: 'First?' });
      const b = await ask({ message: 'Second?' });
      return [a.content.x, b.content.x];`);

    const first = await call();
    const second = await call({ q1: accept({ x: 1 }) }, first);
    expect(second).toMatchObject({ question: { id: 'q2', message: 'Second?' } });
    expect(await call({ q1: accept({ x: 1 }), q2: accept({ x: 2 }) }, second)).toMatchObject({
      ok: true,
      value: [1, 2],
    });
  });

  it('waits for what it has under way before it ends', async () => {
    published(`
      const [answer, got] = await Promise.all([ask({ message: 'Yes?' }), fetch('https://shop.example.com/a', { method: 'POST' })]);
      return [answer.action, got.status];`);

    const asked = await call();
    expect(requests).toHaveLength(1);
    expect(await call({ q1: accept({}) }, asked)).toMatchObject({ ok: true, value: ['accept', 200] });
    expect(requests).toHaveLength(1);
  });

  it('asks again, with what is wrong, when the answer does not fit', async () => {
    published(`return ask({ message: 'Which size?', schema: ${schema} });`);
    const asked = await call();
    const again = await call({ q1: accept({ size: 'large' }) }, asked);

    expect(again).toMatchObject({
      failure: { code: 'TOOL_INPUT_REQUIRED' },
      question: { id: 'q1', message: expect.stringContaining('Expected') },
    });
  });

  it('goes on as the version that asked, when another one has been published since', async () => {
    published(`return ['one', await ask({ message: 'Yes?' })];`);
    const asked = await call();
    published(`return 'two';`, 2);

    expect(await call({ q1: { action: 'decline' } }, asked)).toMatchObject({
      ok: true,
      version: 1,
      value: ['one', { action: 'decline' }],
    });
  });

  it('begins from the start without what it went on from, and asks the same', async () => {
    published(`return (await ask({ message: 'Yes?' })).action;`);

    expect(await call({ q1: { action: 'cancel' } })).toMatchObject({ ok: true, value: 'cancel' });
  });

  it.each([
    ['does not declare it', { questions: false }, `ask({ message: 'Yes?' })`, 'does not declare it'],
    ['has no words', {}, `ask({})`, 'to ask with'],
    ['has no schema', {}, `ask({ message: 'Yes?', schema: 'none' })`, 'Expected a JSON Schema'],
    ['has a wrong schema', {}, `ask({ message: 'Yes?', schema: { type: 'text' } })`, 'Expected'],
  ])('fails when it %s', async (_what, capabilities, body, message) => {
    world.grants = { ...world.grants, ...capabilities };
    published(`return ${body};`);

    expect(await call()).toMatchObject({
      ok: false,
      failure: { code: 'TOOL_FAILED', message: expect.stringContaining(message) },
    });
  });
});
