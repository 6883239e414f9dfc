import { type Broker, commands } from '@baton/engine/broker';
import type { ActivateInstruction } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  end,
  flow,
  inclusiveGateway,
  multiInstance,
  parallelGateway,
  path,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const activation = (elementId: string, ancestorScopeKey = -1): ActivateInstruction => ({
  elementId,
  ancestorScopeKey,
  variableInstructions: [],
  ancestorScopeKeys: [],
});

/** Keys of running instances of an element, oldest first. */
function running(scenario: Scenario, elementId: string): number[] {
  const keys = new Set<number>();
  for (const { key, intent, value } of scenario.events('PROCESS_INSTANCE')) {
    if (value.elementId !== elementId) continue;
    if (intent === 'ELEMENT_ACTIVATING') keys.add(key);
    if (intent === 'ELEMENT_COMPLETED' || intent === 'ELEMENT_TERMINATED') keys.delete(key);
  }
  return [...keys];
}

function modify(
  scenario: Scenario,
  instance: number,
  change: { activate?: (string | ActivateInstruction)[]; terminate?: number[] },
): ReturnType<Broker['execute']> {
  return scenario.execute(
    commands.modifyInstance(instance, {
      activateInstructions: (change.activate ?? []).map((one) =>
        typeof one === 'string' ? activation(one) : one,
      ),
      terminateInstructions: (change.terminate ?? []).map((elementInstanceKey) => ({ elementInstanceKey })),
    }),
  );
}

describe('a running instance is modified', () => {
  it('activates an element beside a path that waits at a join, and both end', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'p',
        start(),
        parallelGateway('fork'),
        serviceTask('a'),
        serviceTask('b'),
        parallelGateway('join'),
        end(),
        serviceTask('aside'),
        end('end2'),
        path('start', 'fork', 'a', 'join', 'end'),
        path('fork', 'b', 'join'),
        path('b', 'aside', 'end2'),
      ),
    );
    const instance = await scenario.started('p');
    await scenario.complete('a');
    accepted(await modify(scenario, instance, { activate: ['aside'], terminate: running(scenario, 'b') }));
    await scenario.complete('aside');
    // what waits at the join is still under way
    expect(running(scenario, 'p')).toHaveLength(1);
    accepted(await modify(scenario, instance, { activate: ['b'] }));
    await scenario.complete('b');
    await scenario.complete('aside');
    expect(scenario.completed.slice(-1)).toEqual(['p']);
    await scenario.close();
  });

  it('activates what is inside a new scope, whose boundary event ends it', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'p',
        start(),
        serviceTask('a'),
        subProcess('s', {}, start('in'), serviceTask('b'), end('out'), path('in', 'b', 'out')),
        timerBoundary('late', 's', { duration: 'PT1H' }),
        end(),
        end('end2'),
        path('start', 'a', 's', 'end'),
        flow('late', 'end2'),
      ),
    );
    const instance = await scenario.started('p');
    accepted(await modify(scenario, instance, { activate: ['b'], terminate: running(scenario, 'a') }));
    await scenario.wait(3_600_000);
    expect(scenario.terminated).toEqual(['a', 'b', 's']);
    expect(scenario.completed.slice(-2)).toEqual(['end2', 'p']);
    await scenario.close();
  });

  it('does all of it or nothing', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn('p', start(), serviceTask('a'), serviceTask('b'), end(), path('start', 'a', 'b', 'end')),
    );
    const instance = await scenario.started('p');
    const before = scenario.events('PROCESS_INSTANCE').length;
    const refusal = await modify(scenario, instance, {
      activate: ['b', 'nowhere'],
      terminate: running(scenario, 'a'),
    });
    expect(refusal).toMatchObject({ ok: false, failure: { type: 'INVALID_ARGUMENT' } });
    expect(scenario.events('PROCESS_INSTANCE')).toHaveLength(before);
    await scenario.close();
  });

  it('leaves alone what belongs to another instance or tenant', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(bpmn('p', start(), serviceTask('a'), end(), path('start', 'a', 'end')));
    const [one, other] = [await scenario.started('p'), await scenario.started('p')];
    const [, a] = running(scenario, 'a');
    expect(await modify(scenario, one, { terminate: [a!] })).toMatchObject({
      failure: {
        reason: `Expected to modify instance of process 'p' but it contains one or more terminate instructions with an element instance that could not be found: '${a}'`,
      },
    });
    expect(await modify(scenario, one, { activate: [activation('a', other)] })).toMatchObject({
      ok: false,
      failure: { type: 'INVALID_ARGUMENT' },
    });
    const foreign = scenario.as('elsewhere');
    const request = commands.modifyInstance(one, { activateInstructions: [], terminateInstructions: [] });
    expect(await foreign.within(request)).toMatchObject({ failure: { type: 'NOT_FOUND' } });
    await scenario.close();
  });

  it('ends the body of many with the last of them, and the instance with the body', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'p',
        start(),
        multiInstance(serviceTask('a'), { over: '=[1,2]', sequential: true }),
        end(),
        path('start', 'a', 'end'),
      ),
    );
    const instance = await scenario.started('p');
    accepted(await modify(scenario, instance, { terminate: running(scenario, 'a').slice(1) }));
    expect(scenario.terminated).toEqual(['a', 'a', 'p']);
    expect(await scenario.activate('a')).toEqual([]);
    await scenario.close();
  });

  it('counts an activated element among those an inclusive join waits for', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'p',
        start(),
        inclusiveGateway('fork', 'fork-a'),
        serviceTask('a'),
        serviceTask('b'),
        inclusiveGateway('join'),
        end(),
        flow('start', 'fork'),
        flow('fork', 'a'),
        flow('fork', 'b', '=false'),
        path('a', 'join', 'end'),
        flow('b', 'join'),
      ),
    );
    const instance = await scenario.started('p');
    accepted(await modify(scenario, instance, { activate: ['b'] }));
    await scenario.complete('a');
    expect(scenario.completed).not.toContain('join');
    await scenario.complete('b');
    expect(scenario.completed.slice(-3)).toEqual(['join', 'end', 'p']);
    await scenario.close();
  });
});
