import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { DocumentStore } from '@baton/infra/store';
import { hasRedis, startRealRedis } from '../real/redis.ts';
import { root } from '../real/root.ts';
import type {
  ApiLoadMessage,
  ApiLoadRequest,
  ApiLoadResult,
  LiveLoadRequest,
  LiveLoadResult,
  Operation,
} from './apiLoad.ts';
import { openGateways } from './gateways.ts';
import { cpuSeconds } from './processFigures.ts';
import { rounded } from './statistics.ts';

const TENANT = 'bench';
const AGENTS = 10_000;
const CLIENTS = 50;
const SOCKETS = 500;
/** ms. */
const WARM_UP = 3_000;
const DURATION = 10_000;
/** ms between an answer and the client's next request. */
const PAUSES = { 'a request a second each': 1_000, 'four a second each': 250, 'as fast as they can': 0 };
const RATE = 1_000_000;

/** Of a hundred requests: two thirds read, one third writes. */
const share: { [O in Operation]: number } = {
  list: 25,
  get: 40,
  create: 5,
  update: 10,
  draft: 15,
  publish: 5,
};

async function seed(store: DocumentStore): Promise<string[]> {
  await store.tenants.create({ id: TENANT, name: 'Bench', at: new Date(0) });
  await store.limits.change(TENANT, { quotas: { granted: { agents: 10 * AGENTS, storageBytes: 2 ** 40 } } });
  const ids = Array.from({ length: AGENTS }, () => randomUUID());
  const at = new Date();
  const create = async (n: number) => {
    const made = await store.resources.create(TENANT, 'agent', ids[n]!, {
      name: `agent-${String(n).padStart(5, '0')}`,
      content: {
        description: `Answers questions of kind ${n}`,
        provider: 'mock',
        model: 'mock-1',
        systemPrompt: `You answer questions. ${'Be brief, and say where you know it from. '.repeat(10)}`,
      },
      author: 'bench',
      message: '',
      at,
      references: ['provider/mock'],
    });
    if (!made.ok) throw new Error(made.failure.code);
  };
  for (let n = 0; n < AGENTS; n += 50) await Promise.all(Array.from({ length: 50 }, (_, m) => create(n + m)));
  return ids;
}

/** Runs the load in a process of its own; beside its result, ms of the server's CPU time while it was measured. */
function load(
  request: ApiLoadRequest | LiveLoadRequest,
  pid: number,
): Promise<{ result: ApiLoadResult | LiveLoadResult; serverCpuMs: number }> {
  return new Promise((resolve, reject) => {
    const child = fork(join(root, 'infra', 'dist', 'load', 'apiLoad.js'), { execArgv: [] });
    const cpu: number[] = [];
    child.once(
      'exit',
      (code) => code !== 0 && reject(new Error(`Expected the load to end, but got ${code}`)),
    );
    child.on('message', (message: ApiLoadMessage) => {
      if (message.kind === 'measure') cpu.push(cpuSeconds(pid) ?? Number.NaN);
      else resolve({ result: message.result, serverCpuMs: ((cpu[1] ?? NaN) - (cpu[0] ?? NaN)) * 1000 });
    });
    child.send(request);
  });
}

/** Of the last minute, with what ran before: figures of a machine that others keep busy say little. */
const loadNow = () => rounded(loadavg()[0]!);

/** The API with ten thousand agents, and events from a write at one gateway to five hundred sockets at it or another. */
export async function benchApi(): Promise<unknown> {
  const redis = hasRedis() ? await startRealRedis() : undefined;
  if (!redis) console.log('skipped: two gateways over Redis (redis-server is not installed)');
  const gateways = await openGateways();
  try {
    const ids = await seed(gateways.store);
    const alone = await gateways.start(undefined, RATE);
    const token = await gateways.token({ sub: 'busy', tenant: TENANT, roles: ['owner'] });
    const common = {
      kind: 'api',
      port: alone.port,
      token,
      clients: CLIENTS,
      share,
      agents: AGENTS,
      ids,
    } as const;
    // Code is compiled while it runs: what a gateway does in its first seconds is no figure of it.
    await load({ ...common, think: 0, warmUp: 0, duration: WARM_UP }, alone.pid);
    const api: { [name: string]: object } = {};
    for (const [name, think] of Object.entries(PAUSES)) {
      const before = loadNow();
      const { result, serverCpuMs } = await load(
        { ...common, think, warmUp: WARM_UP, duration: DURATION },
        alone.pid,
      );
      const { operations, statuses, ...figures } = result as ApiLoadResult;
      const answers = Object.values(statuses).reduce((sum, count) => sum + count, 0);
      console.log(`${CLIENTS} clients, ${name} (load average before: ${before})`);
      console.table({ all: { requests: answers, ...figures }, ...operations });
      api[name] = { loadBefore: before, ...figures, serverCpuMs: rounded(serverCpuMs / answers), operations };
    }

    const live: { [name: string]: object } = {};
    const pairs = {
      'one gateway': [alone, alone],
      ...(redis && {
        'from one gateway to another over Redis': [
          await gateways.start(redis.url, RATE),
          await gateways.start(redis.url, RATE),
        ],
      }),
    } as const;
    for (const [name, [writes, listens]] of Object.entries(pairs)) {
      const before = loadNow();
      const { result } = await load(
        {
          kind: 'live',
          writePort: writes.port,
          listenPort: listens.port,
          token,
          sockets: SOCKETS,
          ids: ids.slice(0, 100),
          writes: 200,
          every: 50,
        },
        listens.pid,
      );
      live[name] = { loadBefore: before, ...result };
    }
    console.log(`events from the write to each of ${SOCKETS} sockets, ms`);
    console.table(live);
    return {
      goals: 'API p95 < 20 ms, p99 < 50 ms; events p95 < 50 ms',
      agents: AGENTS,
      clients: CLIENTS,
      'of a hundred requests': share,
      api,
      sockets: SOCKETS,
      live: redis ? live : { ...live, 'two gateways': 'skipped: redis-server is not installed' },
    };
  } finally {
    await gateways.dispose();
    await redis?.stop();
  }
}
