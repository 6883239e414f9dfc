import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRole, roles } from '../access/roles.ts';
import type { Route } from '../api/index.ts';
import { apiClient } from '../test/apiClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import {
  type Asker,
  askers,
  keyScopes,
  ownRole,
  rows,
  type TwoTenants,
  twoTenants,
  unlimited,
} from '../test/twoTenants.ts';

let running: Running;
let tenants: TwoTenants;

beforeAll(async () => {
  running = await startGateway({ limits: { rates: unlimited } });
  tenants = await twoTenants(running);
});
afterAll(() => running.stop());

const missing = {
  id: 'missing',
  key: '404',
  name: 'missing',
  taskId: 'missing',
  label: 'missing',
  kind: 'prompt',
};

/** What the table of roles says, in a tenant that is not that of the installation. */
function isFor({ permission }: Route, asker: Asker): boolean {
  if (permission === 'public' || permission === 'signedIn') return true;
  const held: readonly string[] =
    asker === 'own' ? ownRole : asker === 'key' ? keyScopes : isRole(asker) ? roles[asker] : [];
  return held.includes(permission) && !permission.startsWith('tenants:');
}

describe.each(rows)('$name', ({ resource, row, ask }) => {
  it('is for those who hold its permission, and nobody else', async () => {
    const expected = Object.fromEntries(askers.map((asker) => [asker, isFor(row, asker)]));
    const answers = await Promise.all(
      askers.map(async (asker) => {
        const { status, error } = await tenants.ask('acme', asker)(row, { ...ask, params: missing });
        if (status >= 500 || status === 401 || status === 429)
          throw new Error(`${asker}: ${JSON.stringify(error)}`);
        return [asker, status !== 403];
      }),
    );
    expect(Object.fromEntries(answers)).toEqual(expected);
  });

  it('lets those who run the installation into nothing that is a tenant’s', async () => {
    const { status } = await tenants.platform(row, { ...ask, params: missing });
    const { permission } = row;
    const open = permission === 'public' || permission === 'signedIn' || permission.startsWith('tenants:');
    expect(status !== 403).toBe(open);
  });

  it('asks a stranger to sign in', async () => {
    const { status } = await apiClient(running.url, undefined)(row, { ...ask, params: missing });
    expect(status === 401).toBe(row.permission !== 'public');
  });

  it('knows nothing of another tenant', async () => {
    const owned = tenants.paramsOf('acme', resource, row);
    const foreign = await tenants.ask('globex', 'owner')(row, {
      ...ask,
      params: owned ?? missing,
      // What globex may create for itself is no matter of acme.
      ...(row.params === undefined && row.method === 'POST' ? { body: {} } : {}),
    });
    if (row.permission.startsWith('tenants:')) expect(foreign.status).toBe(403);
    // Programs are told what is not theirs apart from what is not there.
    else if (owned && row.params && row.path.startsWith('/v1/'))
      expect([foreign.status, foreign.error.error_code]).toEqual([403, 'FOREIGN_RESOURCE']);
    else if (row.params) expect([foreign.status, foreign.error.error_code]).toEqual([404, 'NOT_FOUND']);
    // The audit of globex has these very questions, and the ids they asked for.
    if (resource === 'audit' || row.path === '/tenant/export') return;
    const answer = JSON.stringify(foreign.body ?? '');
    for (const mark of tenants.marksOf('acme')) expect(answer).not.toContain(mark);
  });
});
