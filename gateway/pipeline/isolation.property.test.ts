import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectLive, type LiveClient } from '../test/liveClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';
import {
  type Asker,
  askers,
  rows,
  type TenantId,
  type TwoTenants,
  tenantIds,
  twoTenants,
  unlimited,
} from '../test/twoTenants.ts';

let running: Running;
let tenants: TwoTenants;
const sockets = new Map<TenantId, { client: LiveClient; heard: string[] }>();

const topics = ['instances', 'user-tasks', 'workflows', 'agents', 'tools', 'tasks', 'calls'];

/** Follows everything of a tenant, from before the first request. */
async function follow(tenant: TenantId): Promise<void> {
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const access = await token({ sub: `follower-${tenant}`, tenant, roles: ['owner'] });
  const client = await connectLive(running.url, access);
  const heard: string[] = [];
  for (const topic of topics) {
    client.send({ type: 'subscribe', topic });
    await client.next();
  }
  sockets.set(tenant, { client, heard });
  const listen = async () => {
    for (;;) heard.push(JSON.stringify(await client.next()));
  };
  void listen();
}

beforeAll(async () => {
  running = await startGateway({ limits: { rates: unlimited } });
  for (const tenant of tenantIds) await follow(tenant);
  tenants = await twoTenants(running);
});
afterAll(async () => {
  for (const { client } of sockets.values()) await client.close();
  await running.stop();
});

interface Step {
  tenant: TenantId;
  asker: Asker;
  /** Place in the table. */
  row: number;
  /** Whose ids the request names. */
  whose: 'own' | 'foreign' | 'nobody';
}

const step: fc.Arbitrary<Step> = fc.record({
  tenant: fc.constantFrom(...tenantIds),
  // Mostly those who may do much: whoever may do nothing sees nothing.
  asker: fc.constantFrom<Asker>('owner', 'owner', 'owner', 'admin', 'admin', 'designer', ...askers),
  row: fc.nat(rows.length - 1),
  whose: fc.constantFrom('own', 'foreign', 'foreign', 'nobody'),
});

const other = (tenant: TenantId): TenantId => (tenant === 'acme' ? 'globex' : 'acme');

/** Everything made is marked as whose it is, in every name. */
const marked = (body: unknown, tenant: TenantId, counter: number) =>
  body === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(body)
          .replace(/"(New|new-name|new-role|Renamed|ci|Acme)"/g, () => `"marked-${tenant}-${counter}"`)
          .replace(/@acme\.example/g, `@${tenant}.example`),
      );

it('whatever two tenants ask, in whatever order, nothing of one is ever told to the other', async () => {
  /** Ids a tenant named itself: its audit and its errors repeat them. */
  const brought = { acme: new Set<string>(), globex: new Set<string>() };
  let counter = 0;
  let events = 0;

  const foreignTexts = (tenant: TenantId) => [
    `marked-${other(tenant)}-`,
    `Workflow of ${other(tenant)}`,
    `incident of ${other(tenant)}`,
    `Task of ${other(tenant)}`,
    `@${other(tenant)}.example`,
    `${other(tenant)}-owned`,
    ...tenants.marksOf(other(tenant)).filter((mark) => !brought[tenant].has(mark)),
  ];
  function expectNothingForeign(tenant: TenantId, text: string, what: string) {
    const leaked = foreignTexts(tenant).filter((mark) => text.includes(mark));
    expect({ what, leaked }).toEqual({ what, leaked: [] });
  }

  async function perform({ tenant, asker, row: place, whose }: Step) {
    const { row, resource, ask, name } = rows[place]!;
    const owner = whose === 'foreign' ? other(tenant) : tenant;
    const named = whose === 'nobody' ? undefined : tenants.paramsOf(owner, resource, row);
    const params = named ?? {
      id: 'missing',
      key: '404',
      name: 'missing',
      taskId: 'missing',
      label: 'missing',
    };
    if (whose === 'foreign') for (const id of Object.values(params)) brought[tenant].add(id);
    const { body, error, headers, status } = await tenants.ask(tenant, asker)(row, {
      ...ask,
      params,
      body: marked(ask.body, tenant, counter++),
    });
    const told = JSON.stringify([body ?? error ?? null, [...headers]]);
    expectNothingForeign(tenant, told, `${asker} of ${tenant}: ${name} (${whose}) → ${status}`);
    if (whose === 'foreign' && named && row.params && !row.permission.startsWith('tenants:')) {
      // Said of another tenant's thing: nothing but that it is not there, or that one may not ask.
      expect({ name, status: status >= 400 }).toEqual({ name, status: true });
    }
  }

  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.info(`isolation property: SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      for (const each of steps) await perform(each);
      for (const [tenant, { heard }] of sockets) {
        events += heard.length;
        for (const event of heard.splice(0)) expectNothingForeign(tenant, event, `event to ${tenant}`);
      }
    }),
    // A state that grows cannot be gone back to: a shorter sequence would be another story.
    { numRuns: 20, seed, endOnFailure: true },
  );
  expect(events).toBeGreaterThan(0);
}, 120_000);
