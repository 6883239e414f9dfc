import type { CustomRole } from '@baton/infra/store';
import { describe, expect, it } from 'vitest';
import { type Permission, permissions } from '../api/index.ts';
import { createAccess } from './access.ts';
import { platformTenant, type Role, roles } from './roles.ts';

const role = (tenantId: string, name: string, ...granted: Permission[]): CustomRole => ({
  tenantId,
  name,
  description: '',
  permissions: granted,
  hash: '',
  changedAt: new Date(0),
  changedBy: '',
});

async function setUp(own: CustomRole[] = []) {
  const loaded: string[] = [];
  const access = await createAccess({
    now: () => 0,
    roleOf: async (tenantId, name) => {
      loaded.push(tenantId);
      return own.find((candidate) => candidate.tenantId === tenantId && candidate.name === name);
    },
  });
  return { access, loaded };
}

describe('built-in roles', () => {
  it('grant what their table says: in every tenant, and what is of the installation only in its own', async () => {
    const { access } = await setUp();
    for (const [name, granted] of Object.entries(roles) as [Role, readonly string[]][]) {
      for (const tenantId of ['acme', 'globex', platformTenant]) {
        const here = name === 'platform' && tenantId !== platformTenant ? [] : granted;
        expect(new Set(await access.permissionsOf(tenantId, { roles: [name] }))).toEqual(new Set(here));
      }
    }
  });

  it('let those who run the installation into nothing that is a tenant’s', () => {
    const inside = permissions.filter((permission) => !permission.startsWith('tenants:'));
    expect(roles.platform.filter((permission) => inside.includes(permission))).toEqual([]);
    expect(roles.owner.filter((permission) => roles.platform.includes(permission))).toEqual([]);
  });

  it('add up, and nothing is granted without one', async () => {
    const { access } = await setUp();
    expect(await access.permissionsOf('acme', { roles: ['viewer', 'owner'] })).toEqual([...roles.owner]);
    expect(await access.permissionsOf('acme', { roles: [] })).toEqual([]);
  });
});

describe('a tenant’s own roles', () => {
  it('grant what they list, in their tenant only', async () => {
    const { access } = await setUp([role('acme', 'reviewer', 'instances:read', 'userTasks:complete')]);
    const held = { roles: ['reviewer'] };
    expect(await access.permissionsOf('acme', held)).toEqual(['instances:read', 'userTasks:complete']);
    expect(await access.permissionsOf('globex', held)).toEqual([]);
  });

  it('never take the place of a built-in role of the same name', async () => {
    const { access } = await setUp([role('acme', 'viewer', 'tenant:delete')]);
    expect(await access.allows('acme', { roles: ['viewer'] }, 'tenant:delete')).toBe(false);
  });

  it('are loaded for one tenant, once, until they are said to have changed', async () => {
    const own = [role('acme', 'reviewer', 'instances:read')];
    const { access, loaded } = await setUp(own);
    const may = (permission: Permission) => access.allows('acme', { roles: ['reviewer'] }, permission);
    expect([await may('instances:read'), await may('tools:run')]).toEqual([true, false]);
    own[0] = role('acme', 'reviewer', 'tools:run');
    expect([await may('instances:read'), await may('tools:run')]).toEqual([true, false]);
    access.forget('globex');
    expect(await may('instances:read')).toBe(true);
    access.forget('acme');
    expect([await may('instances:read'), await may('tools:run')]).toEqual([false, true]);
    expect(loaded).toEqual(['acme', 'acme']);
  });
});

it('says which line of the policy grants a permission, for each role held', async () => {
  const { access } = await setUp([role('acme', 'reviewer', 'tools:run')]);
  expect(await access.decisionsOf('acme', ['viewer', 'reviewer', 'author', 'gone'], 'tools:run')).toEqual([
    { role: 'viewer', kind: 'builtIn' },
    { role: 'reviewer', kind: 'custom', line: ['reviewer', 'acme', 'tools', 'run'] },
    { role: 'author', kind: 'builtIn', line: ['author', '*', 'tools', 'run'] },
    { role: 'gone', kind: 'unknown' },
  ]);
});

it('bounds a key by its scopes', async () => {
  const { access } = await setUp();
  const key = { roles: [], scopes: ['tools:read'] as Permission[] };
  expect(await access.permissionsOf('acme', key)).toEqual(['tools:read']);
});
