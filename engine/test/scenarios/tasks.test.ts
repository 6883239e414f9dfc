import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  businessRuleTask,
  end,
  errorBoundary,
  manualTask,
  path,
  scriptJobTask,
  scriptTask,
  sendTask,
  start,
  undefinedTask,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(task: string, variables = {}, ...more: string[]): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(bpmn('order', start(), task, end(), path('start', 'task', 'end'), ...more));
  await scenario.started('order', variables);
  return scenario;
}

const instanceKey = (scenario: Scenario) => scenario.events('PROCESS_INSTANCE')[0]!.value.processInstanceKey;

describe('a task that nobody does here', () => {
  it.each([
    ['of no kind', undefinedTask],
    ['done by hand', manualTask],
  ])('%s is passed through, and its mappings are ignored', async (_, task) => {
    const scenario = await running(task('task', { inputs: [['=1', 'in']], outputs: [['=2', 'out']] }));

    expect(scenario.trace().filter((entry) => entry.endsWith(' task'))).toEqual([
      'ELEMENT_ACTIVATING task',
      'ELEMENT_ACTIVATED task',
      'ELEMENT_COMPLETING task',
      'ELEMENT_COMPLETED task',
    ]);
    expect(scenario.completed).toEqual(['start', 'task', 'end', 'order']);
    expect(scenario.variables()).toEqual({});
  });
});

describe('a task of a job worker', () => {
  it.each([
    ['send task', 'SEND_TASK', sendTask],
    ['business rule task', 'BUSINESS_RULE_TASK', businessRuleTask],
    ['script task', 'SCRIPT_TASK', scriptJobTask],
  ])('may be a %s', async (_, type, task) => {
    const scenario = await running(
      task('task', { type: '="do-" + what', retries: '5', inputs: [['=what', 'local']] }),
      { what: 'it' },
    );
    const job = await scenario.job('do-it');
    expect(job).toMatchObject({ retries: 5, elementId: 'task', variables: { what: 'it', local: 'it' } });
    accepted(await scenario.execute(commands.completeJob(job.key, { done: true })));

    expect(scenario.completed).toEqual(['start', 'task', 'end', 'order']);
    expect(scenario.variables().order).toEqual({ what: 'it', done: true });
    const instance = scenario.events('PROCESS_INSTANCE').find(({ value }) => value.elementId === 'task');
    expect(instance?.value.bpmnElementType).toBe(type);
  });

  it.each([
    ['send task', sendTask],
    ['business rule task', businessRuleTask],
    ['script task', scriptJobTask],
  ])('as a %s may throw an error, and be cancelled', async (_, task) => {
    const boundary = [errorBoundary('oops', 'task', 'E1'), path('oops', 'end')];
    const caught = await running(task('task'), {}, ...boundary);
    await caught.throwError('task', 'E1');
    expect([caught.terminated, caught.completed.slice(-3)]).toEqual([['task'], ['oops', 'end', 'order']]);

    const cancelled = await running(task('task'));
    accepted(await cancelled.execute(commands.cancelInstance(instanceKey(cancelled))));
    expect(cancelled.terminated).toEqual(['task', 'order']);
    expect(cancelled.events('JOB').map(({ intent }) => intent)).toEqual(['CREATED', 'CANCELED']);
  });
});

describe('a script task with an expression', () => {
  it('makes its value a variable', async () => {
    const scenario = await running(scriptTask('task', '=price * count', 'total'), { price: 3, count: 4 });

    expect(scenario.completed).toEqual(['start', 'task', 'end', 'order']);
    expect(scenario.variables()).toEqual({ order: { price: 3, count: 4, total: 12 } });
    expect(scenario.events('JOB')).toEqual([]);
  });

  it('brings out only what its output mappings name, when it has some', async () => {
    const scenario = await running(
      scriptTask('task', '=a + 1', 'b', { inputs: [['=10', 'a']], outputs: [['=b * 2', 'c']] }),
    );
    expect(scenario.variables()).toEqual({ task: { a: 10, b: 11 }, order: { c: 22 } });
  });

  it('gives null for what cannot be computed', async () => {
    const scenario = await running(scriptTask('task', '=missing + 1', 'total'));
    expect(scenario.variables()).toEqual({ order: { total: null } });
  });

  it('stops with an incident when evaluation fails, and can be tried again', async () => {
    const scenario = await running(scriptTask('task', '=assert(x, x > 0, "x must be positive")', 'y'), {
      x: 0,
    });
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'task' });

    await scenario.execute(commands.setVariables(instanceKey(scenario), { x: 1 }, 'PROPAGATE'));
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    expect(scenario.completed.at(-1)).toBe('order');
    expect(scenario.variables().order).toEqual({ x: 1, y: 1 });
  });

  it('may write to a variable of any name', async () => {
    const scenario = await running(scriptTask('task', '=1', '__proto__'));
    expect(scenario.completed.at(-1)).toBe('order');
  });
});
