import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  compensable,
  compensationEnd,
  end,
  errorBoundary,
  eventSubProcess,
  exclusiveGateway,
  flow,
  multiInstance,
  path,
  serviceTask,
  start,
  startError,
  subProcess,
  throwCompensation,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

/** A task, and the task that undoes it. */
const undoable = (id: string) => compensable(serviceTask(id), serviceTask(`un${id}`));

async function running(...content: string[]): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(bpmn('trip', start(), ...content));
  await scenario.started('trip', { items: [1, 2] });
  return scenario;
}

const waiting = (scenario: Scenario, from = 0) =>
  scenario
    .events('JOB', 'CREATED')
    .slice(from)
    .map(({ value }) => value.elementId);

const subscriptions = (scenario: Scenario) =>
  scenario
    .events('COMPENSATION_SUBSCRIPTION')
    .map(({ intent, value }) => `${intent} ${value.compensableActivityId}`);

describe('a compensation throw event', () => {
  it('has all that was done undone together, and goes on when that is so', async () => {
    const scenario = await running(
      undoable('flight'),
      undoable('hotel'),
      undoable('car'),
      throwCompensation('back'),
      end(),
      path('start', 'flight', 'hotel', 'back', 'end'),
    );
    await scenario.complete('flight');
    await scenario.complete('hotel');
    expect(waiting(scenario, 2)).toEqual(['unflight', 'unhotel']);
    await scenario.complete('unhotel');
    expect(scenario.completed).not.toContain('back');
    await scenario.complete('unflight');
    expect(scenario.completed.slice(-3)).toEqual(['back', 'end', 'trip']);
    expect(subscriptions(scenario)).toEqual([
      'CREATED flight',
      'CREATED hotel',
      'TRIGGERED flight',
      'TRIGGERED hotel',
      'COMPLETED hotel',
      'COMPLETED flight',
    ]);
  });

  it('undoes the one activity that it names, as often as it was done', async () => {
    const scenario = await running(
      exclusiveGateway('again'),
      undoable('book'),
      undoable('pay'),
      exclusiveGateway('enough', 'enough-back'),
      throwCompensation('back', 'book'),
      end(),
      path('start', 'again', 'book', 'pay', 'enough', 'back', 'end'),
      flow('enough', 'again', '=more'),
    );
    await scenario.complete('book');
    await scenario.complete('pay', { more: true });
    await scenario.complete('book');
    await scenario.complete('pay', { more: false });
    for (const { key } of await scenario.activate('unbook'))
      accepted(await scenario.execute(commands.completeJob(key, {})));
    expect(scenario.completed.at(-1)).toBe('trip');
    expect(waiting(scenario)).not.toContain('unpay');
    expect(subscriptions(scenario).slice(-2)).toEqual(['DELETED pay', 'DELETED pay']);
  });

  it('reaches into every instance of a sub-process that was done, from top to bottom', async () => {
    const scenario = await running(
      multiInstance(subProcess('each', {}, start('s'), undoable('book'), path('s', 'book')), {
        sequential: true,
        over: '=items',
      }),
      compensationEnd('back'),
      path('start', 'each', 'back'),
    );
    await scenario.complete('book');
    await scenario.complete('book');
    const jobs = await scenario.activate('unbook');
    expect(jobs).toHaveLength(2);
    for (const { key } of jobs) accepted(await scenario.execute(commands.completeJob(key, {})));
    expect(scenario.completed.at(-1)).toBe('trip');
    expect(subscriptions(scenario).slice(-5)).toEqual([
      'COMPLETED book',
      'COMPLETED each',
      'COMPLETED book',
      'COMPLETED each',
      'COMPLETED each',
    ]);
  });

  it('in an event sub-process undoes what was done around that', async () => {
    const scenario = await running(
      undoable('book'),
      serviceTask('pay'),
      path('start', 'book', 'pay'),
      eventSubProcess('failed', startError('e', 'E1'), compensationEnd('back'), path('e', 'back')),
    );
    await scenario.complete('book');
    await scenario.throwError('pay', 'E1');
    await scenario.complete('unbook');
    expect(scenario.completed.slice(-3)).toEqual(['back', 'failed', 'trip']);
  });

  it('has nothing to undo of a sub-process that was ended', async () => {
    const scenario = await running(
      subProcess('booking', {}, start('s'), undoable('book'), serviceTask('pay'), path('s', 'book', 'pay')),
      errorBoundary('failed', 'booking', 'E1'),
      throwCompensation('back'),
      end(),
      path('start', 'booking'),
      path('failed', 'back', 'end'),
    );
    await scenario.complete('book');
    await scenario.throwError('pay', 'E1');
    expect(scenario.completed.slice(-3)).toEqual(['back', 'end', 'trip']);
    expect(subscriptions(scenario)).toEqual(['CREATED book', 'DELETED book']);
  });

  it('waits for a handler that failed until its incident is resolved', async () => {
    const scenario = await running(undoable('book'), compensationEnd('back'), path('start', 'book', 'back'));
    await scenario.complete('book');
    const job = await scenario.fail('unbook', { retries: 0 });
    expect(scenario.incidents).toMatchObject([{ elementId: 'unbook' }]);
    accepted(await scenario.execute(commands.updateJobRetries(job, 1)));
    accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
    await scenario.complete('unbook');
    expect(scenario.completed.at(-1)).toBe('trip');
  });
});
