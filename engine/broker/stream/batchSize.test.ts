import { createFeel } from '@baton/engine/feel';
import { expect, it } from 'vitest';
import { createBroker } from '../broker.ts';
import { commands } from '../commands.ts';
import { createTestWorld } from './testWorld.ts';

const MIB = 1024 * 1024;

it('refuses a command whose records do not fit one entry of the log, and nothing of it stays', async () => {
  const broker = await createBroker({
    dataDirectory: undefined,
    world: createTestWorld(),
    feel: createFeel(),
    maxPendingCommands: 10,
  });
  const resource = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <bpmn:process id="letter" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>on</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="on" sourceRef="start" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>on</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;
  await broker.execute(commands.deploy([{ resourceName: 'letter.bpmn', resource }], '<default>'));
  const create = (bytes: number) =>
    broker.execute(
      commands.createInstance(
        {
          bpmnProcessId: 'letter',
          version: -1,
          processDefinitionKey: -1,
          variables: { text: 'x'.repeat(bytes) },
        },
        '<default>',
      ),
    );
  expect(await create(1.9 * MIB)).toMatchObject({ ok: true });
  const before = broker.lastPosition;
  expect(await create(2.1 * MIB)).toEqual({
    ok: false,
    failure: { type: 'EXCEEDED_BATCH_RECORD_SIZE', reason: '' },
  });
  // the command and its refusal
  expect(broker.lastPosition - before).toBe(2);
  await broker.close();
});
