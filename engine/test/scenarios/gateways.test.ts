import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { bpmn, end, exclusiveGateway, flow, parallelGateway, path, serviceTask, start } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

describe('a parallel gateway', () => {
  const forked = bpmn(
    'forked',
    start(),
    parallelGateway('fork'),
    ...['a', 'b', 'c'].map((id) => serviceTask(id)),
    parallelGateway('join'),
    serviceTask('after'),
    end(),
    flow('start', 'fork'),
    ...['a', 'b', 'c'].map((id) => flow('fork', id)),
    ...['a', 'b', 'c'].map((id) => flow(id, 'join')),
    path('join', 'after', 'end'),
  );

  it('enters its branches in reverse order of the file', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(forked);
    await scenario.started('forked');

    const jobs = scenario.events('JOB', 'CREATED');
    expect(jobs.map(({ value }) => value.type)).toEqual(['c', 'b', 'a']);
    expect(jobs.map(({ key }) => key)).toEqual(jobs.map(({ key }) => key).toSorted());
  });

  it('goes on when every branch has arrived, and not before', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(forked);
    await scenario.started('forked');

    await scenario.complete('b');
    await scenario.complete('a');
    expect(scenario.completed).not.toContain('join');
    await scenario.complete('c');

    expect(scenario.completed.filter((id) => id === 'join')).toEqual(['join']);
    await scenario.complete('after');
    expect(scenario.completed.at(-1)).toBe('forked');
  });

  it('takes one token of each flow: a second one waits for the others to come again', async () => {
    const scenario = await Scenario.begin();
    // two tokens reach the join by one flow, one by the other
    await scenario.deploy(
      bpmn(
        'twice',
        start(),
        parallelGateway('fork'),
        exclusiveGateway('merge'),
        serviceTask('slow'),
        parallelGateway('join'),
        serviceTask('after'),
        end(),
        flow('start', 'fork'),
        serviceTask('x'),
        serviceTask('y'),
        flow('fork', 'x'),
        flow('fork', 'y'),
        flow('fork', 'slow'),
        flow('x', 'merge'),
        flow('y', 'merge'),
        flow('merge', 'join'),
        flow('slow', 'join'),
        path('join', 'after', 'end'),
      ),
    );
    await scenario.started('twice');
    await scenario.complete('x');
    await scenario.complete('slow');
    await scenario.complete('y');
    await scenario.complete('after');

    expect(scenario.completed.filter((id) => id === 'join')).toEqual(['join']);
    expect(scenario.completed).not.toContain('twice');
  });
});

describe('an exclusive gateway', () => {
  const routed = (defaultFlow?: string) =>
    bpmn(
      'routed',
      start(),
      exclusiveGateway('route', defaultFlow),
      ...['small', 'large', 'other'].map((id) => serviceTask(id)),
      end(),
      flow('start', 'route'),
      flow('route', 'small', '=amount < 10'),
      flow('route', 'large', '=amount > 5'),
      defaultFlow ? flow('route', 'other') : flow('route', 'other', '=amount = 100000'),
      ...['small', 'large', 'other'].map((id) => flow(id, 'end')),
    );

  it.each([
    { amount: 3, taken: 'small' },
    { amount: 50, taken: 'large' },
    // both hold: the last in the file is asked first
    { amount: 7, taken: 'large' },
  ])('takes $taken for $amount', async ({ amount, taken }) => {
    const scenario = await Scenario.begin();
    await scenario.deploy(routed());
    await scenario.started('routed', { amount });

    expect(scenario.trace('SEQUENCE_FLOW_TAKEN').at(-1)).toBe(`SEQUENCE_FLOW_TAKEN route-${taken}`);
    expect(await scenario.activate(taken)).toHaveLength(1);
  });

  it('takes the default flow when no condition holds', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'routed',
        start(),
        exclusiveGateway('route', 'route-other'),
        serviceTask('small'),
        serviceTask('other'),
        end(),
        flow('start', 'route'),
        flow('route', 'small', '=amount < 10'),
        flow('route', 'other'),
        flow('small', 'end'),
        flow('other', 'end'),
      ),
    );
    await scenario.started('routed', { amount: 20 });

    await scenario.complete('other');
    expect(scenario.completed).toContain('routed');
  });

  it('stops with an incident when nothing holds, and goes on when the variables are corrected', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'routed',
        start(),
        exclusiveGateway('route'),
        serviceTask('small'),
        serviceTask('large'),
        end(),
        flow('start', 'route'),
        flow('route', 'small', '=amount < 10'),
        flow('route', 'large', '=amount > 10'),
        flow('small', 'end'),
        flow('large', 'end'),
      ),
    );
    const instance = await scenario.started('routed', { amount: 10 });
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({
      errorType: 'CONDITION_ERROR',
      errorMessage: 'Expected at least one condition to evaluate to true, or to have a default flow',
      elementId: 'route',
    });

    await scenario.execute(commands.setVariables(instance, { amount: 11 }, 'PROPAGATE'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));

    expect(scenario.incidents).toEqual([]);
    await scenario.complete('large');
    expect(scenario.completed).toContain('routed');
  });

  it('names what was not boolean', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(routed());
    await scenario.started('routed');

    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'EXTRACT_VALUE_ERROR',
        errorMessage: expect.stringContaining(
          "to be 'BOOLEAN', but was 'NULL'. The evaluation reported the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'amount'",
        ),
      },
    ]);
  });
});
