import { expect, it } from 'vitest';
import { permissions } from '../api/index.ts';
import { createAccess } from './access.ts';
import { type Role, roles } from './roles.ts';

it('grants what the table of roles says, in every tenant', async () => {
  const access = await createAccess();
  for (const [role, granted] of Object.entries(roles) as [Role, readonly string[]][]) {
    for (const tenantId of ['acme', 'globex']) {
      expect(new Set(await access.permissionsOf(tenantId, { roles: [role] }))).toEqual(new Set(granted));
    }
  }
});

it('adds up roles, and grants nothing without one', async () => {
  const access = await createAccess();
  expect(await access.permissionsOf('acme', { roles: ['viewer', 'admin'] })).toEqual([...permissions]);
  expect(await access.permissionsOf('acme', { roles: [] })).toEqual([]);
});
