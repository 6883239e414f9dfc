import type { AccessReason, Explanation, Permission, RoleView } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { whatWouldChange } from './whatWouldChange.ts';

const role = (name: string, permissions: Permission[], builtIn = true): RoleView => ({
  name,
  builtIn,
  description: '',
  permissions,
  hash: name,
});
const roles = [
  role('admin', ['agents:read', 'agents:write', 'users:write']),
  role('designer', ['agents:read', 'agents:write', 'tasks:write']),
  role('viewer', ['agents:read']),
  role('writer', ['agents:write'], false),
];
const own: Permission[] = ['agents:read', 'agents:write', 'tasks:write'];

function ways(
  allowed: boolean,
  held: string[],
  reasons: AccessReason[] = [],
  permission: Permission = 'agents:write',
) {
  const subject = { kind: 'user', id: 'u1', name: 'ada' };
  const explanation: Explanation = { allowed, permission, subject, reasons };
  return whatWouldChange(explanation, roles, held, own).map(
    ({ words, role: name, effect, roles: after }) =>
      `${words} ${name} (${effect}) -> ${after?.join() ?? 'same'}`,
  );
}

it('offers the roles that would allow it, the smallest first, and none that can do more than who asks', () => {
  expect(ways(false, ['viewer'])).toEqual([
    'Give the role writer (brings nothing else) -> viewer,writer',
    'Give the role designer (brings 1 more permission) -> viewer,designer',
  ]);
});

it('offers to change a role of their own', () => {
  expect(ways(false, ['writer'], [], 'agents:read')).toContain(
    'Add agents:read to the role writer (for all who have it) -> same',
  );
});

it('says all that has to be taken away before it is not allowed', () => {
  expect(ways(true, ['viewer', 'designer', 'writer'])).toEqual([
    'Take away the role designer () -> viewer',
    'and the role writer (takes 1 more permission) -> viewer',
  ]);
});

it('has nothing to offer to who was removed', () => {
  expect(ways(false, [], [{ rule: 'member', says: 'denies', because: 'removed' }])).toEqual([]);
});
