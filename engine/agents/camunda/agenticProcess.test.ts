import type { JsonObject } from '@baton/engine/protocol';
import type { JobOutcome } from '@baton/engine/worker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forkRun, recordingOf, replayRun } from '../index.ts';
import { says } from '../runTest.ts';
import { type AgenticWorld, filesOf, openAgenticWorld, tenantId, until } from './test/world.ts';

let world: AgenticWorld;
beforeEach(async () => {
  world = await openAgenticWorld();
  await world.deploy(await filesOf('travel-desk', 'travel-desk-question', 'travel-desk-review'));
});
afterEach(() => world.close());

const calls = (...made: [id: string, name: string, given: object][]) =>
  says({
    toolCalls: made.map(([id, name, given]) => ({ id, name, arguments: given as never })),
    finish: 'toolCalls',
  });
const trip = { question: 'What do 2 nights in Rome cost for 3?', today: 'Monday', traveller: 'eva' };
const trains = async (): Promise<JobOutcome> => ({
  kind: 'complete',
  variables: { toolCallResult: ['IC 1'] },
});
const review = async (instance: string, said: object) => {
  const task = await world.task(instance, 'Review');
  await world.engine.commands.completeUserTask(task, said as never);
};

it('an agent talks to its model, its tools and people, and goes on with what was said before', async () => {
  await world.work();
  world.handle('io.camunda:http-json:1', trains);
  world.say(
    calls(['c1', 'Price', { nights: 2, people: 3 }], ['c2', 'Trains', { city: 'Rome' }]),
    calls(['c1', 'AskTraveller', { question: 'By day?' }]),
    says({ text: 'That is 540 euros.' }),
    says({ text: 'Three nights are 810.' }),
  );

  const instance = await world.start('travel-desk', trip);
  const asked = await world.task(instance, 'AskTraveller');
  expect(await world.engine.queries.userTaskVariables(tenantId, asked)).toMatchObject({
    ok: true,
    value: { askedFor: 'By day?' },
  });
  await world.engine.commands.completeUserTask(asked, { said: 'Yes, by day' });
  await review(instance, { satisfied: false, followUp: 'And three nights?' });
  await review(instance, { satisfied: true });
  const { agent, toolCallResult } = await world.ended(instance);

  const first = [
    { role: 'system', text: 'You plan trips. It is Monday.' },
    { role: 'user', text: 'What do 2 nights in Rome cost for 3?' },
  ];
  const [one, two, three, four] = world.asked;
  expect(one).toMatchObject({
    model: 'travel-model-1',
    messages: first,
    tools: [
      {
        name: 'Price',
        description: 'What a trip of some nights costs for some people',
        parameters: {
          type: 'object',
          properties: {
            nights: { type: 'number', description: 'Nights away' },
            people: { type: 'number', description: 'How many travel' },
          },
          required: ['nights', 'people'],
        },
      },
      {
        name: 'Trains',
        parameters: { properties: { city: { type: 'string', description: 'Where to' } }, required: ['city'] },
      },
      { name: 'AskTraveller' },
    ],
  });
  expect(two?.messages.slice(2)).toMatchObject([
    { role: 'assistant', toolCalls: [{ id: 'c1' }, { id: 'c2' }] },
    { role: 'tool', toolCallId: 'c1', text: '540' },
    { role: 'tool', toolCallId: 'c2', text: '["IC 1"]' },
  ]);
  // The same id again would be another call's.
  expect(three?.messages.slice(5)).toMatchObject([
    { role: 'assistant', toolCalls: [{ id: 'c1-2', name: 'AskTraveller' }] },
    { role: 'tool', toolCallId: 'c1-2', text: 'Yes, by day' },
  ]);
  expect(four?.messages.slice(7)).toEqual([
    { role: 'assistant', text: 'That is 540 euros.', toolCalls: [] },
    { role: 'user', text: 'And three nights?' },
  ]);
  expect(agent).toMatchObject({
    responseText: 'Three nights are 810.',
    context: {
      state: 'READY',
      metrics: { modelCalls: 4, tokenUsage: { inputTokenCount: 40, outputTokenCount: 20 }, toolCalls: 3 },
      conversation: { type: 'in-process' },
    },
  });
  expect(toolCallResult).toBeUndefined();
});

it('each call of model and tool is on record with the sub-process it belongs to, without keys', async () => {
  await world.work();
  world.say(calls(['c1', 'Price', { nights: 2, people: 3 }]), says({ text: '540' }));
  const instance = await world.start('travel-desk', trip);
  await world.task(instance, 'Review');

  const records = await world.calls.list(tenantId, instance);
  expect(
    records.map(({ kind, name, model, sequence, elementId }) => [sequence, kind, name, model, elementId]),
  ).toEqual([
    [1, 'model', 'Agent', 'bedrock/travel-model-1', 'Agent'],
    [2, 'tool', 'Price', '', 'Agent'],
    [3, 'model', 'Agent', 'bedrock/travel-model-1', 'Agent'],
  ]);
  expect(records[1]).toMatchObject({
    request: { tool: 'Price', callId: 'c1', arguments: { nights: 2, people: 3 } },
    response: 540,
  });
  expect(records[0]?.began).toMatchObject({ variables: { prompt: trip.question } });
  expect(JSON.stringify(records)).not.toContain('secrets.');
});

it('the model is asked once for all the results of its tools, however they come', async () => {
  await world.work();
  let finish = () => {};
  const late = new Promise<void>((resolve) => {
    finish = resolve;
  });
  world.handle('io.camunda:http-json:1', async () => {
    await late;
    return trains();
  });
  world.say(
    calls(['c1', 'Price', { nights: 1, people: 1 }], ['c2', 'Trains', { city: 'Rome' }]),
    says({ text: 'Done' }),
  );
  const instance = await world.start('travel-desk', trip);
  // The price is there, and its turn over, while the trains are still looked for.
  await until(async () => {
    const found = await world.engine.queries.elementInstances(tenantId, instance);
    return (
      found.ok && found.value.some(({ elementId, state }) => elementId === 'Price' && state === 'COMPLETED')
    );
  });
  finish();
  await world.task(instance, 'Review');

  expect(world.asked).toHaveLength(2);
});

it.each([
  ['WAIT_FOR_TOOL_CALL_RESULTS', 'Yes, by day'],
  ['INTERRUPT_TOOL_CALLS', 'Tool execution was canceled.'],
])('an event tells the agent something while a person thinks: %s', async (onEvent, result) => {
  await world.work();
  world.say(calls(['c1', 'AskTraveller', { question: 'By day?' }]), says({ text: 'Then by train' }));
  const instance = await world.start('travel-desk', { ...trip, onEvent });
  const asked = await world.task(instance, 'AskTraveller');
  await world.engine.commands.publishMessage(tenantId, {
    name: 'travel-news',
    correlationKey: 'eva',
    timeToLive: 60_000,
    variables: { news: 'the airport is closed' },
  });
  if (onEvent === 'WAIT_FOR_TOOL_CALL_RESULTS') {
    await until(async () => {
      const found = await world.engine.queries.elementInstances(tenantId, instance);
      return (
        found.ok && found.value.some(({ elementId, state }) => elementId === 'Told' && state === 'COMPLETED')
      );
    });
    await world.engine.commands.completeUserTask(asked, { said: 'Yes, by day' });
  }
  await world.task(instance, 'Review');

  expect(world.asked[1]?.messages.slice(3)).toEqual([
    { role: 'tool', toolCallId: 'c1', toolName: 'AskTraveller', text: result },
    { role: 'user', text: 'News: the airport is closed' },
  ]);
  const task = await world.engine.queries.userTask(tenantId, asked);
  expect(task.ok && task.value.state).toBe(onEvent === 'INTERRUPT_TOOL_CALLS' ? 'CANCELED' : 'COMPLETED');
});

it('a crash between the answer of the model and the end of the job repeats nothing', async () => {
  let lost = true;
  const append = world.calls.append;
  const crashing = {
    ...world.calls,
    async append(record: Parameters<typeof append>[0]) {
      await append(record);
      if (record.sequence === 3 && lost) {
        lost = false;
        throw new Error('the process ended');
      }
    },
  };
  await world.work({ calls: crashing });
  world.say(calls(['c1', 'Price', { nights: 2, people: 3 }]), says({ text: '540' }));
  const instance = await world.start('travel-desk', trip);
  await world.task(instance, 'Review');

  expect(lost).toBe(false);
  expect(world.asked).toHaveLength(2);
  expect((await world.calls.list(tenantId, instance)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});

describe('a recorded agent', () => {
  /** Two rounds of tools, one wrong call and an event, then the answer. */
  async function recorded() {
    await world.work();
    world.handle('io.camunda:http-json:1', trains);
    world.say(
      calls(['c1', 'Price', { nights: 2, people: 3 }], ['c2', 'Trains', { city: 'Rome' }]),
      calls(['c3', 'Price', { nights: 'two' }]),
      calls(['c4', 'AskTraveller', { question: 'By day?' }]),
      says({ text: 'Then by train' }),
    );
    const instance = await world.start('travel-desk', { ...trip, onEvent: 'INTERRUPT_TOOL_CALLS' });
    await world.task(instance, 'AskTraveller');
    await world.engine.commands.publishMessage(tenantId, {
      name: 'travel-news',
      correlationKey: 'eva',
      timeToLive: 60_000,
      variables: { news: 'the airport is closed' },
    });
    await world.task(instance, 'Review');
    const all = await world.calls.list(tenantId, instance);
    const recording = await recordingOf(all, { status: 'completed', error: null }, [], {
      agent: async () => undefined,
      named: async () => undefined,
    });
    if (!recording.ok) throw new Error(recording.failure.message);
    return recording.value;
  }

  it('is done over turn by turn, and asks nobody', async () => {
    const recording = await recorded();

    expect(recording.calls.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'model Agent',
      'tool Price',
      'tool Trains',
      'model Agent',
      'tool Price',
      'model Agent',
      'tool AskTraveller',
      'model Agent',
    ]);
    expect(await replayRun(recording)).toEqual({ run: recording.run.id, calls: 8, difference: null });
    expect(world.asked).toHaveLength(4);
  });

  it('is not the same with another prompt, or another result of a tool', async () => {
    const recording = await recorded();
    const { element } = recording.agent.definition as { element: JsonObject };
    const agent = {
      ...recording.agent.definition,
      element: { ...element, systemPrompt: 'You plan trips. It is Tuesday.' },
    };

    expect((await replayRun(recording, { agent })).difference).toEqual({
      sequence: 1,
      pointer: '/messages/0/text',
      recorded: 'You plan trips. It is Monday.',
      now: 'You plan trips. It is Tuesday.',
    });
    const changed = structuredClone(recording);
    changed.calls[1]!.response = 541;
    expect((await replayRun(changed)).difference).toMatchObject({
      sequence: 4,
      pointer: '/messages/3/text',
      recorded: '540',
      now: '541',
    });
    expect(forkRun(recording, { from: 1, model: 'other' })).toMatchObject({
      ok: false,
      failure: { code: 'FORK_REFUSED' },
    });
  });
});
