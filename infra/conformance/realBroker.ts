import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectZeebe, missingFeature, PATIENCE, type Target } from '@baton/engine/test/conformance';
import { until } from '../real/ports.ts';
import { startRealZeebe } from '../real/zeebe.ts';

export const REAL_BROKER = '8.6.0';

/** What a job may take to appear after the answer that made it, ms. */
const SETTLING = 200;
/** The broker looks for overdue jobs once a second, ms. */
const CHECKER_INTERVAL = 1100;

/** Waits are real here; longer ones are left to the engine whose clock can be moved, ms. */
const LONGEST_WAIT = 3000;

interface Topology {
  brokers: { partitions: { role: string | number }[] }[];
}

/** The real broker. What it publishes cannot be seen through its door: only the answers count. */
export async function openRealBroker(environment: NodeJS.ProcessEnv): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-real-'));
  const broker = await startRealZeebe(folder, environment);
  const grpc = await connectZeebe(broker.grpcAddress, PATIENCE);
  await until(async () => {
    const topology = await grpc.call<Topology>('Topology', {}).catch(() => undefined);
    const roles = topology?.brokers.flatMap(({ partitions }) => partitions.map(({ role }) => role)) ?? [];
    return roles.some((role) => role === 0 || role === 'LEADER');
  }, 60_000);
  return {
    name: REAL_BROKER,
    grpc,
    defaultTenant: '<default>',
    advance: (ms) => new Promise((resolve) => setTimeout(resolve, ms + CHECKER_INTERVAL)),
    cannot: (steps) => {
      const long = steps.some((step) => 'advance' in step && Number(step.advance) > LONGEST_WAIT);
      return long ? `its clock cannot be moved by more than ${LONGEST_WAIT} ms` : undefined;
    },
    lacks: (answer) => missingFeature(REAL_BROKER, answer),
    settles: () => new Promise((resolve) => setTimeout(resolve, SETTLING)),
    async close() {
      grpc.close();
      await broker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
