import { type AgentRecording, type BudgetGrant, failed, type JsonValue } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { blankAgent, memoryQuestions, noQuestions, says, scripted } from '../runTest.ts';
import { recorded } from './recordTest.ts';
import { replayRun } from './replayRun.ts';

const looksUp = { tools: ['order-lookup'] };

async function aRun(): Promise<AgentRecording> {
  const agent = scripted(looksUp);
  agent.answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [
        { id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } },
        { id: 't2', name: 'order-lookup', arguments: { orderId: 'HP-2' } },
      ],
    }),
    says({ text: 'Both are late.' }),
  );
  return recorded(agent, looksUp, await agent.run());
}

it('a recorded run is done over alike, asking nobody', async () => {
  const recording = await aRun();
  expect(await replayRun(recording)).toEqual({ run: 'run-1', calls: 4, difference: null });
});

it('another prompt is found at the first message it changes', async () => {
  const recording = await aRun();
  const report = await replayRun(recording, {
    agent: { ...recording.agent.definition, systemPrompt: 'Be brief.' },
  });
  expect(report).toEqual({
    run: 'run-1',
    calls: 0,
    difference: {
      sequence: 1,
      pointer: '/messages/0/text',
      recorded: 'You sort messages.',
      now: 'Be brief.',
    },
  });
});

it('what a tool answered otherwise is found where the model is told of it', async () => {
  const recording = await aRun();
  recording.calls[2]!.response = { status: 'lost' };
  expect(await replayRun(recording)).toMatchObject({
    calls: 3,
    difference: { sequence: 4, pointer: '/messages/4/text', now: '{"status":"lost"}' },
  });
});

it('a call that a model wants otherwise than it was made is found', async () => {
  const recording = await aRun();
  const { toolCalls } = recording.calls[0]!.response as unknown as { toolCalls: { arguments: JsonValue }[] };
  toolCalls[1]!.arguments = { orderId: 'HP-3' };
  expect(await replayRun(recording)).toMatchObject({
    difference: { sequence: 3, pointer: '/arguments/orderId', recorded: 'HP-2', now: 'HP-3' },
  });
});

it('a run that goes on beyond what was recorded is found, and so is one that ends before', async () => {
  const recording = await aRun();
  const last = recording.calls.pop()!;
  expect(await replayRun(recording)).toMatchObject({
    difference: { sequence: 4, pointer: '', recorded: null, now: { model: 'm-1' } },
  });
  recording.calls.push(last);
  recording.calls[0]!.response = says({ text: 'Late.' }) as unknown as JsonValue;
  expect(await replayRun(recording)).toMatchObject({
    difference: { sequence: 2, pointer: '', recorded: { tool: 'order-lookup' }, now: null },
  });
});

it('another end is found after the last call', async () => {
  const recording = await aRun();
  recording.run.result = { text: 'Nothing is late.' };
  expect(await replayRun(recording)).toMatchObject({
    calls: 4,
    difference: {
      sequence: 5,
      pointer: '/result/text',
      recorded: 'Nothing is late.',
      now: 'Both are late.',
    },
  });
});

it('a run that failed fails again with the same words', async () => {
  const agent = scripted();
  agent.dependencies.provider = {
    name: 'scripted',
    generate: async () => ({
      ok: false,
      failure: { code: 'MODEL_REFUSED', message: 'Expected a key, but it is not valid', retryable: false },
    }),
  };
  const recording = await recorded(agent, {}, await agent.run());
  expect(await replayRun(recording)).toMatchObject({ calls: 1, difference: null });
  recording.run.error = { code: 'MODEL_REFUSED', message: 'Expected a model, but there is none' };
  expect(await replayRun(recording)).toMatchObject({
    difference: { sequence: 2, pointer: '/error/message' },
  });
});

it('a run that money ended is ended by it again', async () => {
  const limits = { limits: { ...blankAgent.limits, maxCost: 0.000_05 } };
  const agent = scripted({ ...looksUp, ...limits });
  agent.dependencies.provider = { ...agent.dependencies.provider, priceOf: () => ({ input: 1, output: 2 }) };
  agent.answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
      inputTokens: 48,
      outputTokens: 1,
    }),
  );
  const ran = await agent.run();
  expect(ran.result).toMatchObject({ ok: false, failure: { limit: 'cost' } });
  expect(await replayRun(await recorded(agent, { ...looksUp, ...limits }, ran))).toMatchObject({
    difference: null,
  });
});

it('a run that somebody cancelled is done over as far as it came', async () => {
  const recording = await aRun();
  recording.calls.pop();
  recording.run = {
    ...recording.run,
    status: 'failed',
    result: null,
    error: { code: 'RUN_CANCELLED', message: '' },
  };
  expect(await replayRun(recording)).toEqual({ run: 'run-1', calls: 3, difference: null });
});

it('what was said before in its conversation is as it was then', async () => {
  const memory = { memory: { kind: 'conversation' as const, keep: 'PT1H', messages: 4 } };
  const agent = scripted(memory);
  agent.answers.push(says({ text: 'Hello.' }), says({ text: 'As I said.' }));
  await agent.run({ conversation: 'c-1' });
  agent.calls.records.length = 0;
  const ran = await agent.run({ conversation: 'c-1' });
  expect(await replayRun(await recorded(agent, memory, ran))).toMatchObject({ calls: 1, difference: null });
});

it('a call that a person approved with other arguments is not asked again', async () => {
  const agent = scripted(looksUp);
  const store = memoryQuestions();
  const questions = noQuestions(store);
  agent.dependencies.questions = questions;
  agent.dependencies.tools.invoker = {
    call: async ({ answers, arguments: given }) =>
      answers
        ? { ok: true, value: { status: 'late' }, version: 2, logs: [] }
        : {
            ok: false,
            version: 2,
            failure: { code: 'TOOL_APPROVAL_REQUIRED', message: 'Expected a yes, but nobody has said it' },
            question: {
              id: 'ok',
              kind: 'approval',
              message: 'May it?',
              schema: {},
              proposed: given as never,
            },
          },
  };
  agent.answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
    }),
    says({ text: 'It is late.' }),
  );
  expect((await agent.run()).result).toMatchObject({ failure: { code: 'QUESTION_OPEN' } });
  const waiting = await recorded(agent, looksUp, {
    result: failed({ code: 'QUESTION_OPEN', message: '', questions: [] }),
  });
  expect(await replayRun(waiting)).toMatchObject({ calls: 1, difference: null });
  await questions.answer('acme', store.asked[0]!.question.id, {
    action: 'accept',
    content: { orderId: 'HP-2' },
  });
  const ran = await agent.run({ begun: agent.calls.records[0] });
  const recording = await recorded(agent, looksUp, ran);
  expect(recording.calls[1]?.request).toMatchObject({ arguments: { orderId: 'HP-2' } });
  expect(await replayRun(recording)).toMatchObject({ calls: 3, difference: null });
});

it('a run that was granted more is done over with what it was granted', async () => {
  const limits = { ...looksUp, limits: { ...blankAgent.limits, maxModelCalls: 1 } };
  const agent = scripted(limits);
  const grants: BudgetGrant[] = [];
  agent.dependencies.grants = { ofElement: async () => grants };
  agent.answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
    }),
    says({ text: 'It is late.' }),
  );
  const stopped = await agent.run();
  expect(stopped.result).toMatchObject({ failure: { limit: 'modelCalls' } });
  expect(await replayRun(await recorded(agent, limits, stopped))).toMatchObject({ difference: null });
  const amounts = { modelCalls: 2, toolCalls: 0, tokens: 500, cost: 0, duration: 0 };
  grants.push({ id: 'g', tenantId: 'acme', elementInstanceKey: 'run-1', by: 'admin', at: 9_999, ...amounts });
  const ran = await agent.run({ begun: agent.calls.records[0] });
  const recording = { ...(await recorded(agent, limits, ran)), grants };
  expect(await replayRun(recording)).toMatchObject({ calls: 3, difference: null });
});

it('what a policy masked is done over masked', async () => {
  const careful = { ...looksUp, guardrails: 'careful', userPrompt: 'Asked: {{message}} of {{who}}' };
  const policy = {
    name: 'careful',
    checks: [
      {
        check: 'secrets' as const,
        action: 'mask' as const,
        places: ['input', 'output', 'toolResult'] as const,
      },
    ],
  };
  const agent = scripted(careful);
  agent.dependencies.catalog.policy = async () => ({ definition: policy, version: 3 });
  agent.dependencies.models.secrets = async () => ['planted-key'];
  agent.dependencies.tools.invoker.call = async () => ({
    ok: true,
    value: { status: 'planted-key' },
    version: 2,
    logs: [],
  });
  agent.answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
    }),
    says({ text: 'It says planted-key.' }),
  );
  const ran = await agent.run({
    variables: { message: 'Is planted-key mine?', who: { key: 'planted-key' } },
  });
  const recording = await recorded(agent, careful, ran, policy);
  expect(JSON.stringify(recording)).not.toContain('planted-key');
  expect(await replayRun(recording)).toMatchObject({ calls: 3, difference: null });
});
