import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  callActivity,
  end,
  exclusiveGateway,
  listening,
  manualTask,
  multiInstance,
  parallelGateway,
  path,
  scriptTask,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
  userTask,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(element: string, ...more: string[]): Promise<Scenario> {
  const scenario = await Scenario.begin();
  const id = element.match(/id="(\w+)"/)![1]!;
  await scenario.deploy(bpmn('order', start(), element, end(), path('start', id, 'end'), ...more));
  await scenario.started('order', { x: 1 });
  return scenario;
}

const root = (scenario: Scenario) => scenario.events('PROCESS_INSTANCE')[0]!.key;

describe('execution listeners', () => {
  it('work one after the other, before and after the element', async () => {
    const scenario = await running(
      listening(serviceTask('work'), 'start:first', 'end:third', 'start:second', 'end:fourth'),
    );
    for (const type of ['first', 'second', 'work', 'third', 'fourth']) {
      const jobs = scenario.events('JOB', 'CREATED');
      expect(jobs.at(-1)!.value).toMatchObject({
        type,
        elementId: 'work',
        kind: type === 'work' ? 'BPMN_ELEMENT' : 'EXECUTION_LISTENER',
        retries: 3,
      });
      await scenario.complete(type);
    }
    expect(scenario.completed).toEqual(['start', 'work', 'end', 'order']);
    expect(
      [...scenario.records]
        .filter(({ recordType }) => recordType === 'EVENT')
        .filter(
          ({ valueType, value }) =>
            valueType === 'JOB' || ('elementId' in value && value.elementId === 'work'),
        )
        .map(({ valueType, intent, value }) => (valueType === 'JOB' ? `${intent} ${value.type}` : intent)),
    ).toEqual([
      'ELEMENT_ACTIVATING',
      'CREATED first',
      'COMPLETED first',
      'CREATED second',
      'COMPLETED second',
      'CREATED work',
      'ELEMENT_ACTIVATED',
      'COMPLETED work',
      'ELEMENT_COMPLETING',
      'CREATED third',
      'COMPLETED third',
      'CREATED fourth',
      'COMPLETED fourth',
      'ELEMENT_COMPLETED',
    ]);
  });

  it('bring variables: at the start local ones, at the end for all', async () => {
    const scenario = await running(
      listening(serviceTask('work', { inputs: [['=x', 'in']] }), 'start:before', 'end:after'),
    );
    const before = await scenario.job('before');
    expect(before.variables).toEqual({ x: 1, in: 1 });
    await scenario.execute(commands.completeJob(before.key, { local: 2 }));
    expect((await scenario.job('work')).variables).toEqual({ x: 1, in: 1, local: 2 });
    await scenario.execute(commands.completeJob(scenario.events('JOB', 'CREATED').at(-1)!.key, { y: 3 }));
    await scenario.complete('after', { z: 4 });
    expect(scenario.variables()).toEqual({ work: { in: 1, local: 2 }, order: { x: 1, y: 3, z: 4 } });
  });

  it.each([
    ['a user task', userTask('one')],
    ['a manual task', manualTask('one')],
    ['a script', scriptTask('one', '=1', 'y')],
    ['a sub-process', subProcess('one', {}, start('in'))],
    ['many instances', multiInstance(manualTask('one'), { over: '=[1]' })],
    ['a call', callActivity('one', 'called')],
  ])('work at %s', async (_, element) => {
    const scenario = await Scenario.begin();
    await scenario.deploy(bpmn('called', start()), 'called.bpmn');
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        listening(element, 'start:before', 'end:after'),
        end(),
        path('start', 'one', 'end'),
      ),
      'order.bpmn',
    );
    await scenario.started('order');
    await scenario.complete('before');
    for (const { key } of scenario.events('USER_TASK', 'CREATED'))
      accepted(await scenario.execute(commands.completeUserTask(key, {}, '')));
    expect(scenario.completed).not.toContain('end');
    await scenario.complete('after');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it.each([
    ['exclusive', exclusiveGateway('gate')],
    ['parallel', parallelGateway('gate')],
  ])('work before an %s gateway', async (_, gateway) => {
    const scenario = await running(listening(gateway, 'start:before'));
    await scenario.complete('before');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('work at start and end events, and at the process itself', async () => {
    const scenario = await Scenario.begin();
    const xml = bpmn(
      'order',
      listening(start(), 'end:started'),
      listening(end(), 'start:ending', 'end:ended'),
      path('start', 'end'),
    );
    await scenario.deploy(
      xml.replace(
        '<bpmn:startEvent',
        '<bpmn:extensionElements><zeebe:executionListeners><zeebe:executionListener eventType="start" type="begin" /><zeebe:executionListener eventType="end" type="done" /></zeebe:executionListeners></bpmn:extensionElements><bpmn:startEvent',
      ),
    );
    await scenario.started('order');
    for (const type of ['begin', 'started', 'ending', 'ended']) await scenario.complete(type);
    await scenario.complete('done', { last: 1 });
    expect(scenario.completed).toEqual(['start', 'end', 'order']);
    expect(scenario.variables()).toEqual({ order: { last: 1 } });
  });

  it('without retries left wait with an incident of their own', async () => {
    const scenario = await running(listening(serviceTask('work'), 'start:before'));
    const key = await scenario.fail('before', { retries: 0, errorMessage: 'no' });
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'EXECUTION_LISTENER_NO_RETRIES', errorMessage: 'no' });
    await scenario.execute(commands.updateJobRetries(key, 1));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    await scenario.complete('before');
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('are not asked again when the work after them cannot begin', async () => {
    const scenario = await running(
      listening(serviceTask('work', { type: '=kind', inputs: [['=x', 'in']] }), 'start:before'),
    );
    await scenario.complete('before', { in: 'kept' });
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'work' });
    await scenario.execute(commands.setVariables(root(scenario), { kind: 'found' }, 'PROPAGATE'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    expect((await scenario.job('found')).variables).toMatchObject({ in: 'kept' });
    expect(scenario.events('JOB', 'CREATED').map(({ value }) => value.type)).toEqual(['before', 'found']);
  });

  it('throw no BPMN errors', async () => {
    const scenario = await running(listening(serviceTask('work'), 'start:before'));
    const { key } = await scenario.job('before');
    expect(
      await scenario.execute(commands.throwError(key, { errorCode: 'E1', errorMessage: '', variables: {} })),
    ).toMatchObject({
      failure: {
        type: 'INVALID_STATE',
        reason: expect.stringContaining('Cannot throw BPMN error from EXECUTION_LISTENER job'),
      },
    });
    accepted(await scenario.execute(commands.completeJob(key, {})));
    expect(await scenario.activate('work')).toHaveLength(1);
  });

  it('end with their element', async () => {
    for (const element of [
      listening(serviceTask('work'), 'start:hear'),
      listening(scriptTask('work', '=1', 'y'), 'end:hear'),
      listening(exclusiveGateway('work'), 'start:hear'),
    ]) {
      const scenario = await running(element);
      accepted(await scenario.execute(commands.cancelInstance(root(scenario))));
      expect(scenario.terminated).toEqual(['work', 'order']);
      expect(scenario.events('JOB').map(({ intent }) => intent)).toEqual(['CREATED', 'CANCELED']);
    }
  });

  it('do not start what a timer ends later', async () => {
    const scenario = await running(
      listening(serviceTask('work'), 'start:before'),
      timerBoundary('late', 'work', { duration: 'PT1M' }),
      path('late', 'end'),
    );
    await scenario.wait(60_000);
    // the timer runs from the moment the work begins
    await scenario.complete('before');
    await scenario.wait(60_000);
    expect(scenario.completed.slice(-3)).toEqual(['late', 'end', 'order']);
  });
});
