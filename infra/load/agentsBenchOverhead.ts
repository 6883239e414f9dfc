import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '@baton/engine/protocol';
import { openDocumentStore } from '@baton/infra/store';
import { openAgentUnderTest } from './agentUnderTest.ts';
import { percentile, rounded } from './statistics.ts';

const WARM_UP = 30;
const RUNS = 200;
/** Model calls of one run. */
const CALLS = 10;
const AT_ONCE = 50;

const ms = (samples: readonly number[]) => ({
  p50: rounded(percentile(samples, 0.5)),
  p95: rounded(percentile(samples, 0.95)),
  p99: rounded(percentile(samples, 0.99)),
});

/**
 * What the runtime adds to a call: everything between the model's answer and the next time it is asked, with the real store,
 * a policy of two checks at every place, and all limits. The model and the tool take no time of their own.
 */
export async function benchAgentOverhead(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const store = await openDocumentStore({
    uri: undefined,
    dataDirectory: folder,
    now: () => new Date(),
  });
  let answeredAt = 0;
  let gaps: number[] = [];
  /** Which tool the model wants: one that is there is called and recorded, one that is not is only told so. */
  let wants = '';
  let asked = 0;
  const desk = await openAgentUnderTest(store, {
    provider: {
      name: 'mock',
      priceOf: () => ({ input: 1, output: 4 }),
      async generate({ messages }) {
        if (answeredAt > 0) gaps.push(performance.now() - answeredAt);
        asked += 1;
        const told = messages.filter(({ role }) => role === 'tool').length;
        const over = told === CALLS - 1;
        const call = { id: `c-${asked}`, name: wants, arguments: { orderId: `HP-${asked}` } };
        answeredAt = over ? 0 : performance.now();
        return ok({
          text: over ? 'The order is late, the customer wants to know when it comes.' : '',
          toolCalls: over ? [] : [call],
          finish: over ? 'stop' : 'toolCalls',
          inputTokens: 300,
          outputTokens: 30,
        });
      },
    },
    call: async () => ({ status: 'late', carrier: 'DHL', expected: '2026-03-04' }),
  });

  let runs = 0;
  async function measured(tool: string, count: number): Promise<{ gaps: number[]; cpuMs: number }> {
    wants = tool;
    gaps = [];
    const from = asked;
    const cpu = process.cpuUsage();
    for (let n = 0; n < count; n++) {
      const { result } = await desk.run(`run-${runs++}`, 'Where is HP-1042? I have waited for two weeks.');
      if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
    }
    const { user, system } = process.cpuUsage(cpu);
    return { gaps, cpuMs: (user + system) / 1000 / (asked - from) };
  }

  try {
    await measured('nothing-here', WARM_UP);
    await measured('order-lookup', WARM_UP);
    const alone = await measured('nothing-here', RUNS);
    const withTool = await measured('order-lookup', RUNS);

    const append: number[] = [];
    const [sample] = await store.calls.list('bench', 'run-0');
    for (let n = 0; n < RUNS * 5; n++) {
      const from = performance.now();
      await store.calls.append({ ...sample!, id: `alone-${n}`, sequence: n, elementInstanceKey: 'alone' });
      append.push(performance.now() - from);
    }

    const from = performance.now();
    const before = asked;
    const all = Array.from({ length: AT_ONCE }, (_, n) => desk.run(`at-once-${n}`, 'Where is HP-7?'));
    await Promise.all(all);
    const perSecond = ((asked - before) * 1_000) / (performance.now() - from);
    return {
      'a model call, ms (goal: p99 < 3)': { ...ms(alone.gaps), cpu: rounded(alone.cpuMs) },
      'a loop of a model call and a tool call, ms': { ...ms(withTool.gaps), cpu: rounded(withTool.cpuMs) },
      'of it: one record made durable, ms': ms(append),
      'loops a second, 50 runs at once': rounded(perSecond, 0),
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
