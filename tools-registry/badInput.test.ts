import { afterAll, describe, expect, it } from 'vitest';
import {
  type JsonValue,
  noCapabilities,
  readToolDefinition,
  type ToolCatalog,
  type ToolDefinition,
  type ToolOutcome,
} from './contract/index.ts';
import { builtInTools, createToolInvoker, savedTools } from './index.ts';
import { sandboxHere, worldOfTests } from './test/world.ts';

const sandbox = sandboxHere();
afterAll(() => sandbox.close());

function call(
  body: string,
  changes: Partial<ToolDefinition> = {},
  input: JsonValue = {},
  wanted = 'sample',
): Promise<ToolOutcome> {
  const world = worldOfTests();
  world.grants = { ...noCapabilities, secrets: ['TOKEN'] };
  world.secrets.set('acme/TOKEN', 'very-secret-1');
  const definition = readToolDefinition({
    name: 'sample',
    source: `export default defineTool({ async run(input, { secrets }) {\n${body}\n} });`,
    capabilities: world.grants,
    limits: { timeout: 1_000, memory: 16_000_000 },
    ...changes,
  });
  const catalog: ToolCatalog = {
    get: async (_tenantId, name) =>
      name === definition.name ? { id: 't', definition, version: 1, origin: { kind: 'saved' } } : undefined,
    list: async () => [],
  };
  const runtime = { sandbox, world };
  return createToolInvoker([builtInTools(runtime), savedTools(catalog, runtime)], () => true).call(
    { tenantId: 'acme', name: wanted, version: undefined, arguments: input, idempotencyKey: 'k' },
    new AbortController().signal,
  );
}

describe('what goes wrong in a tool is said in its author’s words', () => {
  it.each([
    [
      'endless loop',
      'for (;;) {}',
      'TOOL_TIMEOUT',
      'Expected the tool to answer within 1 s, but it was still computing',
    ],
    [
      'recursion bomb',
      'const f = () => f() + f(); return f();',
      'TOOL_FAILED',
      'Expected the tool to answer, but it threw: InternalError: stack overflow',
    ],
    [
      '1 GB string',
      `let s = 'x'.repeat(1e6); while (s.length < 1e9) s += s; return { s };`,
      'TOOL_MEMORY_EXCEEDED',
      'Expected the tool to stay below 16 MB, but it needs more',
    ],
    [
      'promise that never settles',
      'return new Promise(() => {});',
      'TOOL_FAILED',
      'Expected the tool to answer, but its promise never settles',
    ],
    [
      'thrown text',
      `throw 'no stock';`,
      'TOOL_FAILED',
      'Expected the tool to answer, but it threw: no stock (thrown, but no Error)',
    ],
    [
      'thrown nothing',
      'throw undefined;',
      'TOOL_FAILED',
      'Expected the tool to answer, but it threw: undefined (thrown, but no Error)',
    ],
  ])('%s', async (_what, body, code, message) => {
    expect(await call(body)).toMatchObject({ ok: false, failure: { code, message } });
  });

  it('output that breaks its schema', async () => {
    const output = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] };

    expect(await call(`return { total: '12' };`, { output })).toMatchObject({
      failure: {
        code: 'TOOL_OUTPUT_INVALID',
        message: expect.stringMatching(/^Expected .*total.*, but/),
        details: { output: { total: '12' } },
      },
    });
  });

  it('secret printed to a log, thrown or answered', async () => {
    const printed = await call(
      `console.log(await secrets.get('TOKEN')); return [await secrets.get('TOKEN')];`,
    );
    const thrown = await call(`throw new Error('wrong: ' + (await secrets.get('TOKEN')));`);

    expect(printed).toMatchObject({ ok: true, value: ['••••••'], logs: ['••••••'] });
    expect(JSON.stringify([printed, thrown])).not.toContain('very-secret');
  });

  it('tool named like one of the product', async () => {
    const outcome = await call(`return 'mine';`, { name: 'time.now' }, {}, 'time.now');

    expect(outcome).toMatchObject({ ok: true, value: { iso: expect.any(String) } });
  });

  it('unicode names', async () => {
    const input = { type: 'object', properties: { größe: { type: 'number' } }, required: ['größe'] };

    expect(await call('return { "尺寸": input.größe };', { input }, { größe: 42 })).toMatchObject({
      value: { 尺寸: 42 },
    });
    expect(await call('return 1;', { input }, {})).toMatchObject({
      failure: { code: 'TOOL_INPUT_INVALID', message: expect.stringContaining('größe') },
    });
    expect(await call('return 1;', {}, {}, 'ｓａｍｐｌｅ')).toMatchObject({
      failure: { code: 'TOOL_NOT_FOUND', message: "Expected a tool 'ｓａｍｐｌｅ', but there is none" },
    });
  });

  it('schema with 10,000 properties', async () => {
    const names = Array.from({ length: 10_000 }, (_, n) => `p${n}`);
    const input = {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])),
      additionalProperties: false,
    };
    const whole = Object.fromEntries(names.map((name, n) => [name, n]));

    expect(await call('return Object.keys(input).length;', { input }, whole)).toMatchObject({
      value: 10_000,
    });
    expect(await call('return 1;', { input }, { ...whole, p9999: 'x' })).toMatchObject({
      failure: { code: 'TOOL_INPUT_INVALID', message: expect.stringContaining('p9999') },
    });
  });

  it.each([
    ['statement that is none', `return db.query('shop', 7);`, 'Expected'],
    ['more rows than anybody reads', `return db.query('shop', 'SELECT 1', [], { rows: 1e9 });`, 'Expected'],
    ['connection that nobody granted', `return db.query('shop', 'SELECT 1');`, 'does not declare it'],
    ['letter without anybody to read it', `return email.send('mail', { to: [], subject: '' });`, 'Expected'],
    ['question to a model without a model', `return llm.ask({ provider: 'mock', prompt: 'x' });`, 'Expected'],
    ['code for a database', `return mongodb.find('shop', 'orders', { filter: 'x => 1' });`, 'Expected'],
    ['table that is none', `return csv.format([1, 2]);`, 'Expected'],
    ['page of three million characters', `return html.text('x'.repeat(3e6));`, 'Expected'],
  ])('%s', async (_what, body, message) => {
    const source = `export default defineTool({ async run(input, { db, email, llm, mongodb, csv, html }) { ${body} } });`;

    expect(await call('', { source })).toMatchObject({
      ok: false,
      failure: { code: 'TOOL_FAILED', message: expect.stringContaining(message) },
    });
  });
});
