import type { AgentRecording, ForkChange, ForkReport } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { runAgent } from '../runner.ts';
import { orderLookup, type Scripted, says, scripted } from '../runTest.ts';
import { compareRuns } from './compareRuns.ts';
import { forkRun } from './forkRun.ts';
import { recorded } from './recordTest.ts';
import { replayRun } from './replayRun.ts';

const refunds = { tools: ['order-lookup', 'refund'] };
const call = (id: string, name: string, given: object) =>
  says({ finish: 'toolCalls', toolCalls: [{ id, name, arguments: given as never }] });

/** An agent that looks up orders and may pay them back; `called` are the calls that were really made. */
function refunding(changes: Parameters<typeof scripted>[0] = refunds): Scripted & { called: string[] } {
  const agent = scripted(changes);
  const called: string[] = [];
  agent.dependencies.tools = {
    catalog: {
      get: async (_tenantId, name) => ({
        id: name,
        definition: { ...orderLookup, name, sideEffect: name === 'refund' },
        version: 2,
        origin: { kind: 'saved' },
      }),
      list: async () => [],
    },
    invoker: {
      async call({ name, arguments: given }) {
        called.push(`${name} ${JSON.stringify(given)}`);
        return { ok: true, value: { [name]: 'done' }, version: 2, logs: [] };
      },
    },
  };
  return { ...agent, called };
}

async function aRun(): Promise<AgentRecording> {
  const agent = refunding();
  agent.answers.push(
    call('t1', 'order-lookup', { orderId: 'HP-1' }),
    call('t2', 'refund', { orderId: 'HP-1', amount: 5 }),
    says({ text: 'Paid back.' }),
  );
  return recorded(agent, refunds, await agent.run());
}

async function forked(agent: Scripted, recording: AgentRecording, change: ForkChange): Promise<ForkReport> {
  const fork = forkRun(recording, change);
  if (!fork.ok) throw new Error(fork.failure.message);
  const owner = { ...recording.calls[0]!, processInstanceKey: 'f', elementInstanceKey: 'f' };
  const { tenantId, processInstanceKey, elementInstanceKey, elementId, jobKey } = owner;
  const run = {
    ...fork.value.run,
    owner: { tenantId, processInstanceKey, elementInstanceKey, elementId, jobKey },
  };
  const ended = await runAgent(
    run,
    fork.value.dependencies(agent.dependencies, 'f'),
    new AbortController().signal,
  );
  const done = await recorded(agent, fork.value.run.agent.definition, ended);
  expect(await replayRun(done)).toMatchObject({ difference: null });
  return compareRuns(recording, done);
}

it('what is before the fork is free and asks nobody; what is after it is live', async () => {
  const agent = refunding();
  agent.answers.push(says({ text: 'I had rather not.' }));
  const report = await forked(agent, await aRun(), { from: 3, systemPrompt: 'Be careful.' });
  expect(agent.asked).toHaveLength(1);
  expect(agent.asked[0]?.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
    'system: Be careful.',
    'user: Where is it?',
    'assistant: ',
    'tool: {"order-lookup":"done"}',
    'assistant: ',
    'tool: {"refund":"done"}',
  ]);
  expect(agent.called).toEqual([]);
  expect(report).toMatchObject({
    run: 'f',
    forkOf: 'run-1',
    from: 3,
    answer: { recorded: { text: 'Paid back.' }, now: { text: 'I had rather not.' }, equal: false },
    usage: {
      recorded: { inputTokens: 30, outputTokens: 15 },
      now: { inputTokens: 10, outputTokens: 5 },
    },
    stubbed: [],
  });
  expect(report.path.map(({ equal }) => equal)).toEqual([true, true, true, true, false]);
});

it('another model answers from the fork on, and what was answered before is not said to be its', async () => {
  const agent = refunding();
  agent.answers.push(says({ text: 'Paid back.' }));
  const report = await forked(agent, await aRun(), { from: 3, model: 'm-2' });
  expect(agent.asked[0]?.model).toBe('m-2');
  expect(report.answer.equal).toBe(true);
  expect(report.path.map(({ now }) => now?.name)).toEqual([
    'scripted/m-1',
    'order-lookup',
    'scripted/m-1',
    'refund',
    'scripted/m-2',
  ]);
});

it('a tool that changes something is not called: it answers what the record knows of the same call', async () => {
  const agent = refunding();
  agent.answers.push(
    call('x1', 'refund', { amount: 5, orderId: 'HP-1' }),
    call('x2', 'refund', { amount: 7, orderId: 'HP-1' }),
    call('x3', 'order-lookup', { orderId: 'HP-2' }),
    says({ text: 'Done.' }),
  );
  const report = await forked(agent, await aRun(), { from: 1 });
  expect(agent.called).toEqual(['order-lookup {"orderId":"HP-2"}']);
  const told = agent.asked.at(-1)!.messages.flatMap(({ role, text }) => (role === 'tool' ? text : []));
  expect(told[0]).toBe('{"refund":"done"}');
  expect(told[1]).toContain('"stubbed":true');
  expect(report.stubbed).toEqual(['refund']);
});

it('a tool answered otherwise: the model hears of that', async () => {
  const agent = refunding();
  agent.answers.push(says({ text: 'It is lost.' }));
  const report = await forked(agent, await aRun(), {
    from: 2,
    toolResults: { 'order-lookup': { status: 'lost' } },
  });
  expect(agent.asked[0]?.messages.at(-1)?.text).toBe('{"status":"lost"}');
  expect(report.path[1]).toMatchObject({
    recorded: { text: '{"orderId":"HP-1"} → {"order-lookup":"done"}' },
    now: { text: '{"orderId":"HP-1"} → {"status":"lost"}' },
    equal: false,
  });
});

it('loops that were put into words are so again, and a fork of a run counts the loops alone', async () => {
  const summing = { ...refunds, context: { overflow: 'summarize' as const, maxTokens: 200 } };
  const agent = refunding(summing);
  const long = 'the parcel was seen in many places, and nobody knows where it went after that. '.repeat(5);
  agent.answers.push(
    says({ ...call('t1', 'order-lookup', { orderId: 'HP-1' }), text: long }),
    says({ ...call('t2', 'order-lookup', { orderId: 'HP-2' }), text: long }),
    says({ text: 'Two orders were looked up.' }),
    says({ text: 'Both are late.' }),
  );
  const recording = await recorded(agent, summing, await agent.run());
  expect(recording.calls.filter(({ context }) => context?.summary)).toHaveLength(1);
  expect(await replayRun(recording)).toMatchObject({ difference: null });
  const other = refunding(summing);
  other.answers.push(says({ text: 'Two orders were looked up.' }), says({ text: 'Nothing is late.' }));
  const report = await forked(other, recording, { from: 3 });
  expect(report).toMatchObject({ from: 3, answer: { now: { text: 'Nothing is late.' } } });
});

it('a fork from a loop that is not there, or with a result of a tool that was not called, is refused', async () => {
  const recording = await aRun();
  expect(forkRun(recording, { from: 4 })).toMatchObject({
    failure: { message: 'Expected a loop from 1 to 3, but it is 4' },
  });
  expect(forkRun(recording, { from: 2, toolResults: { refund: 1 } })).toMatchObject({
    failure: { message: expect.stringContaining("but there is one of 'refund'") },
  });
});
