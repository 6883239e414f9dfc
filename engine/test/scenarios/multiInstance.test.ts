import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  callActivity,
  end,
  errorBoundary,
  multiInstance,
  path,
  scriptTask,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
  undefinedTask,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

type Loop = Parameters<typeof multiInstance>[1];

async function running(
  loop: Partial<Loop>,
  {
    variables = { xs: ['a', 'b', 'c'] } as object,
    activity = serviceTask('work'),
    more = [] as string[],
  } = {},
): Promise<Scenario> {
  const scenario = await Scenario.begin();
  const id = activity.match(/id="(\w+)"/)![1]!;
  await scenario.deploy(
    bpmn(
      'order',
      start(),
      multiInstance(activity, { over: '=xs', as: 'x', ...loop }),
      end(),
      path('start', id, 'end'),
      ...more,
    ),
  );
  await scenario.started('order', variables as never);
  return scenario;
}

const collecting = { collection: 'ys', element: '=y' };
const keys = async (scenario: Scenario) =>
  new Map((await scenario.activate('work')).map(({ key, variables }) => [variables.x, key]));

describe('an activity for every item of a list, all at once', () => {
  it('runs in instances of their own, each with its item', async () => {
    const scenario = await running({});
    const jobs = await scenario.activate('work');
    expect(jobs.map(({ variables }) => [variables.loopCounter, variables.x])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    for (const { key } of jobs) {
      expect(scenario.completed).not.toContain('end');
      await scenario.execute(commands.completeJob(key, {}));
    }
    expect(scenario.completed).toEqual(['start', 'work', 'work', 'work', 'work', 'end', 'order']);
    const types = scenario
      .events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED')
      .filter(({ value }) => value.elementId === 'work')
      .map(({ value }) => value.bpmnElementType);
    expect(types).toEqual(['MULTI_INSTANCE_BODY', 'SERVICE_TASK', 'SERVICE_TASK', 'SERVICE_TASK']);
  });

  it('gathers the outputs by the place of the item, whoever ends first', async () => {
    const scenario = await running(collecting);
    const jobs = await keys(scenario);
    for (const x of ['c', 'a', 'b'])
      await scenario.execute(commands.completeJob(jobs.get(x)!, { y: `${x}!` }));
    expect(scenario.variables().order).toEqual({ xs: ['a', 'b', 'c'], ys: ['a!', 'b!', 'c!'] });
  });

  it('ends the rest when it has enough; what did not finish is null', async () => {
    const scenario = await running({ ...collecting, until: '=numberOfCompletedInstances >= 2' });
    const jobs = await keys(scenario);
    await scenario.execute(commands.completeJob(jobs.get('c')!, { y: 1 }));
    await scenario.execute(commands.completeJob(jobs.get('b')!, { y: 3 }));
    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.completed.at(-1)).toBe('order');
    expect(scenario.variables().order).toMatchObject({ ys: [null, 3, 1] });
    expect(scenario.events('JOB', 'CANCELED')).toHaveLength(1);
  });

  it('knows in the condition how far it is', async () => {
    const seen =
      '=assert(x, false, string([numberOfInstances, numberOfActiveInstances, numberOfCompletedInstances, numberOfTerminatedInstances]))';
    const scenario = await running({ until: seen });
    const jobs = await keys(scenario);
    await scenario.execute(commands.completeJob(jobs.get('a')!, {}));
    expect(scenario.incidents).toMatchObject([{ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'work' }]);
    expect(scenario.incidents[0]!.errorMessage).toContain('[3, 2, 1, 0]');
  });

  it.each([{ sequential: false }, { sequential: true }])(
    'is done at once with an empty list (%o)',
    async (loop) => {
      const scenario = await running({ ...loop, ...collecting }, { variables: { xs: [] } });
      expect(scenario.completed).toEqual(['start', 'work', 'end', 'order']);
      expect(scenario.variables().order).toEqual({ xs: [], ys: [] });
    },
  );

  it('takes mappings for each instance: outputs stay in it', async () => {
    const scenario = await running(
      { collection: 'ys', element: '=z' },
      { activity: serviceTask('work', { inputs: [['=x + x', 'twice']], outputs: [['=twice + y', 'z']] }) },
    );
    const jobs = await keys(scenario);
    for (const [, key] of jobs) await scenario.execute(commands.completeJob(key, { y: '!' }));
    expect(scenario.variables().order).toEqual({ xs: ['a', 'b', 'c'], ys: ['aa!', 'bb!', 'cc!'] });
  });

  it('makes many instances one after the other, so that others get their turn', async () => {
    const scenario = await running(
      { over: '=for i in 1..450 return i', collection: 'ys', element: '=y' },
      { activity: scriptTask('work', '=x * 2', 'y'), variables: {} },
    );
    for (let turn = 0; turn < 100 && !scenario.completed.includes('order'); turn++) await scenario.settled();
    expect(scenario.completed.at(-1)).toBe('order');
    expect((scenario.variables().order as { ys: number[] }).ys).toEqual(
      Array.from({ length: 450 }, (_, index) => (index + 1) * 2),
    );
    expect(scenario.events('PROCESS_INSTANCE_BATCH', 'ACTIVATED').map(({ value }) => value.index)).toEqual([
      1,
    ]);
  });

  it('makes no more of them once it has enough', async () => {
    const scenario = await running(
      { over: '=for i in 1..450 return i', until: '=true' },
      { activity: undefinedTask('work'), variables: {} },
    );
    for (let turn = 0; turn < 100 && !scenario.completed.includes('order'); turn++) await scenario.settled();
    expect(scenario.completed.at(-1)).toBe('order');
    const begun = scenario.events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED');
    expect(begun.filter(({ value }) => value.bpmnElementType === 'TASK').length).toBeLessThan(10);
  });
});

describe('an activity for every item of a list, one after the other', () => {
  it('begins the next when one has ended', async () => {
    const scenario = await running({ sequential: true, ...collecting });
    for (const x of ['a', 'b', 'c']) {
      const job = await scenario.job('work');
      expect(job.variables).toMatchObject({ x });
      // the list was read when the body began
      accepted(await scenario.execute(commands.completeJob(job.key, { y: `${x}!`, xs: [] })));
    }
    expect(scenario.variables().order).toEqual({ xs: [], ys: ['a!', 'b!', 'c!'] });
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('stops when it has enough', async () => {
    const scenario = await running({ sequential: true, ...collecting, until: '=y = "enough"' });
    await scenario.complete('work', { y: 'more' });
    await scenario.complete('work', { y: 'enough' });
    expect(scenario.completed.at(-1)).toBe('order');
    expect(scenario.variables().order).toMatchObject({ ys: ['more', 'enough', null] });
  });
});

describe('a multi-instance body', () => {
  it.each([
    ['null', {}, 'NULL'],
    ['a number', { xs: 7 }, 'NUMBER'],
  ])('stops with an incident when the list is %s', async (_, variables, type) => {
    const scenario = await running({}, { variables });
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'work' });
    expect(incident!.errorMessage).toContain(
      `Expected result of the expression 'xs' to be 'ARRAY', but was '${type}'.`,
    );
    const instance = scenario.events('PROCESS_INSTANCE')[0]!.key;
    await scenario.execute(commands.setVariables(instance, { xs: ['a'] }, 'PROPAGATE'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('has the boundary events: one ends all instances', async () => {
    const scenario = await running(
      {},
      { more: [timerBoundary('late', 'work', { duration: 'PT1M' }), path('late', 'end')] },
    );
    expect(scenario.events('TIMER', 'CREATED')).toHaveLength(1);
    await scenario.wait(60_000);
    expect(scenario.terminated).toEqual(['work', 'work', 'work', 'work']);
    expect(scenario.completed.slice(-3)).toEqual(['late', 'end', 'order']);
  });

  it('catches the error of one instance', async () => {
    const scenario = await running({}, { more: [errorBoundary('oops', 'work', 'E1'), path('oops', 'end')] });
    const jobs = await keys(scenario);
    accepted(
      await scenario.execute(
        commands.throwError(jobs.get('b')!, { errorCode: 'E1', errorMessage: '', variables: {} }),
      ),
    );
    expect(scenario.terminated).toHaveLength(4);
    expect(scenario.completed.slice(-3)).toEqual(['oops', 'end', 'order']);
  });

  it('is cancelled with its instances', async () => {
    const scenario = await running({});
    accepted(await scenario.execute(commands.cancelInstance(scenario.events('PROCESS_INSTANCE')[0]!.key)));
    expect(scenario.terminated).toEqual(['work', 'work', 'work', 'work', 'order']);
  });

  it('may hold sub-processes', async () => {
    const scenario = await running(collecting, {
      activity: subProcess('part', {}, start('in'), serviceTask('work'), path('in', 'work')),
    });
    for (const [x, key] of await keys(scenario))
      await scenario.execute(commands.completeJob(key, { y: `${x}!` }));
    expect(scenario.variables().order).toMatchObject({ ys: ['a!', 'b!', 'c!'] });
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('may call processes', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(bpmn('child', start(), serviceTask('work'), path('start', 'work')), 'child.bpmn');
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        multiInstance(callActivity('call', 'child', { allFromChild: false, outputs: [['=y', 'y']] }), {
          over: '=["a", "b"]',
          as: 'x',
          ...collecting,
        }),
        path('start', 'call'),
      ),
      'order.bpmn',
    );
    await scenario.started('order');
    for (const [x, key] of await keys(scenario))
      await scenario.execute(commands.completeJob(key, { y: `${x}!` }));
    expect(scenario.variables().order).toMatchObject({ ys: ['a!', 'b!'] });
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('lets nobody begin inside it', async () => {
    const scenario = await running(
      {},
      { activity: subProcess('part', {}, start('in'), serviceTask('work'), path('in', 'work')) },
    );
    const outcome = await scenario.execute(
      commands.createInstance(
        {
          bpmnProcessId: 'order',
          version: -1,
          processDefinitionKey: -1,
          variables: {},
          startInstructions: [{ elementId: 'work' }],
        },
        scenario.tenantId,
      ),
    );
    expect(outcome).toMatchObject({ failure: { type: 'INVALID_ARGUMENT' } });
  });
});
