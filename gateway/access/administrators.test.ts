import type { User } from '@baton/infra/store';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';
import { unlimited } from '../test/twoTenants.ts';
import { roles } from './roles.ts';

const tenantId = 'acme';
const people = { olga: ['owner'], otto: ['owner'], sam: ['admin'], rita: ['runner'], dana: ['viewer'] };
type Name = keyof typeof people;
const names = Object.keys(people) as Name[];
const refused = [409, 'INVALID_STATE'];

let running: Running;
/** An API key that may do all that an owner may, and is nobody. */
let key: ApiClient;

async function put(name: Name, held: readonly string[]) {
  const { identity, members } = running.store;
  const person = { username: name, name, tenantId };
  const builtIn = held.filter((role) => Object.hasOwn(roles, role));
  const user = { id: name, ...person, email: `${name}@acme.example`, roles: builtIn };
  await identity.saveUser({ ...user, enabled: true, passwordHash: '' } satisfies User);
  const decided = { changedAt: new Date(running.clock.now()), changedBy: 'nobody', removed: false };
  await members.put({ userId: name, ...person, roles: [...held], ...decided });
}

async function putRunner(permissions: readonly string[] = roles.admin) {
  const content = { name: 'runner', description: '', permissions };
  await running.store.roles.delete(tenantId, 'runner');
  await running.store.roles.create(tenantId, { ...content, at: new Date(running.clock.now()), by: 'nobody' });
}

async function only(...standing: Name[]) {
  await putRunner();
  for (const name of names) await put(name, standing.includes(name) ? people[name] : ['viewer']);
}

beforeAll(async () => {
  running = await startGateway({
    issuer: { kind: 'embedded', developmentUsers: false },
    limits: { rates: unlimited },
  });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const issuedAt = running.clock.now();
  await only('olga');
  const olga = apiClient(running.url, await token({ sub: 'olga', roles: ['owner'] }, { issuedAt }));
  const made = await olga(table.apiKeys.create, { body: { name: 'ci', scopes: [...roles.owner] } });
  key = apiClient(running.url, undefined, { 'x-api-key': made.body.key });
});
afterAll(() => running.stop());
beforeEach(() => only('olga', 'sam'));

type Answer = Promise<{ status: number; error: { error_code: string } | undefined }>;
const codeOf = async (answer: Answer) => {
  const { status, error } = await answer;
  return error ? [status, error.error_code] : [status];
};

/** Every way in which somebody stops being one who runs the tenant. */
const ways = {
  'their roles as a member are changed': (id) =>
    key(table.members.setMemberRoles, { params: { id }, body: { roles: ['viewer'] } }),
  'their roles as a user are changed': (id) =>
    key(table.users.setRoles, { params: { id }, body: { roles: ['designer'] } }),
  'they are removed': (id) => key(table.members.removeMember, { params: { id } }),
  'they are deleted': (id) => key(table.users.delete, { params: { id } }),
  'they are disabled': (id) => key(table.users.update, { params: { id }, body: { enabled: false } }),
} satisfies { [way: string]: (id: Name) => Answer };
const wayNames = Object.keys(ways) as (keyof typeof ways)[];

const narrowed = () =>
  key(table.roles.updateRole, {
    params: { name: 'runner' },
    body: { permissions: ['users:read', 'users:write'] },
    headers: { 'if-match': '*' },
  });

describe.each(wayNames)('when %s', (way) => {
  it('the last who runs the tenant stays, and one of several may go', async () => {
    await only('sam');
    expect(await codeOf(ways[way]('sam'))).toEqual(refused);
    await put('rita', ['runner']);
    expect((await ways[way]('sam')).status).toBeLessThan(300);
    expect(await codeOf(ways[way]('rita'))).toEqual(refused);
  });

  it('the last owner stays, whoever else runs the tenant', async () => {
    expect(await codeOf(ways[way]('olga'))).toEqual(refused);
    await put('otto', ['owner']);
    expect((await ways[way]('olga')).status).toBeLessThan(300);
  });

  it('somebody who cannot sign in is nobody to leave it to', async () => {
    await put('otto', ['owner']);
    await running.store.identity.changeUser(tenantId, 'otto', { enabled: false });
    expect(await codeOf(ways[way]('olga'))).toEqual(refused);
  });
});

describe('a role of the tenant’s own', () => {
  it('keeps what the last who run the tenant have by it', async () => {
    await only('rita');
    expect(await codeOf(narrowed())).toEqual(refused);
    await put('sam', ['admin']);
    expect((await narrowed()).status).toBe(200);
    expect(await codeOf(ways['they are disabled']('sam'))).toEqual(refused);
  });

  it('is changed as one likes when nobody has it', async () => {
    expect((await narrowed()).status).toBe(200);
  });
});

it('an admin whom the issuer alone knows may be left with the tenant', async () => {
  await only('sam');
  await running.store.identity.saveUser({
    ...(await running.store.identity.user('dana'))!,
    id: 'newcomer',
    username: 'newcomer',
    roles: ['admin'],
  });
  expect((await ways['they are removed']('sam')).status).toBe(204);
  await running.store.identity.deleteUser(tenantId, 'newcomer');
});

/** Who can sign in and holds a role for which `is` says yes, as the store has it. */
async function standing(is: (role: string) => Promise<boolean> | boolean): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const [member, user] = [
      await running.store.members.get(tenantId, name),
      await running.store.identity.user(name),
    ];
    if (!user?.enabled || !member || member.removed) continue;
    for (const role of member.roles) if (await is(role)) found.push(name);
  }
  return found;
}
const runs = async (role: string) => {
  if (role !== 'runner') return role === 'owner' || role === 'admin';
  const own = await running.store.roles.get(tenantId, 'runner');
  return roles.admin.every((permission) => own?.permissions.includes(permission));
};

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ way: fc.constantFrom(...wayNames), who: fc.constantFrom(...names) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      who: fc.constantFrom(...names),
      roles: fc.subarray(['owner', 'admin', 'runner', 'viewer']),
    }),
  },
  { weight: 1, arbitrary: fc.constant('narrow' as const) },
  { weight: 1, arbitrary: fc.constant('widen' as const) },
);

async function take(taken: typeof step extends fc.Arbitrary<infer S> ? S : never): Promise<void> {
  if (taken === 'narrow') await narrowed();
  else if (taken === 'widen') {
    const body = { permissions: [...roles.admin] };
    await key(table.roles.updateRole, {
      params: { name: 'runner' },
      body,
      headers: { 'if-match': '*' },
    });
  } else if ('way' in taken) await ways[taken.way](taken.who);
  else await key(table.users.setRoles, { params: { id: taken.who }, body: { roles: taken.roles } });
}

it('whatever a key does in whatever order, three at a time, the tenant keeps an owner and an administrator', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
      fc.boolean(),
      async (rounds, owned) => {
        await only(...(owned ? names : (['sam', 'rita'] as const)));
        for (const steps of rounds) {
          await Promise.all(steps.map(take));
          expect(await standing(runs)).not.toEqual([]);
          if (owned) expect(await standing((role) => role === 'owner')).not.toEqual([]);
        }
      },
    ),
    { numRuns: 25 },
  );
});
