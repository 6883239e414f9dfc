import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { adHocSubProcess, bpmn, end, errorBoundary, flow, path, serviceTask, start } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const INNER = 'tools#innerInstance';
const around = (adHoc: string, ...more: string[]) =>
  bpmn('work', start(), adHoc, end(), path('start', 'tools', 'end'), ...more);

async function running(xml: string, variables = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('work', variables);
  return scenario;
}

const adHocKey = (scenario: Scenario) =>
  scenario.events('PROCESS_INSTANCE').find(({ value }) => value.bpmnElementType === 'AD_HOC_SUB_PROCESS')!
    .key;

describe('an ad-hoc sub-process', () => {
  const listed = (options = {}) =>
    around(
      adHocSubProcess(
        'tools',
        { active: '=list', ...options },
        serviceTask('a'),
        serviceTask('b'),
        serviceTask('c'),
        flow('b', 'c'),
      ),
    );

  it('tells what can be activated, and begins with what its list names', async () => {
    const scenario = await running(listed(), { list: ['a', 'b'] });
    expect(scenario.variables().tools).toEqual({
      adHocSubProcessElements: [{ elementId: 'a' }, { elementId: 'b' }],
    });
    expect(scenario.trace('ELEMENT_ACTIVATED').slice(2)).toEqual([
      'ELEMENT_ACTIVATED tools',
      `ELEMENT_ACTIVATED ${INNER}`,
      `ELEMENT_ACTIVATED ${INNER}`,
      'ELEMENT_ACTIVATED a',
      'ELEMENT_ACTIVATED b',
    ]);
  });

  it('ends with the last flow, and brings out what each came to', async () => {
    const scenario = await running(listed({ collection: 'results', element: '=out' }), { list: ['a', 'b'] });
    await scenario.complete('b', { own: 1 });
    await scenario.complete('a', { out: 1 });
    expect(scenario.completed).not.toContain('tools');
    await scenario.complete('c', { out: 3 });
    expect(scenario.completed.slice(-4)).toEqual([INNER, 'tools', 'end', 'work']);
    expect(scenario.variables().work).toEqual({ list: ['a', 'b'], own: 1, results: [1, 3] });
  });

  it('ends what still runs when its condition is fulfilled', async () => {
    const scenario = await running(listed({ until: '=done' }), { list: ['a', 'b'], done: false });
    await scenario.complete('a', { done: true });
    expect(scenario.terminated).toEqual(['b', INNER]);
    expect(scenario.completed.at(-1)).toBe('work');
  });

  it('waits for what still runs when the model says so', async () => {
    const scenario = await running(listed({ until: '=done', cancelRemaining: false }), {
      list: ['a', 'b'],
      done: false,
    });
    await scenario.complete('a', { done: true });
    await scenario.complete('b');
    expect(scenario.completed).not.toContain('tools');
    await scenario.complete('c');
    expect(scenario.completed.at(-1)).toBe('work');
  });

  it.each([
    [undefined, "Expected result of the expression 'list' to be 'ARRAY', but was 'NULL'."],
    [
      [1],
      "to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.",
    ],
    [['a', 'c', 'nowhere'], 'but the given elements [c, nowhere] do not exist.'],
  ])('stops at the list %j', async (list, message) => {
    const scenario = await running(listed(), list ? { list } : {});
    expect(scenario.incidents).toMatchObject([{ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'tools' }]);
    expect(scenario.incidents[0]!.errorMessage).toContain(message);
  });

  it('begins what a client asks for, and ends the rest', async () => {
    const scenario = await running(listed(), { list: [] });
    const key = adHocKey(scenario);
    accepted(
      await scenario.execute(
        commands.activateAdHocElements(key, [{ elementId: 'a', variables: { q: 1 } }], false),
      ),
    );
    expect(scenario.variables()[INNER]).toEqual({ q: 1 });
    accepted(
      await scenario.execute(commands.activateAdHocElements(key, [{ elementId: 'b', variables: {} }], true)),
    );
    expect(scenario.terminated).toEqual(['a', INNER]);
    expect(
      await scenario.execute(commands.activateAdHocElements(key, [{ elementId: 'c', variables: {} }], false)),
    ).toMatchObject({
      failure: {
        type: 'NOT_FOUND',
        reason: `Expected to activate activities for ad-hoc sub-process with key '${key}', but the given elements [c] do not exist.`,
      },
    });
  });

  it('goes with its instance, from the leaves up', async () => {
    const scenario = await running(listed(), { list: ['a', 'b'] });
    const instance = scenario.events('PROCESS_INSTANCE')[0]!.key;
    accepted(await scenario.execute(commands.cancelInstance(instance)));
    expect(scenario.terminated).toEqual(['a', INNER, 'b', INNER, 'tools', 'work']);
  });
});

describe('an ad-hoc sub-process with a worker', () => {
  const agent = around(
    adHocSubProcess(
      'tools',
      {
        type: 'agent',
        collection: 'results',
        element: '=out',
        inputs: [['=null', 'agent']],
        outputs: [['=agent', 'answer']],
      },
      serviceTask('a'),
      serviceTask('b'),
    ),
    errorBoundary('failed', 'tools', 'E1'),
    path('failed', 'end'),
  );
  const answer = async (scenario: Scenario, variables: object, result: object) =>
    scenario.execute(
      commands.completeJob(
        (await scenario.job('agent')).key,
        { ...variables },
        {
          type: 'AD_HOC_SUB_PROCESS',
          ...result,
        },
      ),
    );
  const elements = (...ids: string[]) => ids.map((elementId) => ({ elementId, variables: {} }));

  it('asks the worker after every flow, with one job at a time', async () => {
    const scenario = await running(agent);
    accepted(await answer(scenario, {}, { activateElements: elements('a', 'b') }));
    await scenario.complete('a', { out: 1 });
    const superseded = await scenario.job('agent');
    expect(superseded).toMatchObject({ kind: 'AD_HOC_SUB_PROCESS', variables: { results: [1] } });
    await scenario.complete('b', { out: 2 });
    expect(await scenario.execute(commands.completeJob(superseded.key, {}))).toMatchObject({
      failure: { type: 'NOT_FOUND' },
    });
    accepted(await answer(scenario, { agent: 'done' }, { completionConditionFulfilled: true }));
    expect(scenario.completed.at(-1)).toBe('work');
    expect(scenario.variables().work).toEqual({ results: [1, 2], answer: 'done' });
  });

  it('does not take elements that are not there, and keeps the job', async () => {
    const scenario = await running(agent);
    const { key } = await scenario.job('agent');
    const refused = await scenario.execute(
      commands.completeJob(key, {}, { type: 'AD_HOC_SUB_PROCESS', activateElements: elements('x', 'a') }),
    );
    expect(refused).toMatchObject({
      failure: {
        type: 'NOT_FOUND',
        reason: `Expected to activate activities for ad-hoc sub-process with key '${adHocKey(scenario)}', but the given elements [x] do not exist.`,
      },
    });
    accepted(await scenario.execute(commands.completeJob(key, {})));
    expect(scenario.completed).toEqual(['start']);
  });

  it('waits for what runs when it is enough, or ends it', async () => {
    for (const cancelRemainingInstances of [false, true]) {
      const scenario = await running(agent);
      accepted(await answer(scenario, {}, { activateElements: elements('a', 'b') }));
      await scenario.complete('a');
      accepted(await answer(scenario, {}, { completionConditionFulfilled: true, cancelRemainingInstances }));
      if (!cancelRemainingInstances) await scenario.complete('b');
      expect(scenario.completed.at(-1)).toBe('work');
      expect(scenario.terminated).toEqual(cancelRemainingInstances ? ['b', INNER] : []);
      expect(await scenario.activate('agent')).toEqual([]);
    }
  });

  it('takes elements together with a fulfilled condition', async () => {
    const scenario = await running(agent);
    accepted(
      await answer(scenario, {}, { activateElements: elements('a'), completionConditionFulfilled: true }),
    );
    await scenario.complete('a');
    expect(scenario.completed.at(-1)).toBe('work');
  });

  it('has an incident of its own when the worker gives up, and throws like a task', async () => {
    const scenario = await running(agent);
    await scenario.fail('agent', { retries: 0, errorMessage: 'no model' });
    expect(scenario.incidents).toMatchObject([
      { errorType: 'AD_HOC_SUB_PROCESS_NO_RETRIES', errorMessage: 'no model', elementId: 'tools' },
    ]);
    const again = await running(agent);
    accepted(await answer(again, {}, { activateElements: elements('a', 'b') }));
    await again.complete('a');
    await again.throwError('agent', 'E1');
    expect(again.terminated).toEqual(['b', INNER, 'tools']);
    expect(again.completed.at(-1)).toBe('work');
  });
});
