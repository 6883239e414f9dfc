import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  callActivity,
  end,
  errorBoundary,
  exclusiveGateway,
  path,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const child = (id = 'child', task = serviceTask('work')) =>
  bpmn(id, start('begin'), task, end('finish'), path('begin', task.match(/id="(\w+)"/)![1]!, 'finish'));
const parent = (options: Parameters<typeof callActivity>[2] = {}, ...more: string[]) =>
  bpmn(
    'parent',
    start(),
    callActivity('call', 'child', options),
    end(),
    path('start', 'call', 'end'),
    ...more,
  );

async function running(xml: string, variables = {}, called: string[] = [child()]): Promise<Scenario> {
  const scenario = await Scenario.begin();
  for (const [index, each] of called.entries()) await scenario.deploy(each, `called-${index}.bpmn`);
  await scenario.deploy(xml, 'parent.bpmn');
  await scenario.started('parent', variables);
  return scenario;
}

const instancesOf = (scenario: Scenario, id: string) =>
  scenario
    .events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING')
    .filter(({ value }) => value.elementId === id)
    .map(({ key, value }) => ({ key, value }));

describe('a call activity', () => {
  it('runs the called process as an instance of its own, and goes on when that has ended', async () => {
    const scenario = await running(parent());
    const [order] = instancesOf(scenario, 'parent');
    const [call] = instancesOf(scenario, 'call');
    const [called] = instancesOf(scenario, 'child');
    expect(called!.value).toMatchObject({
      processInstanceKey: called!.key,
      flowScopeKey: -1,
      parentProcessInstanceKey: order!.key,
      parentElementInstanceKey: call!.key,
      bpmnElementType: 'PROCESS',
    });
    expect(scenario.completed).toEqual(['start', 'begin']);
    await scenario.complete('work');
    expect(scenario.completed.slice(2)).toEqual(['work', 'finish', 'child', 'call', 'end', 'parent']);
  });

  it('hands all variables down and back up', async () => {
    const scenario = await running(parent({ inputs: [['=1', 'local']] }), { a: 1 });
    expect((await scenario.job('work')).variables).toEqual({ a: 1, local: 1 });
    const [job] = scenario.events('JOB', 'CREATED');
    await scenario.execute(commands.completeJob(job!.key, { a: 2, b: 3 }));
    // a value that the call activity has already passes it by, and goes to the root
    expect(scenario.variables()).toEqual({
      parent: { a: 2, b: 3, local: 1 },
      call: { local: 1 },
      child: { a: 2, b: 3, local: 1 },
    });
  });

  it('hands down the local variables only, and brings out what the output mappings name', async () => {
    const scenario = await running(
      parent({
        inputs: [['=a + 1', 'given']],
        outputs: [['=b', 'result']],
        allToChild: false,
        allFromChild: false,
      }),
      { a: 1 },
    );
    expect((await scenario.job('work')).variables).toEqual({ given: 2 });
    const [job] = scenario.events('JOB', 'CREATED');
    await scenario.execute(commands.completeJob(job!.key, { b: 3 }));
    expect(scenario.variables().parent).toEqual({ a: 1, result: 3 });
  });

  it('brings nothing back when it may not', async () => {
    const scenario = await running(parent({ allFromChild: false }));
    await scenario.complete('work', { b: 3 });
    expect(scenario.completed.at(-1)).toBe('parent');
    expect(scenario.variables().parent).toBeUndefined();
  });

  it('calls the latest version, of the id that its expression gives', async () => {
    const scenario = await running(
      bpmn('parent', start(), callActivity('call', '="ch" + rest'), path('start', 'call')),
      { rest: 'ild' },
      [child(), child('child', serviceTask('newer'))],
    );
    expect(await scenario.activate('newer')).toHaveLength(1);
  });

  it('calls the version with the tag', async () => {
    const tagged = (tag: string, task: string) =>
      child('child', serviceTask(task)).replace(
        '<bpmn:startEvent',
        `<bpmn:extensionElements><zeebe:versionTag value="${tag}" /></bpmn:extensionElements><bpmn:startEvent`,
      );
    const scenario = await running(parent({ binding: 'versionTag', versionTag: 'v1' }), {}, [
      tagged('v1', 'one'),
      tagged('v2', 'two'),
    ]);
    expect(await scenario.activate('one')).toHaveLength(1);
  });

  it('calls the version it was deployed with', async () => {
    const scenario = await Scenario.begin();
    const deploy = (...resources: string[]) =>
      scenario.execute(
        commands.deploy(
          resources.map((resource, index) => ({ resourceName: `${index}.bpmn`, resource })),
          scenario.tenantId,
        ),
      );
    await deploy(child('child', serviceTask('older')));
    accepted(await deploy(child('child', serviceTask('with')), parent({ binding: 'deployment' })));
    await deploy(child('child', serviceTask('newer')));
    await scenario.started('parent');
    expect(await scenario.activate('with')).toHaveLength(1);

    expect(await deploy(parent({ binding: 'deployment' }))).toMatchObject({
      failure: {
        type: 'INVALID_ARGUMENT',
        reason: expect.stringContaining("Expected to find process with id 'child' in current deployment"),
      },
    });
  });

  it.each([
    [
      'is not deployed',
      {},
      [],
      "Expected process with BPMN process id 'child' to be deployed, but not found.",
    ],
    [
      'does not have the version tag',
      { binding: 'versionTag', versionTag: 'v1' } as const,
      [child()],
      "Expected to call process with BPMN process id 'child' and version tag 'v1', but no such process found.",
    ],
  ])('stops with an incident when the process %s', async (_, options, called, message) => {
    const scenario = await running(parent(options), {}, called);
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({ errorType: 'CALLED_ELEMENT_ERROR', elementId: 'call' });
    expect(incident!.errorMessage).toContain(message);

    await scenario.deploy(
      child().replace(
        '<bpmn:startEvent',
        '<bpmn:extensionElements><zeebe:versionTag value="v1" /></bpmn:extensionElements><bpmn:startEvent',
      ),
    );
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('parent');
  });

  it('stops with an incident when the id is no text', async () => {
    const scenario = await running(
      bpmn('parent', start(), callActivity('call', '=7'), path('start', 'call')),
    );
    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'EXTRACT_VALUE_ERROR',
        errorMessage: "Expected result of the expression '7' to be 'STRING', but was 'NUMBER'.",
      },
    ]);
  });

  it('stops with an incident when calls have no end', async () => {
    const scenario = await running(
      bpmn('parent', start(), callActivity('call', 'parent'), path('start', 'call')),
    );
    for (let turn = 0; turn < 200 && scenario.incidents.length === 0; turn++) await scenario.settled();
    expect(scenario.incidents).toMatchObject([{ errorType: 'CALLED_ELEMENT_ERROR', elementId: 'call' }]);
    expect(instancesOf(scenario, 'parent')).toHaveLength(1_000);
    const [root] = instancesOf(scenario, 'parent');
    accepted(await scenario.execute(commands.cancelInstance(root!.key)));
    for (let turn = 0; turn < 200 && scenario.terminated.length < 2_000; turn++) await scenario.settled();
    expect(scenario.terminated.at(-1)).toBe('parent');
    expect(scenario.terminated).toHaveLength(2_000);
  });

  it('is cancelled with all it called, from the leaves up', async () => {
    const scenario = await running(parent(), {}, [
      child('leaf'),
      child('child', callActivity('inner', 'leaf')),
    ]);
    const [root] = instancesOf(scenario, 'parent');
    const [leaf] = instancesOf(scenario, 'leaf');
    expect(await scenario.execute(commands.cancelInstance(leaf!.key))).toMatchObject({
      failure: {
        type: 'INVALID_STATE',
        reason: `Expected to cancel a process instance with key '${leaf!.key}', but it is created by a parent process instance. Cancel the root process instance '${root!.key}' instead.`,
      },
    });
    accepted(await scenario.execute(commands.cancelInstance(root!.key)));
    expect(scenario.terminated).toEqual(['work', 'leaf', 'inner', 'child', 'call', 'parent']);
    expect(scenario.events('JOB').map(({ intent }) => intent)).toEqual(['CREATED', 'CANCELED']);
  });

  it('is ended by a timer on it', async () => {
    const scenario = await running(
      parent({}, timerBoundary('late', 'call', { duration: 'PT1M' }), path('late', 'end')),
    );
    await scenario.wait(60_000);
    expect(scenario.terminated).toEqual(['work', 'child', 'call']);
    expect(scenario.completed.slice(-3)).toEqual(['late', 'end', 'parent']);
  });

  it('catches what the called process throws and does not catch itself', async () => {
    const inner = subProcess('part', {}, start('in'), serviceTask('work'), path('in', 'work'));
    const scenario = await running(
      parent({}, errorBoundary('oops', 'call', 'E1', { outputs: [['=why', 'reason']] }), path('oops', 'end')),
      {},
      [child('child', inner)],
    );
    await scenario.throwError('work', 'E1', { why: 'x' });
    expect(scenario.terminated).toEqual(['work', 'part', 'child', 'call']);
    expect(scenario.completed.slice(-3)).toEqual(['oops', 'end', 'parent']);
    expect(scenario.variables().parent).toEqual({ reason: 'x' });
  });

  it('names the errors of the callers when nobody catches', async () => {
    const scenario = await running(parent({}, errorBoundary('oops', 'call', 'E2'), path('oops', 'end')));
    await scenario.throwError('work', 'E1');
    expect(scenario.incidents[0]!.errorMessage).toContain('Available error events are [E2]');
  });

  it('may be called again and again', async () => {
    const scenario = await running(
      bpmn(
        'parent',
        start(),
        exclusiveGateway('merge'),
        callActivity('call', 'child'),
        exclusiveGateway('again', 'again-end'),
        end(),
        path('start', 'merge', 'call', 'again', 'end'),
        path('again', 'merge').replace(
          '></bpmn:sequenceFlow>',
          '><bpmn:conditionExpression>=n &lt; 2</bpmn:conditionExpression></bpmn:sequenceFlow>',
        ),
      ),
    );
    await scenario.complete('work', { n: 1 });
    await scenario.complete('work', { n: 2 });
    expect(scenario.completed.filter((id) => id === 'child' || id === 'parent')).toEqual([
      'child',
      'child',
      'parent',
    ]);
  });
});
