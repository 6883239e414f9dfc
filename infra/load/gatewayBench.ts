import { type ChildProcess, fork } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { permissions } from '@baton/gateway/api';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { hasRedis, startRealRedis } from '../real/redis.ts';
import { startEmbeddedServer } from '../store/embedded/server.ts';
import type { GatewayProcessAnswer, GatewayProcessRequest } from './gatewayProcess.ts';
import type { HttpLoadMessage, HttpLoadRequest, HttpLoadResult } from './httpLoad.ts';
import { cpuSeconds } from './processFigures.ts';
import { percentile, rounded } from './statistics.ts';

/** Each is measured so often, in turn with the others; the median counts. */
const ROUNDS = 5;
const CLIENTS = 50;
/** ms. */
const WARM_UP = 2_000;
const DURATION = 5_000;

/** Roles of the tenant's own: 300 of 35 permissions are 10,500 policies. */
const ROLES = 300;
const PERMISSIONS = 35;
const TENANT = 'bench';

interface Figures extends HttpLoadResult {
  /** ms of the server process per answer. */
  serverCpuMs: number;
}

interface Server {
  pid: number;
  port: number;
  ask(request: GatewayProcessRequest): Promise<GatewayProcessAnswer>;
  stop(): void;
}

async function startServer(request: GatewayProcessRequest): Promise<Server> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./gatewayProcess.js', import.meta.url)));
  const ask = (message: GatewayProcessRequest) =>
    new Promise<GatewayProcessAnswer>((resolve, reject) => {
      const ended = (code: number | null) =>
        reject(new Error(`Expected an answer, but it ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (answer: GatewayProcessAnswer) => {
        child.off('exit', ended);
        resolve(answer);
      });
      child.send(message);
    });
  const ready = await ask(request);
  if (ready.kind !== 'ready') throw new Error('Expected the server to be ready');
  return { pid: child.pid as number, port: ready.port, ask, stop: () => child.disconnect() };
}

function load(request: HttpLoadRequest, pids: readonly number[]): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./httpLoad.js', import.meta.url)));
    const cpu: number[] = [];
    child.once(
      'exit',
      (code) => code !== 0 && reject(new Error(`Expected the load to end, but got ${code}`)),
    );
    child.on('message', (message: HttpLoadMessage) => {
      if (message.kind === 'measure') {
        cpu.push(pids.reduce((sum, pid) => sum + (cpuSeconds(pid) ?? Number.NaN), 0));
        return;
      }
      const answers = Object.values(message.result.statuses).reduce((sum, count) => sum + count, 0);
      const [before = Number.NaN, after = Number.NaN] = cpu;
      resolve({ ...message.result, serverCpuMs: rounded(((after - before) * 1000) / answers, 3) });
    });
    child.send(request);
  });
}

/** A tenant with more policies than anybody has, and users who each hold one of its roles. */
async function seed(store: DocumentStore, users: readonly string[]): Promise<void> {
  const at = new Date();
  await store.tenants.create({ id: TENANT, name: 'Bench', at: new Date(0) });
  const granted = permissions.filter((permission) => permission.endsWith(':read')).slice(0, 5);
  const other = permissions.filter((permission) => !granted.includes(permission));
  const role = {
    description: '',
    permissions: [...granted, ...other].slice(0, PERMISSIONS),
    at,
    by: 'bench',
  };
  if (!role.permissions.includes('instances:read')) throw new Error('Expected the role to read runs');
  for (let n = 0; n < ROLES; n++) await store.roles.create(TENANT, { name: `role-${n}`, ...role });
  for (const userId of users) {
    await store.members.put({
      tenantId: TENANT,
      userId,
      username: userId,
      name: userId,
      roles: [`role-${ROLES - 1}`],
      removed: false,
      changedAt: at,
      changedBy: 'bench',
    });
  }
}

interface Caller {
  sub: string;
  tenant?: string;
  roles?: readonly string[];
}

/** A token as the embedded issuer signs it. */
async function tokenOf(
  store: DocumentStore,
  issuer: string,
  { sub, tenant = TENANT, roles = [] }: Caller,
): Promise<string> {
  const { signing } = (await store.settings.get('embedded-issuer-keys')) as { signing: { kid: string }[] };
  const [key] = signing;
  if (!key) throw new Error('Expected the issuer to have a key');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, sub, aud: 'baton-api', iat: now, exp: now + 3_600, tenant };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })}.${part({ ...claims, preferred_username: sub, realm_access: { roles } })}`;
  const signature = sign(
    'sha256',
    Buffer.from(content),
    createPrivateKey({ key: key as never, format: 'jwk' }),
  );
  return `${content}.${signature.toString('base64url')}`;
}

const median = (rounds: readonly Figures[], figure: 'requestsPerSecond' | 'p50' | 'p99' | 'serverCpuMs') =>
  percentile(
    rounds.map((round) => round[figure]),
    0.5,
  );

const request = (ports: readonly number[], token: string): HttpLoadRequest => ({
  ports,
  path: '/api/instances',
  headers: { Authorization: `Bearer ${token}` },
  connections: CLIENTS,
  warmUp: WARM_UP,
  duration: DURATION,
});

/** The whole pipeline against a bare Express route; a change and a limit across two gateways. */
export async function benchGateway(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-gateway-bench-'));
  const now = () => new Date();
  const documents = await startEmbeddedServer({ directory: join(folder, 'store'), now });
  const store = await openDocumentStore({ uri: documents.uri, dataDirectory: folder, now });
  const redis = hasRedis() ? await startRealRedis() : undefined;
  if (!redis) console.log('skipped: Redis (redis-server is not installed)');
  const servers: Server[] = [];
  const publicUrl = 'http://localhost:4000';
  const start = async (redisUrl: string | undefined, rate: number) => {
    const server = await startServer({ kind: 'gateway', mongoUri: documents.uri, redisUrl, publicUrl, rate });
    servers.push(server);
    return server;
  };
  try {
    const limited = Array.from({ length: 3 }, (_, n) => `limited-${n}`);
    const changing = Array.from({ length: 10 }, (_, n) => `changing-${n}`);
    await seed(store, ['busy', ...changing]);
    for (const id of limited) await store.tenants.create({ id, name: id, at: new Date(0) });
    const bare = await startServer({ kind: 'bare' });
    servers.push(bare);
    const measured = {
      'bare Express route': bare,
      'gateway, embedded limits': await start(undefined, 1_000_000),
      ...(redis && { 'gateway, limits in Redis': await start(redis.url, 1_000_000) }),
    };
    const token = (caller: Caller) => tokenOf(store, `${publicUrl}/realms/baton`, caller);
    const busy = await token({ sub: 'busy' });
    const rounds: { [name: string]: Figures[] } = {};
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, { pid, port }] of Object.entries(measured)) {
        const figures = await load(request([port], busy), [pid]);
        if (Object.keys(figures.statuses).join() !== '200') throw new Error(JSON.stringify(figures.statuses));
        rounds[name] = [...(rounds[name] ?? []), figures];
      }
    }
    const [bareRounds = []] = Object.values(rounds);
    const throughput = Object.fromEntries(
      Object.entries(rounds).map(([name, figures]) => [
        name,
        {
          requestsPerSecond: median(figures, 'requestsPerSecond'),
          'of the bare route, %': rounded(
            (100 * median(figures, 'requestsPerSecond')) / median(bareRounds, 'requestsPerSecond'),
            0,
          ),
          p50: median(figures, 'p50'),
          p99: median(figures, 'p99'),
          serverCpuMs: median(figures, 'serverCpuMs'),
        },
      ]),
    );
    console.table(throughput);
    for (const server of servers.splice(0)) server.stop();
    const shared = redis && (await acrossTwo(redis.url, start, token, limited, changing));
    if (shared) console.table(shared);
    return {
      goals: 'p99 < 10 ms at 50 clients, >= 40 % of the bare route, a change < 100 ms, 100 of 100',
      policies: ROLES * PERMISSIONS,
      clients: CLIENTS,
      throughput,
      'two gateways': shared ?? 'skipped: redis-server is not installed',
    };
  } finally {
    for (const server of servers) server.stop();
    await redis?.stop();
    await store.close();
    await documents.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function acrossTwo(
  redisUrl: string,
  start: (redisUrl: string, rate: number) => Promise<Server>,
  token: (caller: Caller) => Promise<string>,
  limited: readonly string[],
  changing: readonly string[],
) {
  const pair = [await start(redisUrl, 100), await start(redisUrl, 100)] as const;
  const ports = pair.map(({ port }) => port);
  const passed: number[] = [];
  for (const tenant of limited) {
    const { statuses } = await load(
      { ...request(ports, await token({ sub: 'somebody', tenant, roles: ['viewer'] })), requests: 400 },
      pair.map(({ pid }) => pid),
    );
    passed.push(statuses['200'] ?? 0);
  }

  const visible: number[] = [];
  const [here, there] = [await start(redisUrl, 1_000_000), await start(redisUrl, 1_000_000)] as const;
  for (const user of changing) {
    const headers = { authorization: `Bearer ${await token({ sub: user })}` };
    const status = async () =>
      (await fetch(`http://127.0.0.1:${there.port}/api/instances`, { headers })).status;
    if ((await status()) !== 200) throw new Error('Expected the user to be let in before the change');
    const since = performance.now();
    const revoked = here.ask({ kind: 'revoke', tenantId: TENANT, userId: user });
    let answered = 200;
    while (answered === 200) answered = await status();
    if (answered !== 403) throw new Error(`Expected the change to deny, but got ${answered}`);
    visible.push(performance.now() - since);
    await revoked;
  }
  return {
    'let through of 100 a minute, by 50 clients and two gateways': passed.join(', '),
    'a change is seen by the other gateway after, ms': rounded(percentile(visible, 0.5), 1),
    'at worst, ms': rounded(Math.max(...visible), 1),
  };
}
