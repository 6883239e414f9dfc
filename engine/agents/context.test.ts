import type { ModelMessage } from '@baton/engine/llm';
import { ok } from '@baton/engine/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentContext } from './definitions.ts';
import { tokensOfMessages } from './requestTokens.ts';
import { blankAgent, says, scripted } from './runTest.ts';

const limits = { ...blankAgent.limits, maxModelCalls: 50, maxTokens: 1_000_000, maxIdleLoops: 50 };
const most = 500;

/** An agent that looks up so many orders, one after the other, and then answers. */
function reading(overflow: AgentContext['overflow'], sizes: readonly number[], changes = {}) {
  const agent = scripted({
    tools: ['order-lookup'],
    context: { maxTokens: most, overflow },
    limits,
    ...changes,
  });
  sizes.forEach((_, n) => {
    agent.answers.push(
      says({
        text: `Step ${n}.`,
        finish: 'toolCalls',
        toolCalls: [{ id: `t${n}`, name: 'order-lookup', arguments: { orderId: `${n}` } }],
      }),
    );
  });
  agent.answers.push(says({ text: 'Done.' }));
  agent.dependencies.tools.invoker.call = async ({ arguments: given }) => ({
    ok: true,
    value: 'x'.repeat(sizes[Number((given as { orderId: string }).orderId)] ?? 0),
    version: 2,
    logs: [],
  });
  return agent;
}

/** Each result stands right after the call it answers, and each call has its result. */
function isWhole(messages: readonly ModelMessage[]): boolean {
  const open: string[] = [];
  for (const message of messages) {
    if (message.role === 'tool') {
      if (open.shift() !== message.toolCallId) return false;
      continue;
    }
    if (open.length > 0) return false;
    if (message.role === 'assistant') open.push(...message.toolCalls.map(({ id }) => id));
  }
  return open.length === 0;
}

describe('a conversation that is longer than its context', () => {
  it('loses old results first, then the oldest loops; the question and the last loop stay', async () => {
    const agent = reading('trim', [700, 700, 700]);
    expect((await agent.run()).result).toEqual(ok({ text: 'Done.' }));
    const last = agent.asked.at(-1)!.messages;
    expect(last.map(({ role, text }) => [role, text.slice(0, 30)])).toEqual([
      ['system', 'You sort messages.'],
      ['user', 'Where is it?'],
      ['assistant', 'Step 0.'],
      ['tool', '(a result of 702 characters, l'],
      ['assistant', 'Step 1.'],
      ['tool', `"${'x'.repeat(29)}`],
      ['assistant', 'Step 2.'],
      ['tool', `"${'x'.repeat(29)}`],
    ]);
    expect(agent.calls.records.filter(({ kind }) => kind === 'model').map(({ context }) => context)).toEqual([
      undefined,
      undefined,
      undefined,
      { shortened: 1, leftOut: 0 },
    ]);
  });

  it('is never above it, never parts a call from its result, and is the same when the run goes on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('trim' as const, 'summarize' as const),
        fc.nat(30),
        async (sizes, overflow, cutAt) => {
          const agent = reading(overflow, sizes);
          if (overflow === 'summarize') {
            const { generate } = agent.dependencies.provider;
            agent.dependencies.provider.generate = async (request, ...rest) =>
              request.tools.length === 0 ? ok(says({ text: 'Notes.' })) : generate(request, ...rest);
          }
          await agent.run();
          for (const { messages } of agent.asked) {
            expect(tokensOfMessages(messages)).toBeLessThanOrEqual(most);
            expect(isWhole(messages)).toBe(true);
            expect(messages.slice(0, 2).map(({ text }) => text)).toEqual([
              'You sort messages.',
              'Where is it?',
            ]);
          }
          // A crash anywhere: what was recorded is not asked again, what follows is asked alike.
          const whole = structuredClone(agent.calls.records);
          agent.calls.records.splice(Math.min(cutAt, whole.length) || 1);
          const modelCalls = (calls: typeof whole) => calls.filter(({ kind }) => kind === 'model').length;
          const missing = modelCalls(whole) - modelCalls(agent.calls.records);
          const answers = whole.flatMap(({ kind, response, context }) =>
            kind === 'model' && !context?.summary ? [response as never] : [],
          );
          const answered = agent.calls.records.filter(
            ({ kind, context }) => kind === 'model' && !context?.summary,
          );
          agent.answers.push(...answers.slice(answered.length));
          const before = agent.calls.records.length;
          await agent.run({ begun: agent.calls.records[0] });
          expect(modelCalls(agent.calls.records.slice(before))).toBe(missing);
          expect(agent.calls.records.map(({ requestHash }) => requestHash)).toEqual(
            whole.map(({ requestHash }) => requestHash),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is put into words by the model, on record and within the budget; the words stand for it', async () => {
    const agent = reading('summarize', [900, 900, 900]);
    agent.answers.splice(3, 0, says({ text: 'Orders 0 and 1 are late.' }));
    const { result, events, usage } = await agent.run();
    expect(result).toEqual(ok({ text: 'Done.' }));
    expect(agent.asked[3]).toMatchObject({ tools: [], messages: [{ role: 'system' }, { role: 'user' }] });
    expect(agent.asked.at(-1)!.messages.map(({ role, text }) => [role, text.slice(-24)])).toEqual([
      ['system', 'You sort messages.'],
      ['user', 'Where is it?'],
      ['user', 'Orders 0 and 1 are late.'],
      ['assistant', 'Step 2.'],
      ['tool', `${'x'.repeat(23)}"`],
    ]);
    const models = agent.calls.records.filter(({ kind }) => kind === 'model');
    expect(models.map(({ context }) => context?.summary)).toEqual([
      undefined,
      undefined,
      undefined,
      true,
      undefined,
    ]);
    expect(usage.inputTokens).toBe(50);
    const told = events.map(({ event, data }) => (event === 'text.delta' ? data.text : '')).join('');
    expect(told).not.toContain('Orders 0 and 1');
  });

  it('ends the run where that is what its designer wants', async () => {
    const agent = reading('fail', [900, 900, 900]);
    expect(await agent.run()).toMatchObject({
      result: { ok: false, failure: { code: 'BUDGET_EXCEEDED', limit: 'context' } },
      text: 'Step 2.',
    });
  });

  it('ends the run when the question and the last loop alone are too long', async () => {
    const agent = reading('trim', [100, 9_000]);
    expect((await agent.run()).result).toMatchObject({
      failure: { code: 'BUDGET_EXCEEDED', limit: 'context' },
    });
    expect(agent.asked).toHaveLength(2);
  });

  it('forgets what was said longest ago, before the question', async () => {
    const memory = { kind: 'conversation' as const, keep: 'PT1H', messages: 20 };
    const agent = scripted({ memory, context: { maxTokens: most, overflow: 'trim' } });
    for (const n of [1, 2, 3, 4]) {
      const owner = {
        tenantId: 'acme',
        processInstanceKey: `${n}`,
        elementInstanceKey: `${n}`,
        elementId: '',
        jobKey: '',
      };
      agent.answers.push(says({ text: `${n}`.repeat(900) }));
      await agent.run({ owner, conversation: 'c-1', variables: { message: `Ask ${n}` } });
    }
    expect(agent.asked.at(-1)!.messages.map(({ text }) => text.slice(0, 8))).toEqual([
      'You sort',
      'Ask 2',
      '22222222',
      'Ask 3',
      '33333333',
      'Ask 4',
    ]);
  });
});
