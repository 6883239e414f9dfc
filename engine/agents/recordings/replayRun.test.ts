import type { AgentRecording, JsonValue } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { blankAgent, says, scripted } from '../runTest.ts';
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
