import { commands } from '@baton/engine/broker';
import { expect, it } from 'vitest';
import { bpmn, end, path, serviceTask, start } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const long = 'ä'.repeat(5_000);

it('variables and job types may have names of any length', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(
    bpmn('order', start(), serviceTask('task', { type: '=type' }), end(), path('start', 'task', 'end')),
  );
  await scenario.started('order', { type: long, [long]: 1, [`${long}!`]: 2 });

  const job = await scenario.job(long);
  expect(job.variables).toEqual({ type: long, [long]: 1, [`${long}!`]: 2 });
  expect(await scenario.activate(`${long}!`)).toEqual([]);
  accepted(await scenario.execute(commands.completeJob(job.key, { [long]: 3 })));

  expect(scenario.completed.at(-1)).toBe('order');
  expect(scenario.variables().order).toEqual({ type: long, [long]: 3, [`${long}!`]: 2 });
});

it('messages may have names, keys and ids of any length', async () => {
  const scenario = await Scenario.begin();
  const publish = (messageId: string) =>
    scenario.execute(
      commands.publishMessage(
        { name: long, correlationKey: long, messageId, timeToLive: 1_000, variables: {} },
        scenario.tenantId,
      ),
    );
  accepted(await publish(long));
  expect(await publish(long)).toMatchObject({ failure: { type: 'ALREADY_EXISTS' } });
  accepted(await publish(`${long}!`));
});

it('a process of a name that was never deployed is not found, however long the name', async () => {
  const scenario = await Scenario.begin();
  expect(await scenario.create(long)).toMatchObject({ failure: { type: 'NOT_FOUND' } });
});
