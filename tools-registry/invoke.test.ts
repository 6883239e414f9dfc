import { afterAll, describe, expect, it } from 'vitest';
import {
  type JsonSchema,
  type JsonValue,
  noCapabilities,
  type ToolCatalog,
  type ToolDefinition,
  type ToolOutcome,
} from './contract/index.ts';
import { createToolInvoker, savedTools } from './index.ts';
import { sandboxHere, worldOfTests } from './test/world.ts';

const sandbox = sandboxHere();
afterAll(() => sandbox.close());

const anything: JsonSchema = {};

function tool(run: string, changes: Partial<ToolDefinition> = {}): ToolDefinition {
  return {
    name: 'sample',
    description: 'A sample',
    input: anything,
    output: anything,
    source: `export default defineTool({ ${run} });`,
    sideEffect: false,
    egress: false,
    approval: 'never',
    capabilities: noCapabilities,
    limits: { timeout: 10_000, memory: 16_000_000 },
    ...changes,
  };
}

function call(definition: ToolDefinition, input: JsonValue = {}, name = 'sample'): Promise<ToolOutcome> {
  const catalog: ToolCatalog = {
    get: async (tenantId, wanted) =>
      tenantId === 'acme' && wanted === definition.name
        ? { id: 't', definition, version: 3, origin: { kind: 'saved' } }
        : undefined,
    list: async () => [],
  };
  const request = { tenantId: 'acme', name, version: undefined, arguments: input, idempotencyKey: 'k' };
  const saved = savedTools(catalog, { sandbox, world: worldOfTests() });
  return createToolInvoker([saved], () => true).call(request, new AbortController().signal);
}

describe('calling a tool', () => {
  it('answers what its TypeScript returns, with its log', async () => {
    const definition = tool(
      'async run(input: { n: number }) { console.log("got", input); return { twice: input.n * 2 }; }',
    );

    expect(await call(definition, { n: 21 })).toEqual({
      ok: true,
      value: { twice: 42 },
      version: 3,
      logs: ['got {"n":21}'],
    });
  });

  it('refuses arguments that do not fit the input schema, naming the place', async () => {
    const definition = tool('run() { return 1 }', {
      input: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
    });

    const outcome = await call(definition, { orderId: 7 });

    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'TOOL_INPUT_INVALID', details: { violations: [{ pointer: '/orderId' }] } },
    });
  });

  it('refuses an answer that does not fit the output schema', async () => {
    const outcome = await call(tool('run() { return "text" }', { output: { type: 'number' } }));

    expect(outcome).toMatchObject({ ok: false, failure: { code: 'TOOL_OUTPUT_INVALID' } });
  });

  it('says that a tool is unknown', async () => {
    expect(await call(tool('run() {}'), {}, 'other')).toEqual({
      ok: false,
      failure: { code: 'TOOL_NOT_FOUND', message: "Expected a tool 'other', but there is none" },
      version: 0,
    });
  });

  it.each([
    ['an endless loop', 'run() { while (true) {} }', 'TOOL_TIMEOUT'],
    ['an endless chain of promises', 'async run() { for (;;) await 1 }', 'TOOL_TIMEOUT'],
    ['a growing array', 'run() { const all = []; for (;;) all.push({ a: [1] }) }', 'TOOL_MEMORY_EXCEEDED'],
    ['one huge buffer', 'run() { return new Uint8Array(1e9).length }', 'TOOL_MEMORY_EXCEEDED'],
    ['endless recursion', 'run() { const f = () => f() + 1; return f() }', 'TOOL_FAILED'],
    ['a promise that never settles', 'run() { return new Promise(() => {}) }', 'TOOL_FAILED'],
    ['an exception', 'run() { throw new Error("no order") }', 'TOOL_FAILED'],
  ])('stops %s and goes on with the next call', async (_name, run, code) => {
    // Time is the limit where nothing else ends it; elsewhere a busy machine must not be what ends it.
    const timeout = code === 'TOOL_TIMEOUT' ? 300 : 30_000;
    const stopped = await call(tool(run, { limits: { timeout, memory: 16_000_000 } }));
    const next = await call(tool('run() { return "fine" }'));

    expect([stopped.ok ? 'ok' : stopped.failure.code, next.ok]).toEqual([code, true]);
  });

  it('gives the code nothing of the host', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'XMLHttpRequest',
      'setTimeout',
      'WebAssembly',
      'Buffer',
      'module',
    ];
    const outcome = await call(
      tool(`run() {
        const outside = (() => {}).constructor('return this')();
        return [${names.map((name) => `typeof outside.${name}`).join(', ')}];
      }`),
    );

    expect(outcome).toMatchObject({ ok: true, value: names.map(() => 'undefined') });
  });

  it('lets a tool import nothing', async () => {
    const outcome = await call({
      ...tool(''),
      source: "import fs from 'node:fs'; export default defineTool({ run: () => fs });",
    });

    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'TOOL_FAILED', message: expect.stringContaining("imports 'node:fs'") },
    });
  });

  it('points at the line of a syntax error', async () => {
    const outcome = await call({ ...tool(''), source: 'const a = 1;\nexport default {{' });

    expect(outcome).toMatchObject({ ok: false, failure: { code: 'TOOL_FAILED', details: { line: 2 } } });
  });

  it('points at the line of the source that threw', async () => {
    const source = `interface Order {
  id: string;
}
export default defineTool({
  run(order: Order) {
    throw new Error('no such order');
  },
});`;

    const outcome = await call({ ...tool(''), source });

    expect(outcome).toMatchObject({ ok: false, failure: { code: 'TOOL_FAILED', details: { line: 6 } } });
  });
});
