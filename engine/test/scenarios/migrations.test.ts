import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  catchTimer,
  end,
  flow,
  parallelGateway,
  path,
  receiveTask,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

type Mapping = readonly (readonly [string, string])[];

/** Takes the instance to the definition that was deployed last. */
function migrate(scenario: Scenario, instance: number, mappings: Mapping) {
  const [target] = scenario.events('PROCESS', 'CREATED').slice(-1);
  return scenario.execute(
    commands.migrateInstance(instance, {
      targetProcessDefinitionKey: target!.key,
      mappingInstructions: mappings.map(([sourceElementId, targetElementId]) => ({
        sourceElementId,
        targetElementId,
      })),
    }),
  );
}

describe('a running instance goes to another definition', () => {
  it('goes on behind the element that its active one is mapped to', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(bpmn('old', start(), serviceTask('a'), end(), path('start', 'a', 'end')));
    const instance = await scenario.started('old', { x: 1 });
    const job = await scenario.job('a');
    await scenario.deploy(
      bpmn('new', start(), serviceTask('b'), serviceTask('c'), end(), path('start', 'b', 'c', 'end')),
    );
    accepted(await migrate(scenario, instance, [['a', 'b']]));
    accepted(await scenario.execute(commands.completeJob(job.key, { y: 2 })));
    await scenario.complete('c');
    expect(scenario.completed).toEqual(['start', 'b', 'c', 'end', 'new']);
    expect(scenario.variables().new).toEqual({ x: 1, y: 2 });
    await scenario.close();
  });

  it('joins what arrived before with what arrives after', async () => {
    const scenario = await Scenario.begin();
    const process = (id: string, join: string) =>
      bpmn(
        id,
        start(),
        parallelGateway('fork'),
        serviceTask('a'),
        serviceTask('b'),
        parallelGateway(join),
        end(),
        path('start', 'fork', 'a', join, 'end'),
        path('fork', 'b', join),
      );
    await scenario.deploy(process('old', 'join'));
    const instance = await scenario.started('old');
    await scenario.complete('a');
    await scenario.deploy(process('new', 'meet'));
    accepted(
      await migrate(scenario, instance, [
        ['b', 'b'],
        ['join', 'meet'],
        ['a-join', 'a-meet'],
      ]),
    );
    await scenario.complete('b');
    expect(scenario.completed.slice(-3)).toEqual(['meet', 'end', 'new']);
    await scenario.close();
  });

  it('waits for mapped events as before, for new ones from now on, and for dropped ones no more', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'old',
        start(),
        receiveTask('a', 'M1'),
        timerBoundary('dropped', 'a', { duration: 'PT1H' }),
        timerBoundary('kept', 'a', { duration: 'PT3H' }, { interrupting: false }),
        end(),
        path('start', 'a', 'end'),
        path('dropped', 'end'),
        path('kept', 'end'),
      ),
    );
    const instance = await scenario.started('old', { key: 'k' });
    await scenario.deploy(
      bpmn(
        'new',
        start(),
        receiveTask('b', 'M2'),
        timerBoundary('kept2', 'b', { duration: 'PT9H' }, { interrupting: false }),
        timerBoundary('added', 'b', { duration: 'PT2H' }, { interrupting: false }),
        end(),
        path('start', 'b', 'end'),
        path('kept2', 'end'),
        path('added', 'end'),
      ),
    );
    accepted(
      await migrate(scenario, instance, [
        ['a', 'b'],
        ['kept', 'kept2'],
      ]),
    );
    await scenario.wait(2.5 * 3_600_000);
    expect(scenario.completed.filter((id) => id !== 'end')).toEqual(['start', 'added']);
    await scenario.wait(3_600_000);
    expect(scenario.completed.filter((id) => id !== 'end')).toEqual(['start', 'added', 'kept2']);
    const message = { name: 'M1', correlationKey: 'k', timeToLive: 0, messageId: '', variables: {} };
    await scenario.execute(commands.publishMessage(message, scenario.tenantId));
    expect(scenario.completed.slice(-3)).toEqual(['b', 'end', 'new']);
    await scenario.close();
  });

  it('changes nothing when one of its elements has no place there', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'old',
        start(),
        subProcess(
          's',
          {},
          start('in'),
          catchTimer('t', { duration: 'PT1H' }),
          end('out'),
          path('in', 't', 'out'),
        ),
        end(),
        path('start', 's', 'end'),
      ),
    );
    const instance = await scenario.started('old');
    await scenario.deploy(
      bpmn(
        'new',
        start(),
        subProcess('s', {}, start('in'), serviceTask('a'), end('out'), path('in', 'a', 'out')),
        end(),
        flow('start', 's'),
        flow('s', 'end'),
      ),
    );
    expect(await migrate(scenario, instance, [['s', 's']])).toMatchObject({
      failure: {
        type: 'INVALID_STATE',
        reason: `Expected to migrate process instance '${instance}' but no mapping instruction defined for active element with id 't'. Elements cannot be migrated without a mapping.`,
      },
    });
    expect(scenario.trace('ELEMENT_MIGRATED')).toEqual([]);
    await scenario.wait(3_600_000);
    expect(scenario.completed.slice(-1)).toEqual(['old']);
    await scenario.close();
  });
});
