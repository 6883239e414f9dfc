import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { bpmn, end, path, serviceTask, start, subProcess } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const oneTask = (options: Parameters<typeof serviceTask>[1]) =>
  bpmn('order', start(), serviceTask('work', options), end(), path('start', 'work', 'end'));

async function running(xml: string, variables = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

describe('mappings', () => {
  it('give the task local inputs and bring out the outputs only', async () => {
    const scenario = await running(
      oneTask({
        inputs: [
          ['=amount * 2', 'double'],
          ['=double + 1', 'more'],
          ['fixed', 'address.city'],
        ],
        outputs: [['=result', 'answer']],
      }),
      { amount: 4 },
    );
    const job = await scenario.job('work');
    expect(job.variables).toEqual({ amount: 4, double: 8, more: 9, address: { city: 'fixed' } });

    await scenario.execute(commands.completeJob(job.key, { result: 'yes', noise: 1 }));

    expect(scenario.variables().order).toEqual({ amount: 4, answer: 'yes' });
  });

  it('merge a nested output into the object that is there', async () => {
    const scenario = await running(oneTask({ outputs: [['=n', 'o.n']] }), { o: { k: 1 } });
    await scenario.complete('work', { n: 7 });
    expect(scenario.variables().order).toEqual({ o: { k: 1, n: 7 } });
  });

  it('stop the task with an incident when they fail, without losing what the job brought', async () => {
    const scenario = await running(oneTask({ outputs: [['=assert(x, y = 1)', 'z']] }));
    await scenario.complete('work', { x: 5, y: 2 });

    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'IO_MAPPING_ERROR', elementId: 'work' });
    expect(await scenario.activate('work')).toEqual([]);

    const task = scenario
      .events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED')
      .find(({ value }) => value.elementId === 'work');
    await scenario.execute(commands.setVariables(task!.key, { y: 1 }, 'LOCAL'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    expect(scenario.incidents).toEqual([]);
    expect(scenario.variables().order).toEqual({ z: 5 });
  });
});

describe('what a task brings', () => {
  const nested = bpmn(
    'order',
    start(),
    subProcess(
      'part',
      { inputs: [['=1', 'v']] },
      start('inner-start'),
      serviceTask('work'),
      end('inner-end'),
      path('inner-start', 'work', 'inner-end'),
    ),
    end(),
    path('start', 'part', 'end'),
  );

  it('stays in the nearest scope that has the name', async () => {
    const scenario = await running(nested);
    await scenario.complete('work', { v: 2 });
    expect(scenario.variables()).toEqual({ part: { v: 2 } });
  });

  it('goes past a scope that has the equal value, to the root', async () => {
    const scenario = await running(nested);
    await scenario.complete('work', { v: 1 });
    expect(scenario.variables()).toEqual({ part: { v: 1 }, order: { v: 1 } });
  });

  it('goes to the root when no scope has the name', async () => {
    const scenario = await running(nested);
    await scenario.complete('work', { w: 3 });
    expect(scenario.variables()).toEqual({ part: { v: 1 }, order: { w: 3 } });
  });
});

describe('setting variables', () => {
  it('is local, or goes up to the scope that has the name', async () => {
    const scenario = await running(oneTask({}), { a: 1 });
    const task = scenario.events('JOB', 'CREATED')[0]!.value.elementInstanceKey;

    await scenario.execute(commands.setVariables(task, { a: 2, b: 2 }, 'PROPAGATE'));
    await scenario.execute(commands.setVariables(task, { a: 3 }, 'LOCAL'));

    expect(scenario.variables()).toEqual({ order: { a: 2, b: 2 }, work: { a: 3 } });
  });

  it('is refused for a scope that is not there', async () => {
    const scenario = await running(oneTask({}));
    expect(await scenario.execute(commands.setVariables(123, { a: 2 }, 'PROPAGATE'))).toEqual({
      ok: false,
      failure: {
        type: 'NOT_FOUND',
        reason: "Expected to update variables for element with key '123', but no such element was found",
      },
    });
  });
});

it('a job carries only the variables that the worker asks for and that exist', async () => {
  const scenario = await running(oneTask({}), { a: 1, b: 2 });
  const [job] = await scenario.activate('work', { fetchVariables: ['b', 'missing'] });
  expect(job!.variables).toEqual({ b: 2 });
});
