import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectZeebe, GRPC_RESOURCE_EXHAUSTED, type ZeebeGrpc } from '../real/zeebeGrpc.ts';
import { startEmbedded } from './brokerBench.ts';
import { residentBytes } from './processFigures.ts';
import { percentile, rounded } from './statistics.ts';

/** What one round sends: so many creations at a time, each with so many bytes of variables. */
const rounds = {
  '100 at a time': { inFlight: 100, bytes: 1_000 },
  '1000 at a time': { inFlight: 1_000, bytes: 1_000 },
  '5000 at a time': { inFlight: 5_000, bytes: 1_000 },
  '1000 at a time, 500 KB each': { inFlight: 1_000, bytes: 500_000 },
} as const;

/** A round lasts this long, ms. */
const DURATION = 8_000;
/** A refused client waits this long before it tries again, ms. */
const PAUSE = 20;
/** Size and answer of the broker are looked at this often, ms. */
const LOOK = 100;

const model = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="overload" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>on</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="on" sourceRef="start" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>on</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

interface Figures {
  acceptedPerSecond: number;
  /** Of all attempts, %. */
  refusedShare: number;
  acceptedP50: number;
  acceptedP99: number;
  /** Of a Topology request beside the load. */
  otherP99: number;
  /** Calls that ended in any other way. */
  failed: number;
  largestMiB: number;
}

async function overload(
  pid: number,
  grpc: ZeebeGrpc,
  { inFlight, bytes }: { inFlight: number; bytes: number },
): Promise<Figures> {
  const request = {
    bpmnProcessId: 'overload',
    version: -1,
    variables: JSON.stringify({ text: 'x'.repeat(bytes) }),
  };
  const end = Date.now() + DURATION;
  const accepted: number[] = [];
  const other: number[] = [];
  let refused = 0;
  let failed = 0;
  let largest = 0;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  async function client(): Promise<void> {
    while (Date.now() < end) {
      const since = performance.now();
      try {
        await grpc.call('CreateProcessInstance', request);
        accepted.push(performance.now() - since);
      } catch (error) {
        if ((error as { code?: number }).code === GRPC_RESOURCE_EXHAUSTED) refused++;
        else failed++;
        await pause(PAUSE);
      }
    }
  }
  async function look(): Promise<void> {
    while (Date.now() < end) {
      const since = performance.now();
      await grpc.call('Topology', {});
      other.push(performance.now() - since);
      largest = Math.max(largest, residentBytes(pid) ?? Number.NaN);
      await pause(LOOK);
    }
  }
  await Promise.all([look(), ...Array.from({ length: inFlight }, client)]);
  return {
    acceptedPerSecond: rounded(accepted.length / (DURATION / 1000), 0),
    refusedShare: rounded((100 * refused) / (accepted.length + refused + failed), 1),
    acceptedP50: rounded(percentile(accepted, 0.5), 1),
    acceptedP99: rounded(percentile(accepted, 0.99), 1),
    otherP99: rounded(percentile(other, 0.99), 1),
    failed,
    largestMiB: rounded(largest / 2 ** 20, 0),
  };
}

/** More work than the broker can do: it goes on answering, refuses what is too much, and does not grow without bound. */
export async function benchOverload(root: string, environment: NodeJS.ProcessEnv): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-overload-'));
  const broker = await startEmbedded(join(folder, 'data'), root, environment);
  const grpc = await connectZeebe(broker.grpcAddress);
  try {
    const content = Buffer.from(model);
    await grpc.call('DeployResource', { resources: [{ name: 'overload.bpmn', content }] });
    const figures: Record<string, Figures> = {};
    for (const [name, round] of Object.entries(rounds)) {
      figures[name] = await overload(broker.pid, grpc, round);
    }
    console.table(figures);
    return figures;
  } finally {
    grpc.close();
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
