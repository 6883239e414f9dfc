import { ok } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { blankAgent, says, scripted } from './runTest.ts';

const limits = { ...blankAgent.limits, maxModelCalls: 50, maxTokens: 100_000 };
const calling = (given: Record<string, string>, text = 'Let me look.') =>
  says({ text, finish: 'toolCalls', toolCalls: [{ id: 't', name: 'order-lookup', arguments: given }] });

/** An agent that asks for the same as long as it is let. */
function looping(changes: Partial<typeof limits>, given: (n: number) => Record<string, string>) {
  const agent = scripted({ tools: ['order-lookup'], limits: { ...limits, ...changes } });
  agent.answers.push(...Array.from({ length: 50 }, (_, n) => calling(given(n))));
  return agent;
}

describe('an agent in a loop', () => {
  it('may not call a tool too often with the same arguments, in whatever order they come', async () => {
    const agent = looping({ maxRepeats: 3 }, (n) =>
      n % 2 === 0 ? { orderId: 'HP-1', of: 'eva' } : { of: 'eva', orderId: 'HP-1' },
    );
    let n = 0;
    // Each result is another one: something is learned.
    agent.dependencies.tools.invoker.call = async () => ({
      ok: true,
      value: { n: n++ },
      version: 2,
      logs: [],
    });
    expect(await agent.run()).toMatchObject({
      result: {
        ok: false,
        failure: { code: 'AGENT_LOOP', message: expect.stringContaining("'order-lookup' at most 3 times") },
      },
      text: 'Let me look.',
    });
    expect([agent.asked.length, n]).toEqual([4, 3]);
  });

  it('may not go on when it learns nothing: calls made before, with the results they had', async () => {
    const agent = looping({ maxRepeats: 100, maxIdleLoops: 2 }, (n) => ({ orderId: `HP-${n % 2}` }));
    expect((await agent.run()).result).toMatchObject({
      ok: false,
      failure: {
        code: 'AGENT_LOOP',
        message: expect.stringContaining('something new at least once in 3 loops'),
      },
    });
    // Two that were new, and three that were not.
    expect(agent.asked).toHaveLength(5);
  });

  it('is in none while it learns something now and then', async () => {
    const agent = looping({ maxRepeats: 100, maxIdleLoops: 2 }, (n) => ({
      orderId: `HP-${Math.floor(n / 3)}`,
    }));
    agent.answers.splice(12, 50, says({ text: 'Done.' }));
    expect((await agent.run()).result).toEqual(ok({ text: 'Done.' }));
  });

  it('that wants a tool which is not there, over and over, is ended too', async () => {
    const agent = looping({ maxIdleLoops: 1 }, () => ({}));
    for (const answer of agent.answers) for (const call of answer.toolCalls) call.name = 'no-such-tool';
    expect((await agent.run()).result).toMatchObject({ ok: false, failure: { code: 'AGENT_LOOP' } });
    expect(agent.asked).toHaveLength(3);
  });

  it('ends at the same place when it goes on from its record', async () => {
    const agent = looping({ maxRepeats: 3 }, () => ({ orderId: 'HP-1' }));
    const first = await agent.run();
    expect((await agent.run({ begun: agent.calls.records[0] })).result).toEqual(first.result);
    expect(agent.asked).toHaveLength(4);
  });
});
