import { permissions } from '@baton/gateway/api';
import type { DocumentStore } from '@baton/infra/store';
import { hasRedis, startRealRedis } from '../real/redis.ts';
import { type Figures, type Gateways, letThrough, load, openGateways, startServer } from './gateways.ts';
import type { HttpLoadRequest } from './httpLoad.ts';
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

const median = (rounds: readonly Figures[], figure: 'requestsPerSecond' | 'p50' | 'p99' | 'serverCpuMs') =>
  percentile(
    rounds.map((round) => round[figure]),
    0.5,
  );

const request = (port: number, token: string): HttpLoadRequest => ({
  ports: [port],
  path: '/api/instances',
  headers: { Authorization: `Bearer ${token}` },
  connections: CLIENTS,
  warmUp: WARM_UP,
  duration: DURATION,
});

/** The whole pipeline against a bare Express route; a change and a limit across two gateways. */
export async function benchGateway(): Promise<unknown> {
  const redis = hasRedis() ? await startRealRedis() : undefined;
  if (!redis) console.log('skipped: Redis (redis-server is not installed)');
  const gateways = await openGateways();
  const bare = await startServer({ kind: 'bare' });
  try {
    const changing = Array.from({ length: 10 }, (_, n) => `changing-${n}`);
    await seed(gateways.store, ['busy', ...changing]);
    const measured = {
      'bare Express route': bare,
      'gateway, embedded limits': await gateways.start(undefined, 1_000_000),
      ...(redis && { 'gateway, limits in Redis': await gateways.start(redis.url, 1_000_000) }),
    };
    const busy = await gateways.token({ sub: 'busy', tenant: TENANT });
    const rounds: { [name: string]: Figures[] } = {};
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, { pid, port }] of Object.entries(measured)) {
        const figures = await load(request(port, busy), [pid]);
        if (Object.keys(figures.statuses).join() !== '200') throw new Error(JSON.stringify(figures.statuses));
        rounds[name] = [...(rounds[name] ?? []), figures];
      }
    }
    const [bareRounds = []] = Object.values(rounds);
    const share = (figures: readonly Figures[], figure: 'requestsPerSecond' | 'serverCpuMs') =>
      median(figures, figure) / median(bareRounds, figure);
    const throughput = Object.fromEntries(
      Object.entries(rounds).map(([name, figures]) => [
        name,
        {
          requestsPerSecond: median(figures, 'requestsPerSecond'),
          'of the bare route, %': rounded(100 * share(figures, 'requestsPerSecond'), 0),
          p50: median(figures, 'p50'),
          p99: median(figures, 'p99'),
          serverCpuMs: median(figures, 'serverCpuMs'),
          'of the bare route by CPU, %': rounded(100 / share(figures, 'serverCpuMs'), 0),
        },
      ]),
    );
    console.table(throughput);
    gateways.stop();
    const shared = redis && (await acrossTwo(redis.url, gateways, changing));
    if (shared) console.table(shared);
    return {
      goals: 'p99 < 10 ms at 50 clients, >= 40 % of the bare route, a change < 100 ms, 100 of 100',
      policies: ROLES * PERMISSIONS,
      clients: CLIENTS,
      throughput,
      'two gateways': shared ?? 'skipped: redis-server is not installed',
    };
  } finally {
    bare.stop();
    await gateways.dispose();
    await redis?.stop();
  }
}

async function acrossTwo(redisUrl: string, gateways: Gateways, changing: readonly string[]) {
  const limited = [await gateways.start(redisUrl, 100), await gateways.start(redisUrl, 100)];
  const passed: number[] = [];
  for (let n = 0; n < 3; n++) passed.push(await letThrough(gateways, limited, CLIENTS, `limited-${n}`));

  const visible: number[] = [];
  const here = await gateways.start(redisUrl, 1_000_000);
  const there = await gateways.start(redisUrl, 1_000_000);
  for (const user of changing) {
    const headers = { authorization: `Bearer ${await gateways.token({ sub: user, tenant: TENANT })}` };
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
