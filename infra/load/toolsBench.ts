import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSandboxPool, runTool, startOwnThread, type ToolWorld } from '@baton/tools-registry';
import { noCapabilities, readToolDefinition } from '@baton/tools-registry/contract';
import { percentile, rounded } from './statistics.ts';
import { benchMcp } from './toolsBenchMcp.ts';
import { benchToolSearch } from './toolsBenchSearch.ts';

const CALLS = 2_000;
const COLD = 30;
const CONCURRENT = 200;

const source = (n: number) => `interface Order { id: string; lines: { price: number; count: number }[] }
export default defineTool({
  run({ lines }: Order) {
    const total = lines.reduce((sum, { price, count }) => sum + price * count, 0);
    return { total, mean: total / lines.length, n: ${n} };
  },
});
`;
const input = { id: 'HP-1', lines: Array.from({ length: 20 }, (_, n) => ({ price: n, count: 2 })) };

function tool(text: string, memory = false) {
  const definition = readToolDefinition({
    name: 'bench',
    description: 'Adds up an order',
    input: { type: 'object', required: ['id', 'lines'] },
    output: { type: 'object' },
    source: text,
    capabilities: { ...noCapabilities, memory },
    limits: { timeout: 60_000, memory: 32_000_000 },
  });
  return { id: 't', definition, version: 1, origin: { kind: 'saved' as const } };
}

/** What a call of a tool costs, in threads of their own as in the product. */
export async function benchTools(root: string): Promise<unknown> {
  const never = new AbortController().signal;
  setMaxListeners(0, never);
  const schedule = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  const open = () =>
    createSandboxPool({
      start: startOwnThread(pathToFileURL(join(root, 'tools-registry', 'dist', 'sandbox', 'main.js'))),
      threads: 2,
      atMost: 8,
      now: Date.now,
      schedule,
      newSeed: () => randomBytes(16).toString('hex'),
    });
  let letGo: (() => void)[] = [];
  const nothing = async () => ({ ok: false as const, code: 'NONE', message: 'none' });
  const world: ToolWorld = {
    fetch,
    now: Date.now,
    granted: async () => ({ ...noCapabilities, memory: true }),
    secret: async () => undefined,
    connections: { query: nothing, mongodb: nothing, send: nothing },
    ask: nothing,
    feel: () => ({ ok: false, message: 'none' }),
    values: {
      get: () => new Promise((resolve) => letGo.push(() => resolve(1))),
      set: async () => true,
      delete: async () => {},
      keys: async () => [],
    },
  };
  const call = async (sandbox: ReturnType<typeof open>, text: string, memory = false) => {
    const startedAt = performance.now();
    const outcome = await runTool(
      { sandbox, world },
      { tenantId: 'bench', tool: tool(text, memory), input },
      never,
    );
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return performance.now() - startedAt;
  };

  const firstEver: number[] = [];
  for (let n = 0; n < 5; n++) {
    const sandbox = open();
    firstEver.push(await call(sandbox, source(-n)));
    await sandbox.close();
  }
  const sandbox = open();
  sandbox.warm();
  await call(sandbox, source(1));
  await call(sandbox, source(1));
  const cold: number[] = [];
  for (let n = 0; n < COLD; n++) cold.push(await call(sandbox, source(1_000 + n)));
  const warm: number[] = [];
  for (let n = 0; n < CALLS; n++) warm.push(await call(sandbox, source(1)));

  const waiting = `export default defineTool({ async run(input, { state }) { return { x: await state.get('x') }; } });`;
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  const all = Array.from({ length: CONCURRENT }, () => call(sandbox, waiting, true));
  while (letGo.length < CONCURRENT) await new Promise((resolve) => setImmediate(resolve));
  const underWay = process.memoryUsage().rss;
  const begun = performance.now() - startedAt;
  for (const go of letGo) go();
  letGo = [];
  await Promise.all(all);
  const over = performance.now() - startedAt;

  const busy = runTool(
    { sandbox, world },
    {
      tenantId: 'busy',
      tool: tool('export default defineTool({ run() { for (;;) {} } });'),
      input,
    },
    AbortSignal.timeout(3_000),
  );
  const beside: number[] = [];
  for (let n = 0; n < CALLS / 4; n++) beside.push(await call(sandbox, source(1)));
  await busy;
  await sandbox.close();

  const ms = (samples: readonly number[]) => ({
    p50: rounded(percentile(samples, 0.5)),
    p95: rounded(percentile(samples, 0.95)),
    p99: rounded(percentile(samples, 0.99)),
  });
  const megabytes = (bytes: number) => rounded(bytes / 1e6, 0);
  const result = {
    search: await benchToolSearch(root),
    warmMs: ms(warm),
    firstCallOfAToolMs: ms(cold),
    firstCallOfAProcessMs: ms(firstEver),
    besideAnEndlessLoopMs: ms(beside),
    concurrent: {
      calls: CONCURRENT,
      processMB: megabytes(underWay),
      grownByMB: megabytes(underWay - before),
      allBegunMs: rounded(begun, 0),
      allOverMs: rounded(over, 0),
    },
    mcpCallOverTheToolMs: await benchMcp(),
  };
  console.log(JSON.stringify(result, null, 2));
  return result;
}
