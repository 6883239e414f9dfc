import type { AuditEntryView } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { csvOf } from './auditExport.ts';
import { anything, auditActions, auditQuery, isWanted } from './auditFilter.ts';

const entry: AuditEntryView = {
  id: 'e1',
  at: '2026-11-21T12:00:00.000Z',
  actor: { kind: 'user', id: 'u1', name: 'ada' },
  action: 'roles.createRole',
  outcome: 'denied',
  errorCode: 'PERMISSION_DENIED',
  resource: { kind: 'roles', id: 'reviewer' },
  requestId: 'req-1',
};

it('asks only for what matters', () => {
  expect(auditQuery(anything, 0)).toEqual({});
  expect(auditQuery({ text: ' ada ', outcome: 'denied', hours: 1 }, 7_200_000)).toEqual({
    text: 'ada',
    outcome: 'denied',
    from: '1970-01-01T01:00:00.000Z',
  });
});

it('knows which new entries belong to the list', () => {
  expect(isWanted(anything, entry)).toBe(true);
  expect(isWanted({ text: 'REVIEW' }, entry)).toBe(true);
  expect(isWanted({ text: 'permission_' }, entry)).toBe(true);
  expect(isWanted({ text: 'nobody' }, entry)).toBe(false);
  expect(isWanted({ text: '', resource: 'roles/reviewer', actor: 'u1', outcome: 'denied' }, entry)).toBe(
    true,
  );
  expect(isWanted({ text: '', resource: 'agents' }, entry)).toBe(false);
  expect(isWanted({ text: '', action: 'roles.deleteRole' }, entry)).toBe(false);
});

it('offers the actions of the table that change something', () => {
  expect(auditActions).toContain('roles.createRole');
  expect(auditActions).toContain('session.signIn');
  expect(auditActions).not.toContain('roles.listRoles');
});

it('writes a table that no program takes for formulas', () => {
  const odd = { ...entry, actor: { ...entry.actor, name: '=cmd("x"), ada' } };
  expect(csvOf([odd]).split('\r\n')[1]).toBe(
    `2026-11-21T12:00:00.000Z,denied,"'=cmd(""x""), ada",user,u1,roles.createRole,roles,reviewer,PERMISSION_DENIED,,,req-1,,e1`,
  );
});
