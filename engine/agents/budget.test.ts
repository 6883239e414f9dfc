import { type BudgetGrant, type CallUsage, failed, ok } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { blankAgent, says, scripted } from './runTest.ts';
import type { Spending } from './spending.ts';

const { limits } = blankAgent;
const calling = (...ids: string[]) =>
  says({
    text: 'Let me look.',
    finish: 'toolCalls',
    toolCalls: ids.map((id) => ({ id, name: 'order-lookup', arguments: { orderId: id } })),
  });

/** Grants of a run, as an admin gives them. */
function granting(agent: ReturnType<typeof scripted>) {
  const given: BudgetGrant[] = [];
  agent.dependencies.grants = { ofElement: async () => given };
  return (amounts: Partial<BudgetGrant>) =>
    given.push({
      id: `${given.length}`,
      tenantId: 'acme',
      elementInstanceKey: 'run-1',
      modelCalls: 0,
      toolCalls: 0,
      tokens: 0,
      cost: 0,
      duration: 0,
      by: 'ada',
      at: agent.dependencies.world.now(),
      ...amounts,
    });
}

describe('calls of tools', () => {
  it('are reserved before the first of an answer is made: what is too much is not begun', async () => {
    const agent = scripted({ tools: ['order-lookup'], limits: { ...limits, maxToolCalls: 3 } });
    let made = 0;
    agent.dependencies.tools.invoker.call = async () => {
      made += 1;
      return { ok: true, value: made, version: 2, logs: [] };
    };
    agent.answers.push(calling('a', 'b'), calling('c', 'd'));
    expect(await agent.run()).toMatchObject({
      result: { ok: false, failure: { code: 'BUDGET_EXCEEDED', limit: 'toolCalls' } },
      text: 'Let me look.',
    });
    expect(made).toBe(2);
  });
});

describe('a run that was given more', () => {
  it.each([
    ['modelCalls', { maxModelCalls: 1 }, { modelCalls: 3 }],
    ['toolCalls', { maxToolCalls: 0 }, { toolCalls: 5 }],
    ['tokens', { maxTokens: 150 }, { tokens: 1_000 }],
    ['cost', { maxCost: 0.000_15 }, { cost: 1 }],
  ] as const)(
    'goes on where it had reached its limit of %s, and repeats nothing',
    async (limit, least, more) => {
      const agent = scripted({ tools: ['order-lookup'], limits: { ...limits, ...least } });
      agent.dependencies.provider.priceOf = () => ({ input: 1, output: 1 });
      const grant = granting(agent);
      agent.answers.push(calling('a'), says({ text: 'Done.' }));
      agent.answers[0]!.inputTokens = 100;
      expect((await agent.run()).result).toMatchObject({ failure: { code: 'BUDGET_EXCEEDED', limit } });
      expect(agent.asked).toHaveLength(1);
      grant(more);
      const { result, usage } = await agent.run({ begun: agent.calls.records[0] });
      expect(result).toEqual(ok({ text: 'Done.' }));
      expect(agent.asked).toHaveLength(2);
      expect(agent.calls.records.map(({ kind }) => kind)).toEqual(['model', 'tool', 'model']);
      expect(usage).toMatchObject({ inputTokens: 110, outputTokens: 10 });
      await agent.run({ begun: agent.calls.records[0] });
      expect(agent.asked).toHaveLength(2);
    },
  );

  it('gives an answer whole that was cut at its tokens', async () => {
    const agent = scripted();
    const grant = granting(agent);
    agent.answers.push(says({ text: 'It is', finish: 'length' }), says({ text: 'It is late.' }));
    expect((await agent.run()).result).toMatchObject({
      failure: { code: 'BUDGET_EXCEEDED', limit: 'answer' },
    });
    expect((await agent.run({ begun: agent.calls.records[0] })).result.ok).toBe(false);
    grant({ tokens: 1_000 });
    expect((await agent.run({ begun: agent.calls.records[0] })).result).toEqual(ok({ text: 'It is late.' }));
    expect((await agent.run({ begun: agent.calls.records[0] })).result).toEqual(ok({ text: 'It is late.' }));
    expect(agent.asked).toHaveLength(2);
  });
});

it('tokens that were cached or thought with are told, and cached ones are paid at their price', async () => {
  const agent = scripted();
  agent.dependencies.provider.priceOf = () => ({ input: 10, cachedInput: 1, output: 100 });
  agent.answers.push({
    ...says({ text: 'Late.' }),
    inputTokens: 100,
    cachedInputTokens: 80,
    outputTokens: 10,
    reasoningTokens: 6,
  });
  const usage = {
    inputTokens: 100,
    cachedInputTokens: 80,
    outputTokens: 10,
    reasoningTokens: 6,
    cost: expect.closeTo((20 * 10 + 80 + 10 * 100) / 1_000_000),
  };
  expect((await agent.run()).usage).toEqual(usage);
  expect(agent.calls.records[0]?.usage).toEqual(usage);
});

describe('quotas of the tenant', () => {
  function quotas() {
    const reserved: { tokens: number; cost: number; duration: number }[] = [];
    const settled: CallUsage[] = [];
    let open = 0;
    const spending: Spending = {
      async reserve(_owner, most) {
        reserved.push(most);
        open += 1;
        return ok({
          settle: (usage) => void settled.push(usage),
          end: async () => {
            open -= 1;
          },
        });
      },
    };
    return { spending, reserved, settled, left: () => open };
  }

  it('keep the most a run may use, and count each call once, though it goes on after a crash', async () => {
    const agent = scripted({ tools: ['order-lookup'], limits: { ...limits, maxTokens: 1_000 } });
    const { spending, reserved, settled, left } = quotas();
    agent.dependencies.spending = spending;
    agent.dependencies.provider.priceOf = () => ({ input: 1, output: 1_000 });
    agent.answers.push(calling('a'));
    await expect(agent.run()).rejects.toThrow('no more answers');
    expect([settled.length, left()]).toEqual([1, 0]);
    agent.answers.push(says({ text: 'Done.' }));
    await agent.run({ begun: agent.calls.records[0] });
    expect([settled.length, left()]).toEqual([2, 0]);
    expect(reserved).toEqual([
      { tokens: 1_000, cost: 1, duration: 10_000 },
      { tokens: 985, cost: 0.985, duration: 10_000 },
    ]);
  });

  it('keep no more money than the run may spend, by the dearest model of its chain', async () => {
    const agent = scripted({
      fallbacks: [{ provider: 'dear', model: 'm-2' }],
      limits: { ...limits, maxTokens: 1_000, maxCost: 0.5 },
    });
    const { spending, reserved } = quotas();
    agent.dependencies.spending = spending;
    const { provider } = agent.dependencies;
    agent.dependencies.models.provider = async (_tenantId, name) => ({
      ...provider,
      name,
      priceOf: () => (name === 'dear' ? { input: 100, output: 300 } : { input: 1, output: 1 }),
    });
    agent.answers.push(says({ text: 'Done.' }));
    await agent.run();
    expect(reserved).toMatchObject([{ cost: 0.3 }]);
  });

  it('that are used up end the run before anything is asked, and leave its conversation free', async () => {
    const agent = scripted({ memory: { kind: 'conversation', keep: 'PT1H', messages: 4 } });
    const message = 'Expected at most 10 tokens a day, but they are used up';
    agent.dependencies.spending = { reserve: async () => failed({ code: 'QUOTA_EXCEEDED', message }) };
    expect((await agent.run({ conversation: 'c-1' })).result).toEqual(
      failed({ code: 'QUOTA_EXCEEDED', message }),
    );
    expect(agent.asked).toEqual([]);
    delete agent.dependencies.spending;
    agent.answers.push(says({ text: 'Done.' }));
    const owner = {
      tenantId: 'acme',
      processInstanceKey: '2',
      elementInstanceKey: '2',
      elementId: '',
      jobKey: '',
    };
    expect((await agent.run({ conversation: 'c-1', owner })).result.ok).toBe(true);
  });
});
