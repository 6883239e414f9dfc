import { fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, isListening, until } from '../real/ports.ts';
import { type RealService, startRealZeebe } from '../real/zeebe.ts';
import type { LoadRequest, LoadResult } from './brokerLoad.ts';
import { cpuSeconds, residentBytes } from './processFigures.ts';
import { rounded } from './statistics.ts';

interface Figures extends LoadResult {
  /** ms of the server process per completed instance. */
  serverCpuMs: number;
  residentMiB: number;
}

const shapes = {
  'one task, 50 in flight': { tasks: 1, inFlight: 50, warmUp: 1_000, instances: 6_000 },
  'one task, one at a time': { tasks: 1, inFlight: 1, warmUp: 100, instances: 500 },
  'ten tasks, 50 in flight': { tasks: 10, inFlight: 50, warmUp: 100, instances: 600 },
} as const;

// The real broker is an order slower: fewer instances tell as much.
const REAL_SHARE = 0.25;

/** The embedded broker as a process of its own, its data on disk. */
export async function startEmbedded(
  dataFolder: string,
  root: string,
  environment: NodeJS.ProcessEnv,
): Promise<Omit<RealService, 'restAddress'>> {
  const [grpc, rest] = await Promise.all([freePort(), freePort()]);
  const child = spawn(process.execPath, [join(root, 'engine', 'dist', 'main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...environment,
      BROKER_GRPC_PORT: String(grpc),
      BROKER_REST_PORT: String(rest),
      BROKER_DATA: dataFolder,
    },
  });
  if (!(await until(() => isListening(grpc), 20_000))) {
    child.kill('SIGKILL');
    throw new Error('Expected the embedded broker to listen within 20 s, but it did not.');
  }
  return {
    pid: child.pid as number,
    grpcAddress: `127.0.0.1:${grpc}`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function drive(pid: number, request: LoadRequest): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./brokerLoad.js', import.meta.url)));
    const cpu: number[] = [];
    child.once(
      'exit',
      (code) => code !== 0 && reject(new Error(`Expected the load to finish, but it ended with ${code}.`)),
    );
    child.on('message', (message: { kind: 'measure' } | { kind: 'result'; result: LoadResult }) => {
      if (message.kind === 'measure') cpu.push(cpuSeconds(pid) ?? Number.NaN);
      else {
        const [before = Number.NaN, after = Number.NaN] = cpu;
        resolve({
          ...message.result,
          serverCpuMs: rounded(((after - before) * 1000) / request.instances, 3),
          residentMiB: rounded((residentBytes(pid) ?? Number.NaN) / 2 ** 20, 0),
        });
      }
    });
    child.send(request);
  });
}

async function measure(
  service: Omit<RealService, 'restAddress'>,
  share: number,
): Promise<Record<string, Figures>> {
  const figures: Record<string, Figures> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    figures[name] = await drive(service.pid, {
      address: service.grpcAddress,
      ...shape,
      warmUp: Math.ceil(shape.warmUp * share),
      instances: Math.ceil(shape.instances * share),
    });
  }
  return figures;
}

/**
 * Embedded broker against the real one, both with every acknowledged command durable on disk (fdatasync, flush on), one
 * after the other on the same machine, driven by the same one client process.
 */
export async function benchBroker(root: string, environment: NodeJS.ProcessEnv): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const result: {
    durability: string;
    embedded?: Record<string, Figures>;
    real?: Record<string, Figures> | string;
    ratios?: unknown;
  } = { durability: 'every acknowledged command is on disk: fdatasync (embedded), raft flush on (real)' };
  try {
    const embedded = await startEmbedded(join(folder, 'embedded'), root, environment);
    result.embedded = await measure(embedded, 1);
    await embedded.stop();
    console.log('embedded');
    console.table(result.embedded);
    try {
      const real = await startRealZeebe(join(folder, 'real'), environment);
      result.real = await measure(real, REAL_SHARE);
      await real.stop();
      console.log('real Zeebe');
      console.table(result.real);
    } catch (error) {
      result.real = `skipped: ${(error as Error).message}`;
      console.log(`skipped: real Zeebe (${(error as Error).message})`);
    }
    if (typeof result.real === 'object') {
      const { embedded, real } = result as {
        embedded: Record<string, Figures>;
        real: Record<string, Figures>;
      };
      result.ratios = Object.fromEntries(
        Object.keys(shapes).map((name) => {
          const [ours, theirs] = [embedded[name] as Figures, real[name] as Figures];
          return [
            name,
            {
              'instances/s, ours : theirs': rounded(ours.instancesPerSecond / theirs.instancesPerSecond),
              'server CPU, ours : theirs': rounded(ours.serverCpuMs / theirs.serverCpuMs, 3),
              'p50, ours : theirs': rounded(ours.p50 / theirs.p50, 3),
            },
          ];
        }),
      );
      console.log('ratios');
      console.table(result.ratios);
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
