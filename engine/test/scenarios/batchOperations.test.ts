import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, createBroker } from '@baton/engine/broker';
import { createFeel } from '@baton/engine/feel';
import type { BatchOperation, BatchOperationCreationValue } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../broker/stream/testWorld.ts';
import { bpmn, end, path, serviceTask, start } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const oneTask = (id: string, type = 'a') =>
  bpmn(id, start(), serviceTask('a', { type }), serviceTask('b'), end(), path('start', 'a', 'b', 'end'));

const cancellation: BatchOperation = { batchOperationType: 'CANCEL_PROCESS_INSTANCE' };
const about = (keys: readonly number[]) => keys.map((key) => ({ itemKey: key, processInstanceKey: key }));

async function begin(
  scenario: Scenario,
  operation: BatchOperation,
  items: readonly number[],
): Promise<number> {
  const created = accepted(await scenario.execute(commands.createBatchOperation(operation, about(items))));
  return (created.value as BatchOperationCreationValue).batchOperationKey;
}

describe('a batch operation', () => {
  it('gives one command for each item, and tells which were refused', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(oneTask('p'));
    const [one, two, gone] = [
      await scenario.started('p'),
      await scenario.started('p'),
      await scenario.started('p'),
    ];
    accepted(await scenario.execute(commands.cancelInstance(gone)));
    const key = await begin(scenario, cancellation, [one, two, gone]);
    await scenario.wait(0);
    const { queries } = scenario.broker;
    expect(queries.batchOperation(key)).toMatchObject({
      state: 'PARTIALLY_COMPLETED',
      total: 3,
      completed: 2,
      failed: 1,
    });
    expect(
      [...queries.batchOperationItems(key)].map(({ state, errorMessage }) => [state, errorMessage]),
    ).toEqual([
      ['COMPLETED', ''],
      ['COMPLETED', ''],
      ['FAILED', `Expected to cancel a process instance with key '${gone}', but no such process was found`],
    ]);
    expect(scenario.terminated.filter((id) => id === 'p')).toHaveLength(3);
    await scenario.close();
  });

  it('moves from one element to another', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(oneTask('p'));
    const instances = [await scenario.started('p'), await scenario.started('p')];
    const moveInstructions = [{ sourceElementId: 'a', targetElementId: 'b' }];
    await begin(scenario, { batchOperationType: 'MODIFY_PROCESS_INSTANCE', moveInstructions }, instances);
    await scenario.wait(0);
    expect(await scenario.activate('a')).toEqual([]);
    expect(await scenario.activate('b')).toHaveLength(2);
    await scenario.close();
  });

  it('resolves incidents, whose jobs get another try', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(oneTask('p'));
    await scenario.started('p');
    await scenario.fail('a', { retries: 0 });
    const [incident] = scenario.incidents;
    await begin(scenario, { batchOperationType: 'RESOLVE_INCIDENT' }, [incident!.key]);
    await scenario.wait(0);
    expect(scenario.incidents).toEqual([]);
    expect(await scenario.job('a')).toMatchObject({ retries: 1 });
    await scenario.close();
  });

  it('stands still while suspended, and is over when canceled', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(oneTask('p'));
    const instances = [await scenario.started('p'), await scenario.started('p')];
    const { broker } = scenario;
    const create = broker.execute(commands.createBatchOperation(cancellation, about(instances)));
    const created = accepted(await create).value as BatchOperationCreationValue;
    const key = created.batchOperationKey;
    accepted(await scenario.execute(commands.manageBatchOperation(key, 'SUSPEND')));
    await scenario.wait(1_000);
    expect(scenario.terminated).toEqual([]);
    expect(broker.queries.batchOperation(key)).toMatchObject({ state: 'SUSPENDED', completed: 0 });
    expect(await scenario.execute(commands.manageBatchOperation(key, 'SUSPEND'))).toMatchObject({
      failure: { type: 'INVALID_STATE' },
    });
    accepted(await scenario.execute(commands.manageBatchOperation(key, 'CANCEL')));
    await scenario.wait(1_000);
    expect([...broker.queries.batchOperationItems(key)].map(({ state }) => state)).toEqual([
      'CANCELED',
      'CANCELED',
    ]);
    expect(scenario.terminated).toEqual([]);
    await scenario.close();
  });

  it('goes on after a restart where it was', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'baton-batch-'));
    const feel = createFeel();
    try {
      const world = createTestWorld();
      const first = await createBroker({ dataDirectory, world, feel, maxPendingCommands: 1_000 });
      const tenantId = '<default>';
      await first.execute(commands.deploy([{ resourceName: 'p.bpmn', resource: oneTask('p') }], tenantId));
      const instances: number[] = [];
      for (let count = 0; count < 5; count++) {
        const asked = { bpmnProcessId: 'p', version: -1, processDefinitionKey: -1, variables: {} };
        const { value } = accepted(await first.execute(commands.createInstance(asked, tenantId)));
        instances.push((value as { processInstanceKey: number }).processInstanceKey);
      }
      const created = accepted(
        await first.execute(commands.createBatchOperation(cancellation, about(instances))),
      );
      // the clock stands still: nothing of it has been done
      await first.close();
      const again = createTestWorld();
      const second = await createBroker({ dataDirectory, world: again, feel, maxPendingCommands: 1_000 });
      for (let turn = 0; turn < 5; turn++) {
        again.advance(0);
        for (let each = 0; each < 5; each++) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      const { batchOperationKey } = created.value as BatchOperationCreationValue;
      expect(second.queries.batchOperation(batchOperationKey)).toMatchObject({
        state: 'COMPLETED',
        completed: 5,
      });
      await second.close();
    } finally {
      rmSync(dataDirectory, { recursive: true });
    }
  });
});
