// One client process: starts instances of a one-task process, works on their jobs, and measures. Talks plain Zeebe gRPC.
import type { ServiceError } from '@grpc/grpc-js';
import { connectZeebe, GRPC_RESOURCE_EXHAUSTED, GRPC_UNAVAILABLE } from '../real/zeebeGrpc.ts';
import { percentile, rounded } from './statistics.ts';

const bpmn = (tasks: number) => {
  const ids = ['start', ...Array.from({ length: tasks }, (_, index) => `task${index + 1}`), 'end'];
  const flows = ids
    .slice(1)
    .map((id, index) => `<bpmn:sequenceFlow id="f${index}" sourceRef="${ids[index]}" targetRef="${id}" />`)
    .join('');
  const nodes = ids
    .slice(1, -1)
    .map(
      (id) =>
        `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="load" /></bpmn:extensionElements></bpmn:serviceTask>`,
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="load">
<bpmn:process id="load-${tasks}" isExecutable="true"><bpmn:startEvent id="start" />${nodes}<bpmn:endEvent id="end" />${flows}</bpmn:process></bpmn:definitions>`;
};

export interface LoadRequest {
  address: string;
  tasks: number;
  /** Instances under way at a time. */
  inFlight: number;
  /** Instances before measuring begins. */
  warmUp: number;
  instances: number;
}

export interface LoadResult {
  instancesPerSecond: number;
  /** ms, create to completed. */
  p50: number;
  p99: number;
  createP50: number;
  /** Refusals by back-pressure, per instance. */
  refused: number;
  clientCpuMs: number;
}

interface ActivatedJob {
  key: string;
  processInstanceKey: string;
  elementId: string;
}

/** Runs the load; `onMeasure` is called when the warm-up is over and when the last instance has completed. */
export async function runLoad(request: LoadRequest, onMeasure: () => void): Promise<LoadResult> {
  const client = await connectZeebe(request.address);
  const retrying = async <T>(method: string, message: unknown): Promise<T> => {
    for (let pause = 5; ; pause = Math.min(200, pause * 2)) {
      try {
        return await client.call<T>(method, message);
      } catch (error) {
        const { code } = error as ServiceError;
        if (code !== GRPC_RESOURCE_EXHAUSTED && code !== GRPC_UNAVAILABLE) throw error;
        refused += 1;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  };

  let refused = 0;
  let completed = 0;
  const durations: number[] = [];
  const creates: number[] = [];
  const waiting = new Map<string, () => void>();
  const early = new Set<string>();
  const lastTask = `task${request.tasks}`;
  await retrying('DeployResource', {
    resources: [{ name: `load-${request.tasks}.bpmn`, content: Buffer.from(bpmn(request.tasks)) }],
  });

  const finish = (instance: string) => {
    const done = waiting.get(instance);
    if (done) {
      waiting.delete(instance);
      done();
    } else early.add(instance);
  };
  const work = async (job: ActivatedJob) => {
    await retrying('CompleteJob', { jobKey: job.key, variables: '{}' });
    if (job.elementId === lastTask) finish(job.processInstanceKey);
  };
  const stream = client.stream<ActivatedJob>('StreamActivatedJobs', {
    type: 'load',
    worker: 'load',
    timeout: 60_000,
  });
  stream.on('data', (job: ActivatedJob) => void work(job));
  stream.on('error', () => {});
  await new Promise((resolve) => setTimeout(resolve, 500));

  async function one(measure: boolean): Promise<void> {
    const began = performance.now();
    const { processInstanceKey } = await retrying<{ processInstanceKey: string }>('CreateProcessInstance', {
      bpmnProcessId: `load-${request.tasks}`,
      version: -1,
      variables: '{}',
    });
    const created = performance.now();
    if (!early.delete(processInstanceKey)) {
      await new Promise<void>((resolve) => waiting.set(processInstanceKey, resolve));
    }
    completed += 1;
    if (measure) {
      creates.push(created - began);
      durations.push(performance.now() - began);
    }
  }
  async function many(count: number, measure: boolean) {
    let begun = 0;
    await Promise.all(
      Array.from({ length: request.inFlight }, async () => {
        while (begun < count) {
          begun += 1;
          await one(measure);
        }
      }),
    );
  }

  await many(request.warmUp, false);
  refused = 0;
  completed = 0;
  onMeasure();
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  await many(request.instances, true);
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  onMeasure();
  stream.cancel();
  client.close();
  return {
    instancesPerSecond: rounded(completed / seconds, 1),
    p50: rounded(percentile(durations, 0.5)),
    p99: rounded(percentile(durations, 0.99)),
    createP50: rounded(percentile(creates, 0.5)),
    refused: rounded(refused / completed, 3),
    clientCpuMs: rounded((cpu.user + cpu.system) / 1000 / completed),
  };
}

if (process.send) {
  process.once('message', async (request: LoadRequest) => {
    const result = await runLoad(request, () => process.send?.({ kind: 'measure' }));
    process.send?.({ kind: 'result', result }, () => process.exit(0));
  });
}
