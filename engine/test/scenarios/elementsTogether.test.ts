import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  callActivity,
  catchLink,
  catchMessage,
  end,
  escalationBoundary,
  escalationEnd,
  eventGateway,
  exclusiveGateway,
  flow,
  inclusiveGateway,
  listening,
  messageBoundary,
  multiInstance,
  parallelGateway,
  path,
  receiveTask,
  serviceTask,
  start,
  startMessage,
  startSignal,
  startTimer,
  subProcess,
  terminateEnd,
  throwLink,
  throwSignal,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function deployed(...content: string[]): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(bpmn('order', ...content));
  return scenario;
}

async function running(...content: string[]): Promise<Scenario> {
  const scenario = await deployed(start(), end(), ...content);
  await scenario.started('order', { key: 'k', keys: ['a', 'b'] });
  return scenario;
}

async function publish(scenario: Scenario, name: string, correlationKey = 'k'): Promise<void> {
  const message = { name, correlationKey, messageId: '', timeToLive: 0, variables: {} };
  accepted(await scenario.execute(commands.publishMessage(message, scenario.tenantId)));
}

describe('waiting once for every item', () => {
  it('each instance of a receive task waits for its own message', async () => {
    const scenario = await running(
      multiInstance(receiveTask('paid', 'M1'), { over: '=keys', as: 'key' }),
      path('start', 'paid', 'end'),
    );
    await publish(scenario, 'M1', 'b');
    expect(scenario.completed).toEqual(['start', 'paid']);
    await publish(scenario, 'M1', 'a');
    expect(scenario.completed).toEqual(['start', 'paid', 'paid', 'paid', 'end', 'order']);
  });

  it('a message at the border of all instances ends every one of them', async () => {
    const scenario = await running(
      multiInstance(receiveTask('paid', 'M1'), { over: '=keys', as: 'key' }),
      messageBoundary('stopped', 'paid', 'M2'),
      path('start', 'paid', 'end'),
      flow('stopped', 'end'),
    );
    await publish(scenario, 'M2');
    expect(scenario.terminated).toEqual(['paid', 'paid', 'paid']);
    expect(scenario.completed).toEqual(['start', 'stopped', 'end', 'order']);
    expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION', 'DELETED')).toHaveLength(2);
  });

  it('a terminate end event ends its own instance only', async () => {
    const scenario = await running(
      multiInstance(
        subProcess(
          'each',
          {},
          start('s'),
          parallelGateway('fork'),
          serviceTask('work'),
          receiveTask('asked', 'M1'),
          terminateEnd('stop'),
          path('s', 'fork', 'work', 'stop'),
          path('fork', 'asked', 'stop'),
        ),
        { over: '=keys', as: 'key' },
      ),
      path('start', 'each', 'end'),
    );
    await publish(scenario, 'M1', 'a');
    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.completed).not.toContain('order');
    await scenario.complete('work');
    expect(scenario.terminated).toEqual(['work', 'asked']);
    expect(scenario.completed.at(-1)).toBe('order');
  });
});

describe('across a call', () => {
  const called = `<bpmn:process id="called" isExecutable="true">${
    start('s') + escalationEnd('raise', 'X1') + path('s', 'raise')
  }</bpmn:process>`;
  const calling = (interrupting: boolean) =>
    bpmn(
      'order',
      start(),
      callActivity('call', 'called'),
      escalationBoundary('told', 'call', 'X1', { interrupting }),
      end(),
      end('aside'),
      path('start', 'call', 'end'),
      path('told', 'aside'),
    ).replace('</bpmn:definitions>', `${called}</bpmn:definitions>`);

  it.each([
    [true, ['start', 's', 'told', 'aside', 'order']],
    [false, ['start', 's', 'raise', 'told', 'aside', 'called', 'call', 'end', 'order']],
  ])('an escalation reaches the call activity; interrupting: %s', async (interrupting, completed) => {
    const scenario = await Scenario.begin();
    await scenario.deploy(calling(interrupting));
    await scenario.started('order');
    expect([...scenario.completed].sort()).toEqual([...completed].sort());
    expect(scenario.terminated).toEqual(interrupting ? ['raise', 'called', 'call'] : []);
  });

  it('a terminate end event ends the called process with its call', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        parallelGateway('fork'),
        callActivity('call', 'called'),
        serviceTask('work'),
        terminateEnd('stop'),
        end(),
        path('start', 'fork', 'call', 'end'),
        path('fork', 'work', 'stop'),
      ).replace(
        '</bpmn:definitions>',
        `<bpmn:process id="called" isExecutable="true">${
          start('s') + catchMessage('waiting', 'M1') + end('e') + path('s', 'waiting', 'e')
        }</bpmn:process></bpmn:definitions>`,
      ),
    );
    await scenario.started('order', { key: 'k' });
    await scenario.complete('work');
    expect(scenario.terminated).toEqual(['waiting', 'called', 'call']);
    expect(scenario.completed.at(-1)).toBe('order');
    await publish(scenario, 'M1');
    expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATED')).toEqual([]);
  });
});

describe('an inclusive gateway that joins', () => {
  it('waits for a path that comes by a link', async () => {
    const scenario = await running(
      inclusiveGateway('fork'),
      inclusiveGateway('join'),
      serviceTask('first'),
      serviceTask('second'),
      throwLink('away', 'over'),
      catchLink('back', 'over'),
      flow('start', 'fork'),
      flow('fork', 'first', '=true'),
      flow('fork', 'second', '=true'),
      path('first', 'join', 'end'),
      path('second', 'away'),
      path('back', 'join'),
    );
    await scenario.complete('first');
    expect(scenario.completed).not.toContain('join');
    await scenario.complete('second');
    expect(scenario.completed.filter((id) => id === 'join')).toHaveLength(1);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('waits for a link that is on its way when the other path arrives', async () => {
    const scenario = await running(
      parallelGateway('fork'),
      inclusiveGateway('join'),
      throwLink('away', 'over'),
      catchLink('back', 'over'),
      exclusiveGateway('through'),
      path('start', 'fork', 'through', 'join', 'end'),
      path('fork', 'away'),
      path('back', 'join'),
    );
    expect(scenario.completed.filter((id) => id === 'join')).toHaveLength(1);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('goes on once when all paths arrive at the same time', async () => {
    const scenario = await running(
      parallelGateway('fork'),
      inclusiveGateway('join'),
      ...['one', 'other'].map((id) => `<bpmn:manualTask id="${id}" />`),
      path('start', 'fork', 'one', 'join', 'end'),
      path('fork', 'other', 'join'),
    );
    expect(scenario.completed.filter((id) => id === 'join')).toHaveLength(1);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('waits for the event that an event-based gateway waits for', async () => {
    const scenario = await running(
      parallelGateway('fork'),
      inclusiveGateway('join'),
      eventGateway('wait'),
      catchMessage('one', 'M1'),
      catchMessage('other', 'M2'),
      path('start', 'fork', 'join', 'end'),
      path('fork', 'wait', 'one', 'join'),
      path('wait', 'other', 'join'),
    );
    expect(scenario.completed).not.toContain('join');
    await publish(scenario, 'M2');
    expect(scenario.completed.filter((id) => id === 'join')).toHaveLength(1);
    expect(scenario.completed.at(-1)).toBe('order');
  });
});

describe('execution listeners', () => {
  const heard = (begin: string) =>
    bpmn('order', begin, end(), path('begin', 'end')).replace(
      /(<bpmn:process [^>]*>)/,
      '$1<bpmn:extensionElements><zeebe:executionListeners><zeebe:executionListener eventType="start" type="first" /><zeebe:executionListener eventType="end" type="last" /></zeebe:executionListeners></bpmn:extensionElements>',
    );

  it.each<[string, string, (scenario: Scenario) => Promise<unknown>]>([
    ['a message', startMessage('begin', 'M1'), (scenario) => publish(scenario, 'M1')],
    [
      'a signal',
      startSignal('begin'),
      (scenario) =>
        scenario.within(commands.broadcastSignal({ signalName: 'S1', variables: {} }, scenario.tenantId)),
    ],
    ['a timer', startTimer('begin', { cycle: 'R1/PT1M' }), (scenario) => scenario.wait(60_000)],
  ])('of a process work when %s begins it', async (_what, begin, happens) => {
    const scenario = await Scenario.begin();
    await scenario.deploy(heard(begin));
    await happens(scenario);
    expect(scenario.trace('ELEMENT_ACTIVATING')).toEqual(['ELEMENT_ACTIVATING order']);
    await scenario.complete('first');
    expect(scenario.completed).toEqual(['begin', 'end']);
    await scenario.complete('last');
    expect(scenario.completed).toEqual(['begin', 'end', 'order']);
  });

  it('of an event work before it waits or throws, and after', async () => {
    const scenario = await running(
      listening(catchMessage('paid', 'M1'), 'start:first', 'end:second'),
      listening(throwSignal('say', 'S1', { inputs: [['=1', 'x']] }), 'start:third', 'end:fourth'),
      path('start', 'paid', 'say', 'end'),
    );
    expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION')).toEqual([]);
    await scenario.complete('first');
    await publish(scenario, 'M1');
    expect(scenario.completed).toEqual(['start']);
    await scenario.complete('second');
    expect(scenario.events('SIGNAL')).toEqual([]);
    await scenario.complete('third', { y: 2 });
    expect(scenario.events('SIGNAL', 'BROADCASTED').map(({ value }) => value.variables)).toEqual([
      { x: 1, y: 2 },
    ]);
    await scenario.complete('fourth');
    expect(scenario.completed).toEqual(['start', 'paid', 'say', 'end', 'order']);
  });

  it('of an event-based gateway work before it waits', async () => {
    const scenario = await running(
      listening(eventGateway('wait'), 'start:first'),
      catchMessage('one', 'M1'),
      catchMessage('other', 'M2'),
      path('start', 'wait', 'one', 'end'),
      path('wait', 'other', 'end'),
    );
    expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION')).toEqual([]);
    await scenario.complete('first');
    await publish(scenario, 'M2');
    expect(scenario.completed).toEqual(['start', 'wait', 'other', 'end', 'order']);
  });
});

it('messages and signals may have names and keys of any length', async () => {
  const long = 'ä'.repeat(5_000);
  const xml = (begin: string, rest: string) =>
    bpmn('order', begin, rest, end(), path('begin', 'paid', 'end'))
      .replaceAll('name="M1"', `name="${long}"`)
      .replaceAll('name="S1"', `name="${long}"`);
  const scenario = await Scenario.begin();
  await scenario.deploy(xml(startSignal('begin'), catchMessage('paid', 'M1')));
  await scenario.within(
    commands.broadcastSignal({ signalName: long, variables: { key: long } }, scenario.tenantId),
  );
  await publish(scenario, long, `${long}!`);
  expect(scenario.completed).toEqual(['begin']);
  await publish(scenario, long, long);
  expect(scenario.completed).toEqual(['begin', 'paid', 'end', 'order']);

  await scenario.deploy(xml(startMessage('begin', 'M1'), serviceTask('paid')));
  await publish(scenario, long, long);
  await publish(scenario, long, long);
  await publish(scenario, long, `${long}!`);
  expect(await scenario.activate('paid')).toHaveLength(2);
});
