import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { bpmn, end, flow, parallelGateway, path, serviceTask, start, subProcess } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const order = bpmn(
  'order',
  start(),
  subProcess(
    'part',
    {},
    start('inner-start'),
    serviceTask('work'),
    end('inner-end'),
    path('inner-start', 'work', 'inner-end'),
  ),
  end(),
  path('start', 'part', 'end'),
);
const refusal = (type: string, reason: string) => ({ ok: false, failure: { type, reason } });

async function deployed(): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(order);
  return scenario;
}

it('a sub-process completes when the path in it has ended', async () => {
  const scenario = await deployed();
  await scenario.started('order');
  await scenario.complete('work');
  expect(scenario.completed).toEqual(['start', 'inner-start', 'work', 'inner-end', 'part', 'end', 'order']);
});

describe('cancelling', () => {
  it('ends everything from the leaves up', async () => {
    const scenario = await deployed();
    const instance = await scenario.started('order');

    accepted(await scenario.execute(commands.cancelInstance(instance)));

    expect(scenario.trace('ELEMENT_TERMINATING', 'ELEMENT_TERMINATED')).toEqual([
      'ELEMENT_TERMINATING order',
      'ELEMENT_TERMINATING part',
      'ELEMENT_TERMINATING work',
      'ELEMENT_TERMINATED work',
      'ELEMENT_TERMINATED part',
      'ELEMENT_TERMINATED order',
    ]);
    expect(await scenario.activate('work')).toEqual([]);
    expect(await scenario.execute(commands.cancelInstance(instance))).toEqual(
      refusal(
        'NOT_FOUND',
        `Expected to cancel a process instance with key '${instance}', but no such process was found`,
      ),
    );
  });

  it('of a wide instance is not held up by what is completed meanwhile', async () => {
    const scenario = await Scenario.begin();
    const branches = Array.from({ length: 400 }, (_, index) => `branch${index}`);
    await scenario.deploy(
      bpmn(
        'wide',
        start(),
        parallelGateway('fork'),
        flow('start', 'fork'),
        ...branches.flatMap((id) => [
          serviceTask(id, { type: 'work' }),
          serviceTask(`${id}-next`),
          flow('fork', id),
          flow(id, `${id}-next`),
        ]),
      ),
    );
    const instance = await scenario.started('wide');
    const jobs = await scenario.activate('work', { max: 1_000 });
    expect(jobs).toHaveLength(400);

    const cancelling = scenario.broker.execute(commands.cancelInstance(instance));
    for (const { key } of jobs.toReversed()) void scenario.broker.execute(commands.completeJob(key, {}));
    accepted(await cancelling);
    await scenario.wait(0);

    expect(scenario.terminated.at(-1)).toBe('wide');
    const begun = scenario.events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED').length;
    expect(scenario.completed.length + scenario.terminated.length).toBe(begun);
  });

  it('takes the incident away', async () => {
    const scenario = await deployed();
    const instance = await scenario.started('order');
    await scenario.fail('work', { retries: 0 });
    await scenario.execute(commands.cancelInstance(instance));
    expect(scenario.incidents).toEqual([]);
  });

  it('is for process instances only', async () => {
    const scenario = await deployed();
    await scenario.started('order');
    const part = scenario.events('PROCESS_INSTANCE').find(({ value }) => value.elementId === 'part')!.key;
    expect(await scenario.execute(commands.cancelInstance(part))).toMatchObject({ ok: false });
  });
});

describe('creating an instance', () => {
  it.each([
    [
      'an id never deployed',
      { bpmnProcessId: 'x', version: -1, processDefinitionKey: -1 },
      "process ID 'x', but none found",
    ],
    [
      'a version that is not there',
      { bpmnProcessId: 'order', version: 99, processDefinitionKey: -1 },
      "process ID 'order' and version '99', but none found",
    ],
    [
      'a key that is not there',
      { bpmnProcessId: '', version: -1, processDefinitionKey: 123 },
      "key '123', but none found",
    ],
  ])('is refused for %s', async (_case, which, text) => {
    const scenario = await deployed();
    const outcome = await scenario.execute(commands.createInstance({ ...which, variables: {} }, '<default>'));
    expect(outcome).toEqual(refusal('NOT_FOUND', `Expected to find process definition with ${text}`));
  });

  it('answers with the result when that is awaited', async () => {
    const scenario = await deployed();
    const asked = commands.createInstance(
      {
        bpmnProcessId: 'order',
        version: -1,
        processDefinitionKey: -1,
        variables: { a: 1 },
        fetchVariables: ['a', 'b'],
      },
      '<default>',
    );
    const answer = scenario.broker.executeAndAwaitResult(asked, new AbortController().signal);
    await scenario.settled();
    await scenario.complete('work', { b: 2, c: 3 });
    expect(await answer).toMatchObject({
      ok: true,
      value: { bpmnProcessId: 'order', variables: { a: 1, b: 2 } },
    });
  });

  it('may begin at an element inside', async () => {
    const scenario = await deployed();
    const asked = commands.createInstance(
      {
        bpmnProcessId: 'order',
        version: -1,
        processDefinitionKey: -1,
        variables: {},
        startInstructions: [{ elementId: 'work' }],
      },
      '<default>',
    );
    accepted(await scenario.execute(asked));
    await scenario.complete('work');
    expect(scenario.completed).toEqual(['work', 'inner-end', 'part', 'end', 'order']);
  });
});

describe('deploying', () => {
  it('makes a new version for a change and none for the same bytes', async () => {
    const scenario = await Scenario.begin();
    const versions = [];
    for (const xml of [order, order, order.replace('inner-end', 'inner-end')])
      versions.push(await scenario.deploy(xml));
    versions.push(await scenario.deploy(`${order}\n`));
    expect(versions.map(({ processesMetadata: [each] }) => [each!.version, each!.duplicate])).toEqual([
      [1, false],
      [1, true],
      [1, true],
      [2, false],
    ]);
  });

  it.each([
    ['nothing', [], 'Expected to deploy at least one resource, but none given'],
    [
      'an unknown kind of file',
      [{ resourceName: 'x.abc', resource: '' }],
      "Expected to deploy new resources, but encountered the following errors:\n\n'x.abc': unknown resource type",
    ],
  ])('is refused for %s', async (_case, resources, reason) => {
    const scenario = await Scenario.begin();
    expect(await scenario.execute(commands.deploy(resources, '<default>'))).toEqual(
      refusal('INVALID_ARGUMENT', reason),
    );
  });

  it('deploys nothing when one of two files is wrong', async () => {
    const scenario = await Scenario.begin();
    const outcome = await scenario.execute(
      commands.deploy(
        [
          { resourceName: 'good.bpmn', resource: order },
          { resourceName: 'bad.bpmn', resource: '<no' },
        ],
        '<default>',
      ),
    );
    expect(outcome).toMatchObject({ ok: false, failure: { type: 'INVALID_ARGUMENT' } });
    expect(await scenario.create('order')).toMatchObject({ ok: false });
  });
});

describe('tenants', () => {
  it('do not see what belongs to others', async () => {
    const acme = await Scenario.begin('acme');
    const globex = acme.as('globex');
    await acme.deploy(order);
    const instance = await acme.started('order');

    expect(await globex.create('order')).toMatchObject({ ok: false, failure: { type: 'NOT_FOUND' } });
    expect(await globex.activate('work')).toEqual([]);
    const { key } = await acme.job('work');
    expect(await globex.within(commands.completeJob(key, {}))).toEqual(
      refusal('NOT_FOUND', `Expected to complete job with key '${key}', but no such job was found`),
    );
    expect(await globex.within(commands.cancelInstance(instance))).toMatchObject({
      ok: false,
      failure: { type: 'NOT_FOUND' },
    });
    accepted(await acme.within(commands.completeJob(key, {})));
    expect(acme.events('PROCESS_INSTANCE').every(({ tenantId }) => tenantId === 'acme')).toBe(true);
  });

  it('a command that names a key and no tenant acts for the tenant of the thing', async () => {
    const acme = await Scenario.begin('acme');
    await acme.deploy(order);
    await acme.started('order');
    await acme.complete('work');
    expect(acme.completed).toContain('order');
    expect(acme.events('PROCESS_INSTANCE').every(({ tenantId }) => tenantId === 'acme')).toBe(true);
  });
});
