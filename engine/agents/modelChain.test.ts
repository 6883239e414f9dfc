import type { ModelFailure, ModelPrice, ModelProvider, ModelRequest, ModelResponse } from '@baton/engine/llm';
import { failed, ok, type RunEvent } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { blankAgent, says, scripted } from './runTest.ts';

const { limits } = blankAgent;
const fallbacks = [
  { provider: 'second', model: 'm-2' },
  { provider: 'third', model: 'm-3' },
];

const failures = {
  away: {
    code: 'MODEL_UNAVAILABLE',
    message: 'Expected an answer, but it said 503',
    retryable: true,
    status: 503,
  },
  late: { code: 'MODEL_TIMEOUT', message: 'Expected an answer in time, but there was none', retryable: true },
  garbage: { code: 'MODEL_ANSWER_INVALID', message: 'Expected an answer, but it is none', retryable: true },
  wrongKey: {
    code: 'MODEL_REFUSED',
    message: 'Expected an answer, but it said 401',
    retryable: false,
    status: 401,
  },
  badRequest: {
    code: 'MODEL_REFUSED',
    message: 'Expected an answer, but it said 400',
    retryable: false,
    status: 400,
  },
} satisfies { [name: string]: ModelFailure };

type Step = ModelResponse | ModelFailure | 'crash';

/** An agent whose three providers each answer by a script of their own. */
function chained(changes: Parameters<typeof scripted>[0] = {}) {
  const agent = scripted({ fallbacks, tools: ['order-lookup'], ...changes });
  const asked: string[] = [];
  const requests: ModelRequest[] = [];
  const scripts: { [name: string]: Step[] } = { scripted: [], second: [], third: [] };
  const prices: { [name: string]: ModelPrice } = {};
  agent.dependencies.models.provider = async (_tenantId, name) => {
    const script = scripts[name];
    if (!script) return undefined;
    return {
      name,
      priceOf: () => prices[name],
      async generate(request, _signal, heard) {
        asked.push(name);
        requests.push(structuredClone(request));
        const step = script.shift();
        if (!step || step === 'crash') throw new Error('the process ends here');
        if ('code' in step) {
          heard?.({ text: 'Half of ' });
          return failed(step);
        }
        heard?.({ text: step.text });
        return ok(step);
      },
    } satisfies ModelProvider;
  };
  const records = () =>
    agent.calls.records
      .filter(({ kind }) => kind === 'model')
      .map(({ sequence, model, error, fallback }) => [
        sequence,
        model,
        error?.code ?? 'ok',
        fallback?.place ?? 0,
      ]);
  return { ...agent, asked, requests, scripts, prices, records };
}

const calling = (id: string) =>
  says({ finish: 'toolCalls', toolCalls: [{ id, name: 'order-lookup', arguments: { orderId: id } }] });
const resumed = (agent: ReturnType<typeof chained>) => agent.run({ begun: agent.calls.records[0] });

describe('a model that cannot answer', () => {
  it.each(['away', 'late', 'garbage', 'wrongKey'] as const)(
    'is stood in for by the next one when it is %s; the switch is on record, and the run stays with it',
    async (how) => {
      const agent = chained();
      agent.scripts.scripted?.push(failures[how]);
      agent.scripts.second?.push(calling('HP-1'), says({ text: 'It is late.' }));
      expect((await agent.run()).result).toEqual(ok({ text: 'It is late.' }));
      expect(agent.asked).toEqual(['scripted', 'second', 'second']);
      const { code } = failures[how];
      const fallback = { place: 1, after: { model: 'scripted/m-1', code } };
      expect(
        agent.calls.records.map((call) => [
          call.sequence,
          call.kind,
          call.model,
          call.error?.code,
          call.fallback,
        ]),
      ).toEqual([
        [1, 'model', 'scripted/m-1', code, undefined],
        [2, 'model', 'second/m-2', undefined, fallback],
        [3, 'tool', '', undefined, undefined],
        [4, 'model', 'second/m-2', undefined, fallback],
      ]);
      expect(agent.requests.map(({ model }) => model)).toEqual(['m-1', 'm-2', 'm-2']);
    },
  );

  it('of a provider that nobody has set up is one like the others', async () => {
    const agent = chained({ fallbacks: [{ provider: 'gone', model: 'm' }, ...fallbacks] });
    agent.scripts.scripted?.push(failures.away);
    agent.scripts.second?.push(says({ text: 'Here.' }));
    expect((await agent.run()).result.ok).toBe(true);
    expect(agent.records()).toEqual([
      [1, 'scripted/m-1', 'MODEL_UNAVAILABLE', 0],
      [2, 'gone/m', 'MODEL_UNAVAILABLE', 1],
      [3, 'second/m-2', 'ok', 2],
    ]);
  });

  it('and would be refused anywhere is no reason to ask another', async () => {
    const agent = chained();
    agent.scripts.scripted?.push(failures.badRequest, says({ text: 'Now.' }));
    expect((await agent.run()).result).toEqual(failed(failures.badRequest));
    // Whoever mended it tries again: it is asked again.
    expect((await resumed(agent)).result.ok).toBe(true);
    expect(agent.asked).toEqual(['scripted', 'scripted']);
  });

  it('is not stood in for when the run was cancelled while it was asked', async () => {
    const agent = chained();
    const controller = new AbortController();
    agent.dependencies.models.provider = async (_tenantId, name) => ({
      name,
      generate: async () => {
        agent.asked.push(name);
        controller.abort();
        return failed(failures.late);
      },
    });
    const { result } = await agent.run({}, controller.signal);
    expect(result).toMatchObject({ ok: false, failure: { code: 'RUN_CANCELLED' } });
    expect(agent.asked).toEqual(['scripted']);
    expect(agent.records()).toEqual([[1, 'scripted/m-1', 'RUN_CANCELLED', 0]]);
  });

  it('leaves a failure that names all who were asked when nobody could', async () => {
    const agent = chained();
    agent.scripts.scripted?.push(failures.away);
    agent.scripts.second?.push(failures.late);
    agent.scripts.third?.push(failures.wrongKey);
    expect((await agent.run()).result).toEqual(
      failed({
        ...failures.wrongKey,
        message: `${failures.wrongKey.message} (asked after scripted/m-1: MODEL_UNAVAILABLE and second/m-2: MODEL_TIMEOUT)`,
        retryable: true,
      }),
    );
  });
});

describe('a run that goes on', () => {
  it('takes the way it took: what failed is not asked again, wherever it was cut', async () => {
    for (const cutAt of [1, 2, 3]) {
      const agent = chained();
      const steps: [string, Step][] = [
        ['scripted', failures.away],
        ['second', failures.garbage],
        ['third', calling('HP-1')],
        ['third', says({ text: 'Done.' })],
      ];
      for (const [index, [name, step]] of steps.entries()) {
        if (index === cutAt) agent.scripts[name]?.push('crash');
        agent.scripts[name]?.push(step);
      }
      await expect(agent.run()).rejects.toThrow('the process ends here');
      expect((await resumed(agent)).result).toEqual(ok({ text: 'Done.' }));
      const names = steps.map(([name]) => name);
      names.splice(cutAt, 0, names[cutAt]!);
      expect(agent.asked).toEqual(names);
      const again = await resumed(agent);
      expect(again.result).toEqual(ok({ text: 'Done.' }));
      expect(agent.asked).toHaveLength(5);
    }
  });

  it('asks the whole chain anew when it had failed whole, and a crash in that attempt repeats nothing of it', async () => {
    const agent = chained({ fallbacks: fallbacks.slice(0, 1) });
    agent.scripts.scripted?.push(failures.away, failures.late);
    agent.scripts.second?.push(failures.away, 'crash', says({ text: 'Back.' }));
    expect((await agent.run()).result.ok).toBe(false);
    await expect(resumed(agent)).rejects.toThrow('the process ends here');
    expect((await resumed(agent)).result).toEqual(ok({ text: 'Back.' }));
    expect(agent.asked).toEqual(['scripted', 'second', 'scripted', 'second', 'second']);
    expect((await resumed(agent)).result).toEqual(ok({ text: 'Back.' }));
    expect(agent.asked).toHaveLength(5);
    expect(agent.records()).toEqual([
      [1, 'scripted/m-1', 'MODEL_UNAVAILABLE', 0],
      [2, 'second/m-2', 'MODEL_UNAVAILABLE', 1],
      [1, 'scripted/m-1', 'MODEL_TIMEOUT', 0],
      [2, 'second/m-2', 'ok', 1],
    ]);
  });

  it('was offered what it was offered, though its first model had failed', async () => {
    const agent = chained();
    agent.scripts.scripted?.push(failures.away);
    agent.scripts.second?.push('crash', says({ text: 'Done.' }));
    await expect(agent.run()).rejects.toThrow('the process ends here');
    agent.dependencies.tools.catalog.get = async () => undefined;
    expect((await resumed(agent)).result.ok).toBe(true);
    expect(agent.requests.map(({ tools }) => tools.map(({ name }) => name))).toEqual([
      ['order-lookup'],
      ['order-lookup'],
      ['order-lookup'],
    ]);
  });
});

describe('who listens', () => {
  it('is told that another model is asked, and that what was heard is void; from the record too', async () => {
    const agent = chained();
    agent.scripts.scripted?.push(failures.away);
    agent.scripts.second?.push(says({ text: 'It is late.' }));
    const { events } = await agent.run();
    const told = (all: RunEvent[]) => all.filter(({ event }) => event !== 'usage');
    const switched = {
      event: 'model.switched',
      data: { from: 'scripted/m-1', to: 'second/m-2', code: 'MODEL_UNAVAILABLE' },
    };
    const answer = { event: 'text.delta', data: { text: 'It is late.' } };
    expect(told(events)).toEqual([{ event: 'text.delta', data: { text: 'Half of ' } }, switched, answer]);
    expect(told((await resumed(agent)).events)).toEqual([switched, answer]);
  });

  it('has no half answer as what the run last said', async () => {
    const agent = chained({ fallbacks: fallbacks.slice(0, 1), limits: { ...limits, maxModelCalls: 1 } });
    agent.scripts.scripted?.push(failures.away);
    agent.scripts.second?.push({ ...calling('HP-1'), text: 'Let me look.' });
    expect(await agent.run()).toMatchObject({
      result: { ok: false, failure: { code: 'BUDGET_EXCEEDED', limit: 'modelCalls' } },
      text: 'Let me look.',
    });
  });
});

describe('what a run may spend', () => {
  it('is by the prices of whoever is asked, and what was heard of one that failed is paid', async () => {
    const agent = chained({ limits: { ...limits, maxCost: 0.01 } });
    agent.prices.scripted = { input: 0, output: 1_000 };
    agent.prices.second = { input: 0, output: 100 };
    agent.scripts.scripted?.push(failures.away);
    agent.scripts.second?.push({ ...says({ text: 'Late.' }), outputTokens: 10 });
    const { usage } = await agent.run();
    // "Half of " are two tokens of the first: 0.002 of the 0.01.
    expect(agent.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([10, 80]);
    expect(usage.cost).toBeCloseTo(0.003);
    const again = await resumed(agent);
    expect(again.usage).toEqual(usage);
    expect(agent.asked).toHaveLength(2);
  });

  it('is not asked of a model that costs more than is left', async () => {
    const agent = chained({ limits: { ...limits, maxCost: 0.01 } });
    agent.prices.second = { input: 1_000, output: 1_000 };
    agent.scripts.scripted?.push(failures.away);
    expect((await agent.run()).result).toMatchObject({
      ok: false,
      failure: { code: 'BUDGET_EXCEEDED', limit: 'cost' },
    });
    expect(agent.asked).toEqual(['scripted']);
  });

  it('is spent when an attempt failed: the next one has what is left', async () => {
    const agent = chained({ fallbacks: [], limits: { ...limits, maxCost: 0.01 } });
    agent.prices.scripted = { input: 0, output: 1_000 };
    agent.scripts.scripted?.push(failures.away, { ...says({ text: 'Now.' }), outputTokens: 5 });
    await agent.run();
    const { usage } = await resumed(agent);
    expect(agent.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([10, 8]);
    expect(usage.cost).toBeCloseTo(0.007);
    expect((await resumed(agent)).usage).toEqual(usage);
    expect(agent.asked).toHaveLength(2);
  });
});

it('a price that changed while a run was interrupted repeats no call', async () => {
  const agent = chained({ limits: { ...limits, maxCost: 1 } });
  agent.prices.scripted = { input: 1, output: 100 };
  agent.scripts.scripted?.push(calling('HP-1'), 'crash', says({ text: 'Done.' }));
  await expect(agent.run()).rejects.toThrow('the process ends here');
  agent.prices.scripted = { input: 10, output: 1_000 };
  expect((await resumed(agent)).result.ok).toBe(true);
  expect(agent.asked).toHaveLength(3);
});
