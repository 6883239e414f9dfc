import { type BrokerOptions, commands, createBroker } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  end,
  exclusiveGateway,
  flow,
  inclusiveGateway,
  parallelGateway,
  path,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
} from '../bpmn.ts';
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

describe('an inclusive gateway', () => {
  const branches = ['a', 'b', 'c'];
  const some = (...more: string[]) =>
    bpmn(
      'some',
      start(),
      inclusiveGateway('fork', 'fork-c'),
      ...branches.map((id) => serviceTask(id)),
      inclusiveGateway('join'),
      serviceTask('after'),
      end(),
      flow('start', 'fork'),
      flow('fork', 'a', '=n > 0'),
      flow('fork', 'b', '=n > 1'),
      flow('fork', 'c'),
      ...branches.map((id) => flow(id, 'join')),
      path('join', 'after', 'end'),
      ...more,
    );
  const started = async (xml: string, variables = {}) => {
    const scenario = await Scenario.begin();
    await scenario.deploy(xml);
    await scenario.started('some', variables);
    return scenario;
  };
  const jobs = (scenario: Scenario) => scenario.events('JOB', 'CREATED').map(({ value }) => value.type);

  it.each([
    { n: 0, taken: ['c'] },
    { n: 1, taken: ['a'] },
    { n: 2, taken: ['b', 'a'] },
  ])('takes every flow that holds, in reverse order of the file: $taken for $n', async ({ n, taken }) => {
    const scenario = await started(some(), { n });
    expect(jobs(scenario)).toEqual(taken);
    for (const type of taken) {
      expect(scenario.completed).not.toContain('join');
      await scenario.complete(type);
    }
    await scenario.complete('after');
    expect(scenario.completed.filter((id) => id === 'join' || id === 'some')).toEqual(['join', 'some']);
  });

  it('stops with an incident when nothing holds and there is no default', async () => {
    const scenario = await started(
      some()
        .replace(' default="fork-c"', '')
        .replace(
          '"fork" targetRef="c">',
          '"fork" targetRef="c"><bpmn:conditionExpression>=n = 7</bpmn:conditionExpression>',
        ),
      { n: 0 },
    );
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({
      errorType: 'CONDITION_ERROR',
      errorMessage: 'Expected at least one condition to evaluate to true, or to have a default flow',
      elementId: 'fork',
    });
    const key = scenario.events('PROCESS_INSTANCE')[0]!.key;
    await scenario.execute(commands.setVariables(key, { n: 1 }, 'PROPAGATE'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    expect(jobs(scenario)).toEqual(['a']);
  });

  it('asks the conditions in order: what comes after a bad one is not asked', async () => {
    const scenario = await started(some());
    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'EXTRACT_VALUE_ERROR',
        elementId: 'fork',
        errorMessage: expect.stringContaining("Expected result of the expression 'n > 1' to be 'BOOLEAN'"),
      },
    ]);
  });

  it('joins at once when a branch leads there directly and nothing else is under way', async () => {
    const scenario = await started(
      bpmn(
        'some',
        start(),
        inclusiveGateway('fork', 'fork-join'),
        serviceTask('a'),
        inclusiveGateway('join'),
        end(),
        flow('start', 'fork'),
        flow('fork', 'a', '=n > 0'),
        flow('fork', 'join'),
        path('a', 'join', 'end'),
      ),
      { n: 0 },
    );
    expect(scenario.completed.at(-1)).toBe('some');
  });

  it('waits for a flow that has been taken, but whose target is not entered yet', async () => {
    const scenario = await started(
      bpmn(
        'some',
        start(),
        parallelGateway('fork'),
        serviceTask('a'),
        inclusiveGateway('join'),
        serviceTask('after'),
        end(),
        flow('start', 'fork'),
        flow('fork', 'a'),
        // last in the file: taken first
        flow('fork', 'join'),
        path('a', 'join', 'after', 'end'),
      ),
    );
    expect(scenario.completed).not.toContain('join');
    await scenario.complete('a');
    expect(scenario.completed.filter((id) => id === 'join')).toEqual(['join']);
  });

  it('waits for what may come by a boundary event', async () => {
    const scenario = await started(
      bpmn(
        'some',
        start(),
        parallelGateway('fork'),
        serviceTask('a'),
        serviceTask('b'),
        timerBoundary('late', 'b', { duration: 'PT1M' }),
        inclusiveGateway('join'),
        end(),
        end('other'),
        path('start', 'fork', 'a', 'join', 'end'),
        path('fork', 'b', 'other'),
        path('late', 'join'),
      ),
    );
    await scenario.complete('a');
    expect(scenario.completed).not.toContain('join');
    await scenario.wait(60_000);
    expect(scenario.completed.slice(-3)).toEqual(['join', 'end', 'some']);
  });

  const endsElsewhere = bpmn(
    'some',
    start(),
    parallelGateway('fork'),
    serviceTask('a'),
    serviceTask('b'),
    exclusiveGateway('route', 'route-other'),
    inclusiveGateway('join'),
    end(),
    end('other'),
    path('start', 'fork', 'a', 'join', 'end'),
    path('fork', 'b', 'route', 'other'),
    flow('route', 'join', '=false'),
  );

  it('is not asked again when the branch it waits for ends elsewhere', async () => {
    const scenario = await started(endsElsewhere);
    await scenario.complete('a');
    await scenario.complete('b');
    expect(scenario.completed).toContain('other');
    expect(scenario.completed).not.toContain('join');
    expect(scenario.completed).not.toContain('some');
  });

  describe('where joins are set to be correct', () => {
    const correct = (options: BrokerOptions) => createBroker({ ...options, inclusiveJoin: 'correct' });
    const startedCorrect = async (xml: string, variables = {}) => {
      const scenario = await Scenario.begin(undefined, correct);
      await scenario.deploy(xml);
      await scenario.started('some', variables);
      return scenario;
    };

    it('goes on when the branch it waits for ends elsewhere', async () => {
      const scenario = await startedCorrect(endsElsewhere);
      await scenario.complete('a');
      expect(scenario.completed).not.toContain('join');
      await scenario.complete('b');
      expect(scenario.completed.filter((id) => id === 'join' || id === 'some')).toEqual(['join', 'some']);
    });

    it('goes on as soon as the branch has taken another way, though it has not ended there', async () => {
      const scenario = await startedCorrect(
        endsElsewhere
          .replace('</bpmn:process>', `${serviceTask('later')}${path('later', 'end')}</bpmn:process>`)
          .replace('sourceRef="route" targetRef="other"', 'sourceRef="route" targetRef="later"'),
      );
      await scenario.complete('a');
      await scenario.complete('b');
      expect(scenario.completed).toContain('join');
      expect(scenario.completed).not.toContain('some');
      await scenario.complete('later');
      expect(scenario.completed.filter((id) => id === 'join' || id === 'some')).toEqual(['join', 'some']);
    });

    it('goes on when what it waits for is ended from outside', async () => {
      const scenario = await startedCorrect(some(), { n: 2 });
      await scenario.complete('a');
      const [b] = scenario
        .events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED')
        .filter(({ value }) => value.elementId === 'b');
      await scenario.execute(
        commands.modifyInstance(b!.value.processInstanceKey, {
          activateInstructions: [],
          terminateInstructions: [{ elementInstanceKey: b!.key }],
        }),
      );
      await scenario.complete('after');
      expect(scenario.completed.filter((id) => id === 'join' || id === 'some')).toEqual(['join', 'some']);
    });

    it('still waits for all that can come, and joins once', async () => {
      const scenario = await startedCorrect(some(), { n: 2 });
      await scenario.complete('b');
      expect(scenario.completed).not.toContain('join');
      await scenario.complete('a');
      await scenario.complete('after');
      expect(scenario.completed.filter((id) => id === 'join' || id === 'some')).toEqual(['join', 'some']);
    });
  });

  it('joins in the scope it stands in, whatever goes on around', async () => {
    const scenario = await started(
      bpmn(
        'some',
        start(),
        parallelGateway('around'),
        serviceTask('other'),
        subProcess(
          'part',
          {},
          start('begin'),
          inclusiveGateway('fork', 'fork-b'),
          serviceTask('a'),
          serviceTask('b'),
          inclusiveGateway('join'),
          flow('begin', 'fork'),
          flow('fork', 'a', '=false'),
          flow('fork', 'b'),
          flow('a', 'join'),
          flow('b', 'join'),
        ),
        flow('start', 'around'),
        flow('around', 'part'),
        flow('around', 'other'),
      ),
    );
    await scenario.complete('b');
    expect(scenario.completed.slice(-2)).toEqual(['join', 'part']);
    await scenario.complete('other');
    expect(scenario.completed.at(-1)).toBe('some');
  });
});
