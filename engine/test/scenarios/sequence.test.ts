import { commands } from '@baton/engine/broker';
import { expect, it } from 'vitest';
import { bpmn, end, path, serviceTask, start } from '../bpmn.ts';
import { Scenario } from '../scenario.ts';

const shipment = bpmn('shipment', start(), serviceTask('pack'), end(), path('start', 'pack', 'end'));

it('runs one task from start to end', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(shipment);
  await scenario.started('shipment', { order: 7 });

  const job = await scenario.job('pack');
  expect(job).toMatchObject({ type: 'pack', retries: 3, variables: { order: 7 }, elementId: 'pack' });
  await scenario.execute(commands.completeJob(job.key, { weight: 3 }));

  expect(scenario.trace()).toEqual([
    'ELEMENT_ACTIVATING shipment',
    'ELEMENT_ACTIVATED shipment',
    'ELEMENT_ACTIVATING start',
    'ELEMENT_ACTIVATED start',
    'ELEMENT_COMPLETING start',
    'ELEMENT_COMPLETED start',
    'SEQUENCE_FLOW_TAKEN start-pack',
    'ELEMENT_ACTIVATING pack',
    'ELEMENT_ACTIVATED pack',
    'ELEMENT_COMPLETING pack',
    'ELEMENT_COMPLETED pack',
    'SEQUENCE_FLOW_TAKEN pack-end',
    'ELEMENT_ACTIVATING end',
    'ELEMENT_ACTIVATED end',
    'ELEMENT_COMPLETING end',
    'ELEMENT_COMPLETED end',
    'ELEMENT_COMPLETING shipment',
    'ELEMENT_COMPLETED shipment',
  ]);
  expect(scenario.variables()).toEqual({ shipment: { order: 7, weight: 3 } });
});
