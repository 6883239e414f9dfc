import { commands } from '@baton/engine/broker';
import type { ConditionalEvaluationValue, JsonObject } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import {
  adHocSubProcess,
  bpmn,
  callActivity,
  catchCondition,
  conditionBoundary,
  end,
  eventSubProcess,
  listening,
  multiInstance,
  parallelGateway,
  path,
  receiveTask,
  scriptTask,
  serviceTask,
  start,
  startCondition,
  subProcess,
  userTask,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(xml: string, variables: JsonObject = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

/** Sets variables of an element instance, or of the whole process instance. */
const set = async (scenario: Scenario, variables: JsonObject, elementId = 'order', local = true) => {
  const [scope] = scenario
    .events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED')
    .filter(({ value }) => value.elementId === elementId);
  const semantics = local ? 'LOCAL' : 'PROPAGATE';
  accepted(await scenario.execute(commands.setVariables(scope!.key, variables, semantics)));
};

const subscriptions = (scenario: Scenario) =>
  scenario.events('CONDITIONAL_SUBSCRIPTION').map(({ intent }) => intent);

describe('an intermediate event with a condition', () => {
  const waiting = (condition = '=x > 10') =>
    bpmn('order', start(), catchCondition('enough', condition), end(), path('start', 'enough', 'end'));

  it('waits until its variables fulfil it', async () => {
    const scenario = await running(waiting(), { x: 1 });
    await set(scenario, { x: 5 });
    expect(scenario.completed).toEqual(['start']);
    await set(scenario, { x: 11 });
    expect(scenario.completed).toEqual(['start', 'enough', 'end', 'order']);
    expect(subscriptions(scenario)).toEqual(['CREATED', 'TRIGGERED']);
  });

  it('is passed at once when they do so already', async () => {
    const scenario = await running(waiting(), { x: 11 });
    expect(scenario.completed).toEqual(['start', 'enough', 'end', 'order']);
  });

  it('waits while its variables are missing or of another kind', async () => {
    const scenario = await running(waiting());
    await set(scenario, { x: 'many' });
    expect(scenario.completed).toEqual(['start']);
    expect(scenario.incidents).toEqual([]);
    await set(scenario, { x: 11 });
    expect(scenario.completed).toContain('order');
  });

  it('says what it waits for', async () => {
    const scenario = await running(waiting('=order.total > limit'));
    expect(scenario.events('CONDITIONAL_SUBSCRIPTION')[0]!.value).toMatchObject({
      catchEventId: 'enough',
      interrupting: true,
      condition: 'order.total > limit',
      variableNames: ['order', 'limit'],
      variableEvents: ['create', 'update'],
    });
  });

  it('waits for nothing any more when the instance is canceled', async () => {
    const scenario = await running(waiting(), { x: 1 });
    accepted(await scenario.execute(commands.cancelInstance(scenario.events('PROCESS_INSTANCE')[0]!.key)));
    expect(subscriptions(scenario)).toEqual(['CREATED', 'DELETED']);
    expect(scenario.terminated).toEqual(['enough', 'order']);
  });

  it('is fulfilled by what another path of the process sets', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        parallelGateway('fork'),
        parallelGateway('join'),
        catchCondition('ready', '=done'),
        scriptTask('finish', '=true', 'done'),
        end(),
        path('start', 'fork', 'ready', 'join', 'end'),
        path('fork', 'finish', 'join'),
      ),
    );
    expect(scenario.completed).toContain('order');
  });

  it('leaves by its output mappings', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        catchCondition('enough', '=x > 10', { outputs: [['=x * 2', 'twice']] }),
        path('start', 'enough'),
      ),
      { x: 11 },
    );
    expect(scenario.variables().order).toMatchObject({ twice: 22 });
  });
});

describe('a condition at the boundary of a task', () => {
  const watched = (interrupting: boolean, condition = '=x > 10', filter?: { variableEvents?: string }) =>
    bpmn(
      'order',
      start(),
      serviceTask('work', { inputs: [['=given', 'local']] }),
      conditionBoundary('enough', 'work', condition, { interrupting, ...(filter && { filter }) }),
      path('start', 'work'),
    );

  it('ends the task when it interrupts', async () => {
    const scenario = await running(watched(true), { x: 1 });
    await set(scenario, { x: 11 });
    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.completed).toEqual(['start', 'enough', 'order']);
  });

  it('ends the task as soon as that is active when it is fulfilled already', async () => {
    const scenario = await running(watched(true), { x: 11 });
    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.events('JOB').map(({ intent }) => intent)).toEqual(['CREATED', 'CANCELED']);
  });

  it.each([
    ['of a worker', serviceTask('work')],
    ['of a person', userTask('work')],
    ['that listeners prepare', listening(serviceTask('work'), 'start:prepare')],
    ['with scopes', subProcess('work', {}, start('begin'), serviceTask('inner'), path('begin', 'inner'))],
    ['that waits', receiveTask('work', 'M1')],
    ['that calls another process', callActivity('work', 'other')],
    ['for every item', multiInstance(serviceTask('work'), { over: '=[1, 2]' })],
    ['one item after the other', multiInstance(serviceTask('work'), { over: '=[1, 2]', sequential: true })],
    ['without order', adHocSubProcess('work', { active: '=["tool"]' }, serviceTask('tool'))],
    ['without order, of a worker', adHocSubProcess('work', { type: 'work' }, serviceTask('tool'))],
  ])('ends a task %s that it finds fulfilled already', async (_, activity) => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn('other', start(), serviceTask('called'), path('start', 'called')),
      'other.bpmn',
    );
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        activity,
        conditionBoundary('enough', 'work', '=x > 10'),
        end('over'),
        path('start', 'work'),
        path('enough', 'over'),
      ),
    );
    await scenario.started('order', { x: 11, key: 'k' });
    if (activity.includes('executionListener')) await scenario.complete('prepare');
    expect(scenario.completed.at(-1)).toBe('order');
    expect(scenario.terminated).toContain('work');
    expect(scenario.completed).toContain('over');
  });

  it('sees what the input mappings of the task set', async () => {
    const scenario = await running(watched(true, '=local > 10'), { given: 11 });
    expect(scenario.completed).toEqual(['start', 'enough', 'order']);
  });

  it('comes with every change for as long as it is fulfilled when it does not interrupt', async () => {
    const scenario = await running(watched(false), { x: 1 });
    await set(scenario, { x: 11 });
    await set(scenario, { x: 12 });
    await set(scenario, { x: 12 });
    await set(scenario, { y: 1 });
    await set(scenario, { x: 2 });
    await scenario.complete('work');
    expect(scenario.completed).toEqual(['start', 'enough', 'enough', 'work', 'order']);
    expect(subscriptions(scenario)).toEqual(['CREATED', 'TRIGGERED', 'TRIGGERED', 'DELETED']);
  });

  it('comes once for all variables that are set together', async () => {
    const scenario = await running(watched(false, '=x > 10 or y > 5'), { x: 1, y: 1 });
    await set(scenario, { x: 11, y: 6 });
    expect(scenario.completed).toEqual(['start', 'enough']);
  });

  it('does not come by what the task itself leaves behind', async () => {
    const scenario = await running(watched(true), { x: 1 });
    await scenario.complete('work', { x: 11 });
    expect(scenario.terminated).toEqual([]);
    expect(scenario.completed).toEqual(['start', 'work', 'order']);
  });

  it('comes only by the changes that its filter names', async () => {
    const created = await running(watched(false, '=x > 10', { variableEvents: 'create' }));
    await set(created, { x: 11 });
    await set(created, { x: 12 });
    expect(created.completed).toEqual(['start', 'enough']);
    const updated = await running(watched(false, '=x > 10', { variableEvents: 'update' }));
    await set(updated, { x: 11 });
    expect(updated.completed).toEqual(['start']);
    await set(updated, { x: 12 });
    expect(updated.completed).toEqual(['start', 'enough']);
  });

  it('looks at the nearest variable of the name', async () => {
    const scenario = await running(watched(false, '=local > 10'), { given: 1 });
    await set(scenario, { local: 11 });
    expect(scenario.completed).toEqual(['start']);
    await set(scenario, { local: 12 }, 'work');
    expect(scenario.completed).toEqual(['start', 'enough']);
  });
});

describe('conditions in scopes', () => {
  const nested = bpmn(
    'order',
    start(),
    subProcess(
      'scope',
      {},
      start('in'),
      serviceTask('work'),
      conditionBoundary('inner', 'work', '=x > 10'),
      path('in', 'work'),
    ),
    conditionBoundary('outer', 'scope', '=x > limit'),
    path('start', 'scope'),
  );

  it('are looked at from the outside to the inside, as far as nothing is ended', async () => {
    const scenario = await running(nested, { x: 1, limit: 10 });
    await set(scenario, { x: 11 });
    expect(scenario.terminated).toEqual(['work', 'scope']);
    expect(scenario.completed).toEqual(['start', 'in', 'outer', 'order']);
    const other = await running(nested, { x: 1, limit: 100 });
    await set(other, { x: 11 });
    expect(other.terminated).toEqual(['work']);
    expect(other.completed).toEqual(['start', 'in', 'inner', 'scope', 'order']);
  });

  it('do not see the variables of another scope', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        parallelGateway('fork'),
        subProcess(
          'scope',
          {},
          start('in'),
          serviceTask('a'),
          conditionBoundary('on-a', 'a', '=x'),
          path('in', 'a'),
        ),
        serviceTask('b'),
        conditionBoundary('on-b', 'b', '=x'),
        path('start', 'fork', 'scope'),
        path('fork', 'b'),
      ),
    );
    await set(scenario, { x: true }, 'scope');
    expect(scenario.terminated).toEqual(['a']);
  });

  it('of many instances are each looked at by its own variables, or by those of all', async () => {
    const many = bpmn(
      'order',
      start(),
      multiInstance(
        subProcess(
          'each',
          {},
          start('in'),
          serviceTask('work'),
          conditionBoundary('late', 'work', '=x or item = 2'),
          path('in', 'work'),
        ),
        { over: '=[1, 2, 3]', as: 'item' },
      ),
      path('start', 'each'),
    );
    const scenario = await running(many);
    expect(scenario.terminated).toEqual(['work']);
    await set(scenario, { x: true });
    expect(scenario.terminated).toEqual(['work', 'work', 'work']);
    expect(scenario.completed).toContain('order');
  });
});

describe('an event sub-process that begins with a condition', () => {
  const handled = (interrupting: boolean) =>
    bpmn(
      'order',
      start(),
      serviceTask('work'),
      path('start', 'work'),
      eventSubProcess(
        'on',
        startCondition('begin', '=x > 10', { interrupting }),
        end('done'),
        path('begin', 'done'),
      ),
    );

  it('ends everything else when it interrupts', async () => {
    const scenario = await running(handled(true), { x: 5 });
    await set(scenario, { x: 11 });
    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.completed).toEqual(['start', 'begin', 'done', 'on', 'order']);
  });

  it('ends everything else at once when it is fulfilled already', async () => {
    const scenario = await running(handled(true), { x: 11 });
    expect(scenario.completed.filter((id) => id !== 'start')).toEqual(['begin', 'done', 'on', 'order']);
    expect(await scenario.activate('work')).toEqual([]);
  });

  it('begins beside the rest, as often as it is told, when it does not', async () => {
    const scenario = await running(handled(false), { x: 11 });
    await set(scenario, { x: 12 });
    expect(scenario.completed.filter((id) => id === 'on')).toHaveLength(2);
    await scenario.complete('work', { x: 13 });
    expect(scenario.completed).toContain('order');
  });

  it('begins by what a task leaves behind, before the path goes on', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        serviceTask('work'),
        serviceTask('next'),
        path('start', 'work', 'next'),
        eventSubProcess('on', startCondition('begin', '=x > 10'), end('done'), path('begin', 'done')),
      ),
      { x: 5 },
    );
    await scenario.complete('work', { x: 11 });
    expect(scenario.events('JOB', 'CREATED')).toHaveLength(1);
    expect(scenario.completed).toEqual(['start', 'work', 'begin', 'done', 'on', 'order']);
  });
});

describe('a process that begins with a condition', () => {
  const begun = (id: string, condition: string, processId = 'order') =>
    bpmn(processId, startCondition(id, condition), end(), path(id, 'end'));

  const evaluate = async (scenario: Scenario, variables: JsonObject, definition = -1) => {
    const command = commands.evaluateConditional(definition, variables, scenario.tenantId);
    return accepted(await scenario.execute(command)).value as ConditionalEvaluationValue;
  };

  it('begins for every start event whose condition the given variables fulfil', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'order',
        startCondition('large', '=amount > 100'),
        startCondition('foreign', '=region != "EU"'),
        end(),
        path('large', 'end'),
        path('foreign', 'end'),
      ),
    );
    await scenario.deploy(begun('any', '=amount > 0', 'other'));
    const { startedProcessInstances } = await evaluate(scenario, { amount: 101, region: 'EU' });
    expect(startedProcessInstances).toHaveLength(2);
    expect(scenario.completed).toEqual(['large', 'any', 'end', 'end', 'order', 'other']);
    expect(scenario.variables()).toMatchObject({ order: { amount: 101, region: 'EU' } });
  });

  it('does not begin by a condition that is not fulfilled, and says so', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(begun('large', '=amount > 100'));
    expect((await evaluate(scenario, {})).startedProcessInstances).toEqual([]);
    expect(scenario.events('CONDITIONAL_EVALUATION', 'EVALUATED')).toHaveLength(1);
  });

  it('begins in its latest version, and in the one before when that is deleted', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(begun('old', '=x'));
    const second = await scenario.deploy(begun('new', '=x'));
    await evaluate(scenario, { x: true });
    expect(scenario.completed).toEqual(['new', 'end', 'order']);
    accepted(
      await scenario.execute(commands.deleteResource(second.processesMetadata[0]!.processDefinitionKey)),
    );
    await evaluate(scenario, { x: true });
    expect(scenario.completed).toEqual(['new', 'end', 'order', 'old', 'end', 'order']);
  });

  it('begins only for the definition that is asked', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(begun('one', '=x', 'first'));
    const { processesMetadata } = await scenario.deploy(begun('two', '=x', 'second'));
    const key = processesMetadata[0]!.processDefinitionKey;
    const { startedProcessInstances } = await evaluate(scenario, { x: true }, key);
    expect(startedProcessInstances).toMatchObject([{ processDefinitionKey: key }]);
  });

  it('does not begin for another tenant', async () => {
    const scenario = await Scenario.begin();
    const { processesMetadata } = await scenario.deploy(begun('one', '=x'));
    expect((await evaluate(scenario.as('other'), { x: true })).startedProcessInstances).toEqual([]);
    const key = processesMetadata[0]!.processDefinitionKey;
    expect(await scenario.execute(commands.evaluateConditional(key, { x: true }, 'other'))).toMatchObject({
      ok: false,
      failure: { type: 'NOT_FOUND' },
    });
  });
});

it('a migrated instance waits for the condition of its new definition', async () => {
  const scenario = await Scenario.begin();
  const waiting = (id: string, condition: string) =>
    bpmn('order', start(), catchCondition(id, condition), path('start', id));
  await scenario.deploy(waiting('before', '=x'));
  const instance = await scenario.started('order');
  const { processesMetadata } = await scenario.deploy(waiting('after', '=y'));
  accepted(
    await scenario.execute(
      commands.migrateInstance(instance, {
        targetProcessDefinitionKey: processesMetadata[0]!.processDefinitionKey,
        mappingInstructions: [{ sourceElementId: 'before', targetElementId: 'after' }],
      }),
    ),
  );
  await set(scenario, { x: true });
  expect(scenario.completed).toEqual(['start']);
  await set(scenario, { y: true });
  expect(scenario.completed).toEqual(['start', 'after', 'order']);
});
