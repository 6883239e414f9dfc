import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  callActivity,
  end,
  errorBoundary,
  errorEnd,
  eventSubProcess,
  multiInstance,
  parallelGateway,
  path,
  serviceTask,
  start,
  startError,
  startEscalation,
  startMessage,
  startSignal,
  startTimer,
  subProcess,
  throwEscalation,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(...content: string[]): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(bpmn('order', start(), end(), ...content));
  await scenario.started('order', { key: 'k', keys: ['a', 'b'] });
  return scenario;
}

async function publish(
  scenario: Scenario,
  name: string,
  correlationKey = 'k',
  variables = {},
): Promise<void> {
  const message = { name, correlationKey, messageId: '', timeToLive: 0, variables };
  accepted(await scenario.execute(commands.publishMessage(message, scenario.tenantId)));
}

const broadcast = (scenario: Scenario) =>
  scenario.within(commands.broadcastSignal({ signalName: 'S1', variables: {} }, scenario.tenantId));

/** An event sub-process that hands over to a task. */
const handler = (begin: string, task: string) =>
  eventSubProcess(
    `on-${task}`,
    begin,
    serviceTask(task),
    end(`${task}-end`),
    path('began', task, `${task}-end`),
  );

describe('an event sub-process that interrupts', () => {
  it('begins when everything else in its scope is gone, and the scope ends with it', async () => {
    const scenario = await running(
      parallelGateway('fork'),
      serviceTask('pack'),
      subProcess('pay', {}, start('s'), serviceTask('charge'), path('s', 'charge')),
      path('start', 'fork', 'pack', 'end'),
      path('fork', 'pay'),
      handler(startMessage('began', 'M1'), 'refund'),
    );
    await publish(scenario, 'M1', 'k', { reason: 'lost' });
    const [begun, ...rest] = scenario.trace('ELEMENT_TERMINATED', 'ELEMENT_ACTIVATED').slice(-6);
    expect([begun, ...rest.slice(0, 2)].sort()).toEqual([
      'ELEMENT_TERMINATED charge',
      'ELEMENT_TERMINATED pack',
      'ELEMENT_TERMINATED pay',
    ]);
    expect(rest.slice(2)).toEqual([
      'ELEMENT_ACTIVATED on-refund',
      'ELEMENT_ACTIVATED began',
      'ELEMENT_ACTIVATED refund',
    ]);
    expect((await scenario.job('refund')).variables).toMatchObject({ reason: 'lost' });
  });

  it('does not begin twice, and nothing else begins beside it', async () => {
    const scenario = await running(
      serviceTask('pack'),
      path('start', 'pack', 'end'),
      handler(startMessage('began', 'M1'), 'refund'),
      eventSubProcess(
        'told',
        startSignal('g', 'S1', { interrupting: false }),
        end('g-end'),
        path('g', 'g-end'),
      ),
    );
    await publish(scenario, 'M1');
    await publish(scenario, 'M1');
    await broadcast(scenario);
    expect(scenario.trace('ELEMENT_ACTIVATED')).not.toContain('ELEMENT_ACTIVATED told');
    await scenario.complete('refund');
    expect(scenario.completed).toEqual(['start', 'began', 'refund', 'refund-end', 'on-refund', 'order']);
  });

  it('ends the process when a timer says so, though a task was stopped by an incident', async () => {
    const scenario = await running(
      serviceTask('pack', { inputs: [['=assert(x, x > 5)', 'y']] }),
      path('start', 'pack', 'end'),
      eventSubProcess('late', startTimer('t', { duration: 'PT1M' }), end('t-end'), path('t', 't-end')),
    );
    expect(scenario.incidents).toHaveLength(1);
    await scenario.wait(60_000);
    expect(scenario.incidents).toEqual([]);
    expect(scenario.completed.at(-1)).toBe('order');
  });
});

describe('an event sub-process that does not interrupt', () => {
  it('begins each time beside the rest, and the scope waits for all of them', async () => {
    const scenario = await running(
      serviceTask('pack'),
      path('start', 'pack', 'end'),
      handler(startMessage('began', 'M1', { interrupting: false }), 'note'),
    );
    await publish(scenario, 'M1');
    await publish(scenario, 'M1');
    await scenario.complete('pack');
    expect(scenario.completed).not.toContain('order');
    for (const { key } of await scenario.activate('note'))
      accepted(await scenario.execute(commands.completeJob(key, {})));
    expect(scenario.completed.filter((id) => id === 'on-note')).toHaveLength(2);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('gets what a signal brings twice in one turn, once each', async () => {
    const scenario = await running(
      parallelGateway('fork'),
      throwEscalation('one', 'X1'),
      throwEscalation('two', 'X1'),
      path('start', 'fork', 'one', 'end'),
      path('fork', 'two', 'end'),
      handler(startEscalation('began', 'X1', { interrupting: false }), 'note'),
    );
    expect(await scenario.activate('note')).toHaveLength(2);
  });

  it('repeats by a cycle until its scope is done', async () => {
    const scenario = await running(
      subProcess(
        'pack',
        {},
        start('s'),
        serviceTask('wrap'),
        path('s', 'wrap'),
        eventSubProcess(
          'remind',
          startTimer('t', { cycle: 'R/PT1M' }, { interrupting: false }),
          end('t-end'),
          path('t', 't-end'),
        ),
      ),
      path('start', 'pack', 'end'),
    );
    await scenario.wait(60_000);
    await scenario.wait(60_000);
    await scenario.complete('wrap');
    expect(scenario.completed.filter((id) => id === 'remind')).toHaveLength(2);
    expect(scenario.completed.at(-1)).toBe('order');
    await scenario.wait(60_000);
    expect(scenario.completed.filter((id) => id === 'remind')).toHaveLength(2);
  });
});

describe('an error', () => {
  const scope = (...content: string[]) =>
    subProcess('pay', {}, start('s'), serviceTask('charge'), path('s', 'charge'), ...content);

  it('of a called process is caught by an event sub-process of the caller', async () => {
    const scenario = await Scenario.begin();
    const called = `<bpmn:process id="called" isExecutable="true">${
      start('cs') + errorEnd('fail', 'E1') + path('cs', 'fail')
    }</bpmn:process>`;
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        callActivity('call', 'called'),
        path('start', 'call'),
        handler(startError('began', 'E1'), 'refund'),
      ).replace('</bpmn:definitions>', `${called}</bpmn:definitions>`),
    );
    await scenario.started('order');
    expect(scenario.terminated).toEqual(['fail', 'called', 'call']);
    await scenario.complete('refund');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('with a code goes to whoever names it, an event sub-process before a boundary event (quirk 10)', async () => {
    const outside = errorBoundary('outside', 'pay', 'E1');
    const equal = await running(
      scope(handler(startError('began', 'E1'), 'refund')),
      outside,
      path('start', 'pay', 'end'),
    );
    await equal.throwError('charge', 'E1');
    expect(equal.trace('ELEMENT_ACTIVATED').at(-1)).toBe('ELEMENT_ACTIVATED refund');

    const specific = await running(
      scope(handler(startError('began', undefined), 'refund')),
      outside,
      path('start', 'pay', 'end'),
    );
    await specific.throwError('charge', 'E1');
    expect(specific.completed).toContain('outside');
  });

  it('in a scope that was interrupted is caught further out', async () => {
    const scenario = await running(
      scope(handler(startError('began', 'E1'), 'refund')),
      errorBoundary('outside', 'pay', 'E1'),
      path('start', 'pay', 'end'),
      eventSubProcess('all', startError('e', undefined), end('e-end'), path('e', 'e-end')),
    );
    await scenario.throwError('charge', 'E1');
    await scenario.throwError('refund', 'E1');
    expect(scenario.completed).toEqual(['start', 's', 'began', 'e', 'e-end', 'all', 'order']);
  });
});

describe('together with others', () => {
  it('each instance of many has its own', async () => {
    const scenario = await running(
      multiInstance(
        subProcess(
          'each',
          {},
          start('s'),
          serviceTask('wrap'),
          path('s', 'wrap'),
          handler(startMessage('began', 'M1'), 'note'),
        ),
        { over: '=keys', as: 'key' },
      ),
      path('start', 'each', 'end'),
    );
    await publish(scenario, 'M1', 'b');
    expect(scenario.terminated).toEqual(['wrap']);
    await scenario.complete('wrap');
    await scenario.complete('note');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('an incident tells of a correlation key that cannot be read, and its resolution goes on', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        serviceTask('pack'),
        path('start', 'pack'),
        handler(startMessage('began', 'M1'), 'refund'),
      ),
    );
    const instance = await scenario.started('order');
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'start' });
    await scenario.execute(commands.setVariables(instance, { key: 'k' }, 'PROPAGATE'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    await publish(scenario, 'M1');
    expect(scenario.terminated).toEqual(['pack']);
  });
});
