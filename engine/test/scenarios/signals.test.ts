import { commands } from '@baton/engine/broker';
import type { JsonObject } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  catchSignal,
  catchTimer,
  end,
  eventGateway,
  parallelGateway,
  path,
  serviceTask,
  signalBoundary,
  signalEnd,
  start,
  startSignal,
  throwSignal,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(xml: string, variables: JsonObject = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

const broadcast = async (scenario: Scenario, signalName = 'S1', variables: JsonObject = {}) =>
  accepted(await scenario.execute(commands.broadcastSignal({ signalName, variables }, scenario.tenantId)));

describe('a signal', () => {
  const waiting = bpmn('order', start(), catchSignal('heard', 'named'), end(), path('start', 'heard', 'end'));

  it('reaches all who wait for it, with what it brings', async () => {
    const scenario = await running(waiting, { topic: 'stop' });
    await scenario.started('order', { topic: 'stop' });
    await scenario.started('order', { topic: 'go' });
    await broadcast(scenario, 'stop', { why: 'storm' });
    expect(scenario.completed.filter((id) => id === 'order')).toHaveLength(2);
    expect(scenario.variables().order).toMatchObject({ why: 'storm' });
    expect(scenario.events('SIGNAL_SUBSCRIPTION', 'DELETED')).toHaveLength(2);
  });

  it('is not kept for those who come later', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(waiting);
    await broadcast(scenario, 'stop');
    await scenario.started('order', { topic: 'stop' });
    expect(scenario.completed).toEqual(['start']);
  });

  it('stays within its tenant', async () => {
    const scenario = await running(waiting, { topic: 'stop' });
    await broadcast(scenario.as('other'), 'stop');
    expect(scenario.completed).toEqual(['start']);
  });

  it('without a readable name stops its event with an incident', async () => {
    const scenario = await running(waiting, { topic: 7 });
    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'EXTRACT_VALUE_ERROR',
        errorMessage: "Expected result of the expression 'topic' to be 'STRING', but was 'NUMBER'.",
        elementId: 'heard',
      },
    ]);
  });

  it('is waited for no longer when the instance is canceled', async () => {
    const scenario = await running(waiting, { topic: 'stop' });
    accepted(await scenario.execute(commands.cancelInstance(scenario.events('PROCESS_INSTANCE')[0]!.key)));
    expect(scenario.events('SIGNAL_SUBSCRIPTION').map(({ intent }) => intent)).toEqual([
      'CREATED',
      'DELETED',
    ]);
    await broadcast(scenario, 'stop');
    expect(scenario.terminated).toEqual(['heard', 'order']);
  });
});

describe('a signal on a task', () => {
  const watched = (interrupting: boolean) =>
    bpmn(
      'order',
      start(),
      serviceTask('work'),
      signalBoundary('news', 'work', { interrupting }),
      path('start', 'work'),
    );

  it('ends the task when it interrupts', async () => {
    const scenario = await running(watched(true));
    await broadcast(scenario);
    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.completed).toEqual(['start', 'news', 'order']);
  });

  it('comes as often as it is broadcast when it does not', async () => {
    const scenario = await running(watched(false));
    await broadcast(scenario);
    await broadcast(scenario);
    await scenario.complete('work');
    expect(scenario.completed).toEqual(['start', 'news', 'news', 'work', 'order']);
  });
});

it('a signal start event of the latest version begins an instance', async () => {
  const scenario = await Scenario.begin();
  const heard = (id: string) => bpmn('order', startSignal(id), end(), path(id, 'end'));
  await scenario.deploy(heard('old'));
  await scenario.deploy(heard('new'));
  await broadcast(scenario, 'S1', { n: 1 });
  expect(scenario.completed).toEqual(['new', 'end', 'order']);
  expect(scenario.variables()).toEqual({ new: { n: 1 }, order: { n: 1 } });
});

it('an event-based gateway goes on with a signal', async () => {
  const scenario = await running(
    bpmn(
      'order',
      start(),
      eventGateway('first'),
      catchSignal('heard'),
      catchTimer('late', { duration: 'PT1M' }),
      path('start', 'first', 'heard'),
      path('first', 'late'),
    ),
  );
  await broadcast(scenario);
  expect(scenario.completed).toEqual(['start', 'first', 'heard', 'order']);
});

it.each([
  ['throw event', throwSignal('say', 'named', { inputs: [['=a + 1', 'b']] })],
  ['end event', signalEnd('say', 'named', { inputs: [['=a + 1', 'b']] })],
])('a signal %s is heard by others, with what its input mappings make', async (_name, element) => {
  const scenario = await running(
    bpmn(
      'order',
      start(),
      parallelGateway('fork'),
      serviceTask('work'),
      element,
      catchSignal('heard'),
      serviceTask('after'),
      path('start', 'fork', 'work', 'say'),
      path('fork', 'heard', 'after'),
    ),
    { topic: 'S1', a: 1 },
  );
  await scenario.complete('work');
  expect(scenario.completed).toEqual(expect.arrayContaining(['say', 'heard']));
  expect((await scenario.job('after')).variables).toEqual({ topic: 'S1', a: 1, b: 2 });
  expect(scenario.events('SIGNAL', 'BROADCASTED').map(({ value }) => value)).toEqual([
    { signalName: 'S1', variables: { b: 2 } },
  ]);
});

it('a signal event without a readable name throws nothing', async () => {
  const scenario = await running(bpmn('order', start(), throwSignal('say', 'named'), path('start', 'say')));
  expect(scenario.incidents).toMatchObject([{ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'say' }]);
  expect(scenario.events('SIGNAL')).toEqual([]);
});
