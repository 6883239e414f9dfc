import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  conditionBoundary,
  end,
  escalationEnd,
  eventSubProcess,
  path,
  scriptTask,
  serviceTask,
  signalEnd,
  start,
  startEscalation,
  startSignal,
} from '../bpmn.ts';
import { Scenario } from '../scenario.ts';

/** Works, and when it begins raises what its handler raises again. */
const raisesForEver = bpmn(
  'loop',
  start(),
  escalationEnd('raise', 'X1'),
  eventSubProcess(
    'handler',
    startEscalation('caught', 'X1', { interrupting: false }),
    escalationEnd('again', 'X1'),
    path('caught', 'again'),
  ),
  path('start', 'raise'),
);
const calm = bpmn('calm', start(), serviceTask('work'), end(), path('start', 'work', 'end'));

describe('an event that its own handler throws again', () => {
  it('stops at the thousandth time in a row, by an incident, and the others go on', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(raisesForEver);
    await scenario.deploy(calm, 'calm.bpmn');
    const key = await scenario.started('loop');
    await scenario.wait(0);
    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'UNKNOWN',
        elementId: 'again',
        errorMessage:
          "Expected the escalation 'X1' to be thrown in answer to fewer than 1000 events in a row, but it was thrown again and again without anything else happening in between. Most likely the handler of an event throws the same event. Cancel the process instance if so.",
      },
    ]);
    await scenario.started('calm');
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('calm');

    expect(await scenario.execute(commands.cancelInstance(key))).toMatchObject({ ok: true });
    expect(scenario.terminated.at(-1)).toBe('loop');
  });

  it('goes as far again when its incident is resolved', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(raisesForEver);
    await scenario.started('loop');
    await scenario.wait(0);
    const [first] = scenario.incidents;
    await scenario.execute(commands.resolveIncident(first!.key));
    await scenario.wait(0);
    expect(scenario.incidents).toHaveLength(1);
    expect(scenario.incidents[0]!.key).not.toBe(first!.key);
    expect(scenario.events('ESCALATION')).toHaveLength(2000);
  });

  it('may be thrown as often as it likes by something that waits in between', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'patient',
        start(),
        escalationEnd('raise', 'X1'),
        eventSubProcess(
          'handler',
          startEscalation('caught', 'X1', { interrupting: false }),
          serviceTask('work'),
          escalationEnd('again', 'X1'),
          path('caught', 'work', 'again'),
        ),
        path('start', 'raise'),
      ),
    );
    await scenario.started('patient');
    for (let time = 0; time < 1_100; time++) await scenario.complete('work');
    expect(scenario.incidents).toEqual([]);
  });

  it('is a signal that begins the process that ends with it', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(bpmn('spawning', startSignal('begin'), signalEnd('again'), path('begin', 'again')));
    await scenario.execute(commands.broadcastSignal({ signalName: 'S1', variables: {} }, scenario.tenantId));
    await scenario.wait(0);
    expect(scenario.incidents).toMatchObject([{ errorType: 'UNKNOWN', elementId: 'again' }]);
    expect(scenario.completed.filter((id) => id === 'spawning')).toHaveLength(1000);
  });

  it('is a condition that its own handler fulfils', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'counting',
        start(),
        serviceTask('count'),
        end(),
        conditionBoundary('grown', 'count', '=n > 0', { interrupting: false }),
        scriptTask('grow', '=n + 1', 'n'),
        end('counted'),
        path('start', 'count', 'end'),
        path('grown', 'grow', 'counted'),
      ),
    );
    await scenario.deploy(calm, 'calm.bpmn');
    const processInstanceKey = await scenario.started('counting', { n: 1 });
    await scenario.wait(0);
    // it is stopped as by an error in processing
    expect(scenario.events('ERROR').map(({ value }) => value)).toMatchObject([{ processInstanceKey }]);
    await scenario.started('calm');
    expect(await scenario.activate('work')).toHaveLength(1);
    await scenario.execute(commands.cancelInstance(processInstanceKey));
    expect(scenario.terminated.at(-1)).toBe('counting');
  });
});
