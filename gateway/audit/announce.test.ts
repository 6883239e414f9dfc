import type { AuditRecord } from '@baton/infra/store';
import { expect, it } from 'vitest';
import { announcing } from './announce.ts';

const entry: AuditRecord = {
  id: 'e1',
  tenantId: 'acme',
  actor: { kind: 'user', id: 'u1', name: 'ada' },
  action: 'roles.createRole',
  outcome: 'done',
  resource: { kind: 'roles', id: 'reviewer' },
  requestId: 'r1',
  at: 0,
};

function told(change: Partial<AuditRecord>) {
  const heard: string[] = [];
  announcing((tenantId, topic) => heard.push(`${tenantId} ${topic}`))({ ...entry, ...change });
  return heard;
}

it('tells the entry to who reads the audit, and who administers what it is about', () => {
  expect(told({})).toEqual(['acme audit', 'acme roles']);
  expect(told({ action: 'members.removeMember', resource: { kind: 'members', id: 'u2' } })).toEqual([
    'acme audit',
    'acme users',
  ]);
});

it('says that something changed only if it may have', () => {
  expect(told({ outcome: 'denied' })).toEqual(['acme audit']);
  expect(told({ outcome: 'unknown' })).toEqual(['acme audit', 'acme roles']);
  expect(told({ action: 'roles.listRoles' })).toEqual(['acme audit']);
  expect(told({ action: 'agents.create', resource: { kind: 'agents', id: 'a1' } })).toEqual(['acme audit']);
});

it('tells a tenant what the platform did to it, and nobody what belongs to no tenant', () => {
  const suspended = {
    tenantId: 'platform',
    action: 'tenants.suspendTenant',
    resource: { kind: 'tenants', id: 'acme' },
  };
  expect(told(suspended)).toEqual(['platform audit', 'platform tenants', 'acme tenant', 'acme quotas']);
  expect(told({ tenantId: '-' })).toEqual([]);
});
