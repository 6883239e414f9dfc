import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceError } from '@grpc/grpc-js';
import { afterAll, expect, it } from 'vitest';
import { until } from '../real/ports.ts';
import { connectZeebe, type ZeebeGrpc } from '../real/zeebeGrpc.ts';
import { type Product, startProduct } from './product.ts';

const INSTANCES = 200;

const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="crash">
  <bpmn:process id="crash" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="first" />
    <bpmn:serviceTask id="first"><bpmn:extensionElements><zeebe:taskDefinition type="crash" /></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="first" targetRef="second" />
    <bpmn:serviceTask id="second"><bpmn:extensionElements><zeebe:taskDefinition type="crash" /></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f3" sourceRef="second" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;

interface ActivatedJob {
  key: string;
  processInstanceKey: string;
  elementId: string;
}

const folder = mkdtempSync(join(tmpdir(), 'baton-crash-'));
let running: Product | undefined;

afterAll(async () => {
  await running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

it('kill -9 during 200 running instances: every acknowledged one completes, no completed job runs again', async () => {
  const acknowledged = new Set<string>();
  const done = new Set<string>();
  const jobsDone = new Set<string>();
  const ranTwice: string[] = [];

  // Jobs are asked for again and again, as a worker does that outlives the engine.
  async function work(zeebe: ZeebeGrpc, goOn: () => boolean): Promise<void> {
    while (goOn()) {
      const request = {
        type: 'crash',
        worker: 'test',
        timeout: 2_000,
        maxJobsToActivate: 20,
        requestTimeout: 500,
      };
      const stream = zeebe.stream<{ jobs: ActivatedJob[] }>('ActivateJobs', request);
      await new Promise<void>((resolve) => {
        stream.on('data', ({ jobs }) => {
          for (const job of jobs) {
            if (jobsDone.has(job.key)) ranTwice.push(job.key);
            void zeebe.call('CompleteJob', { jobKey: job.key, variables: '{}' }).then(
              () => {
                jobsDone.add(job.key);
                if (job.elementId === 'second') done.add(job.processInstanceKey);
              },
              (error: ServiceError) => {
                // The answer was lost in the crash, but the completion was not.
                const NOT_FOUND = 5;
                if (error.code === NOT_FOUND) jobsDone.add(job.key);
              },
            );
          }
        });
        stream.on('end', () => resolve());
        stream.on('error', () => resolve());
      });
    }
  }

  running = await startProduct({ dataDirectory: folder });
  const before = await connectZeebe(running.grpcAddress);
  await before.call('DeployResource', { resources: [{ name: 'crash.bpmn', content: Buffer.from(bpmn) }] });
  let alive = true;
  const working = work(before, () => alive);
  const creating = Array.from({ length: INSTANCES }, () =>
    before
      .call<{ processInstanceKey: string }>('CreateProcessInstance', { bpmnProcessId: 'crash', version: -1 })
      .then(({ processInstanceKey }) => void acknowledged.add(processInstanceKey))
      .catch(() => {}),
  );
  const underLoad = await until(async () => acknowledged.size > INSTANCES / 4 && jobsDone.size > 20, 30_000);
  await running.kill();
  alive = false;
  await Promise.all([...creating, working]);
  before.close();

  running = await startProduct({ dataDirectory: folder, like: running });
  const after = await connectZeebe(running.grpcAddress);
  const isDone = async () => {
    const response = await fetch(`${running?.restAddress}/v2/process-instances/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        filter: { state: 'COMPLETED', processDefinitionId: 'crash' },
        page: { limit: 1_000 },
      }),
    });
    const { items } = (await response.json()) as { items: { processInstanceKey: string }[] };
    for (const { processInstanceKey } of items) done.add(processInstanceKey);
    return [...acknowledged].every((key) => done.has(key));
  };
  let finished = false;
  const finishing = work(after, () => !finished);
  const all = await until(isDone, 60_000);
  finished = true;
  await finishing;
  after.close();

  expect({ underLoad, all, ranTwice }).toEqual({ underLoad: true, all: true, ranTwice: [] });
}, 120_000);
