import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFeel } from '@baton/engine/feel';
import type { AnyRecord } from '@baton/engine/protocol';
import fc from 'fast-check';
import { open } from 'lmdb';
import { unpack } from 'msgpackr';
import { afterAll, expect, it } from 'vitest';
import { type Broker, createBroker } from './broker.ts';
import { commands } from './commands.ts';
import { createTestWorld, type TestWorld } from './stream/testWorld.ts';

const root = mkdtempSync(join(tmpdir(), 'baton-broker-'));
let folders = 0;
const newFolder = () => join(root, `${folders++}`);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const tenant = '<default>';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="test">
  <bpmn:process id="order" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="toFork" sourceRef="start" targetRef="fork" />
    <bpmn:parallelGateway id="fork" />
    <bpmn:sequenceFlow id="toPack" sourceRef="fork" targetRef="pack" />
    <bpmn:sequenceFlow id="toReview" sourceRef="fork" targetRef="review" />
    <bpmn:serviceTask id="pack">
      <bpmn:extensionElements><zeebe:taskDefinition type="pack" retries="2" /></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:userTask id="review"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:boundaryEvent id="late" attachedToRef="review">
      <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT10S</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="fromLate" sourceRef="late" targetRef="escalated" />
    <bpmn:endEvent id="escalated" />
    <bpmn:sequenceFlow id="fromPack" sourceRef="pack" targetRef="join" />
    <bpmn:sequenceFlow id="fromReview" sourceRef="review" targetRef="join" />
    <bpmn:parallelGateway id="join" />
    <bpmn:sequenceFlow id="toEnd" sourceRef="join" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;

const start = (dataDirectory: string, world: TestWorld) =>
  createBroker({
    dataDirectory,
    world,
    feel: createFeel({ random: () => 0.5, uuid: () => '00000000-0000-4000-8000-000000000000' }),
    maxPendingCommands: 1000,
  });

/** Every table of a closed broker's state. */
async function tables(dataDirectory: string): Promise<{ [name: string]: unknown[] }> {
  const root = open({ path: join(dataDirectory, 'state'), maxDbs: 256, encoding: 'binary' });
  const found: { [name: string]: unknown[] } = {};
  for (const name of root.getKeys()) {
    if (!String(name).startsWith('table:')) continue;
    const table = root.openDB<Buffer, number>({ name: String(name), encoding: 'binary' });
    found[String(name)] = [...table.getRange()].map(({ key, value }) => [key, unpack(value)]);
  }
  await root.close();
  return found;
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'create' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('activate' as const), count: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom<'complete' | 'fail' | 'review' | 'resolve' | 'cancel'>(
        'complete',
        'fail',
        'review',
        'resolve',
        'cancel',
      ),
      which: fc.nat({ max: 20 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(500, 6_000, 30_000) }),
  },
);

it('finds the same state whether it was closed, killed, or has nothing but its log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const folder = newFolder();
      const world = createTestWorld();
      const broker = await start(folder, world);
      const records: AnyRecord[] = [];
      broker.subscribe(-1, (batch) => void records.push(...batch));
      await broker.execute(commands.deploy([{ resourceName: 'order.bpmn', resource: xml }], tenant));
      for (const each of steps) await take(each, broker, world, records);

      const killed = newFolder();
      cpSync(folder, killed, { recursive: true });
      await broker.close();
      const logOnly = newFolder();
      cpSync(folder, logOnly, { recursive: true });
      rmSync(join(logOnly, 'state'), { recursive: true });
      // a clock long past: nothing falls due, so nothing is added
      for (const each of [killed, logOnly]) await (await start(each, createTestWorld(0))).close();

      const expected = await tables(folder);
      expect(await tables(killed)).toEqual(expected);
      expect(await tables(logOnly)).toEqual(expected);
      expect(records.filter(({ valueType }) => valueType === 'ERROR')).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(
  each: Step,
  broker: Broker,
  world: TestWorld,
  records: readonly AnyRecord[],
): Promise<void> {
  const events = (valueType: string, intent: string) =>
    records.filter((record) => record.valueType === valueType && record.intent === intent);
  const oneOf = (found: readonly AnyRecord[], which: number) =>
    found[which % Math.max(found.length, 1)]?.key ?? -1;
  if (each.do === 'create') {
    const creation = {
      bpmnProcessId: 'order',
      version: -1,
      processDefinitionKey: -1,
      variables: { items: [1, { a: 'b' }] },
    };
    await broker.execute(commands.createInstance(creation, tenant));
  } else if (each.do === 'activate') {
    const request = { type: 'pack', worker: 'w', timeout: 8_000, fetchVariables: [], tenantIds: [tenant] };
    await broker.execute(commands.activateJobs({ ...request, maxJobsToActivate: each.count }));
  } else if (each.do === 'complete') {
    await broker.execute(commands.completeJob(oneOf(events('JOB', 'CREATED'), each.which), { packed: true }));
  } else if (each.do === 'fail') {
    const failure = { retries: each.which % 2, errorMessage: 'broken', retryBackoff: 1_000, variables: {} };
    await broker.execute(commands.failJob(oneOf(events('JOB', 'CREATED'), each.which), failure));
  } else if (each.do === 'review') {
    await broker.execute(
      commands.completeUserTask(oneOf(events('USER_TASK', 'CREATED'), each.which), { ok: true }, ''),
    );
  } else if (each.do === 'resolve') {
    await broker.execute(commands.resolveIncident(oneOf(events('INCIDENT', 'CREATED'), each.which)));
  } else if (each.do === 'cancel') {
    const instances = events('PROCESS_INSTANCE_CREATION', 'CREATED');
    const created = instances[each.which % Math.max(instances.length, 1)];
    const key = created?.valueType === 'PROCESS_INSTANCE_CREATION' ? created.value.processInstanceKey : -1;
    await broker.execute(commands.cancelInstance(key));
  } else if (each.do === 'wait') {
    world.advance(each.ms);
    // refused, and so answered after what fell due
    await broker.execute(commands.resolveIncident(-1));
  }
}
