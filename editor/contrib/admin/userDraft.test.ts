import type { RoleView } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { beyond, givenUp, invitationProblems, newUserProblems, nobody } from './userDraft.ts';

const role = (name: string, permissions: RoleView['permissions']): RoleView => ({
  name,
  builtIn: true,
  description: '',
  permissions,
  hash: name,
});
const roles = [
  role('admin', ['users:read', 'users:write', 'roles:read', 'agents:read']),
  role('support', ['users:read', 'agents:read']),
  role('viewer', ['agents:read']),
];

it('asks for an address and a role before somebody is invited', () => {
  expect(Object.keys(invitationProblems({ ...nobody, email: 'ada' }))).toEqual(['email']);
  expect(Object.keys(invitationProblems({ ...nobody, email: 'ada@example.com', roles: [] }))).toEqual([
    'roles',
  ]);
  expect(invitationProblems({ ...nobody, email: 'ada@example.com' })).toEqual({});
});

it('asks for a user name of their own and a password that is long enough', () => {
  const ada = {
    ...nobody,
    name: 'Ada',
    email: 'ada@example.com',
    username: 'ada',
    password: 'correct horse',
  };
  expect(newUserProblems(ada, [])).toEqual({});
  expect(newUserProblems(ada, ['ada'])).toEqual({ username: 'Expected a new user name, but ada is taken.' });
  expect(newUserProblems({ ...ada, username: 'Ada L', password: 'short' }, [])).toEqual({
    username: expect.stringContaining('lower-case'),
    password: 'Expected 10 to 200 characters, but there are 5.',
  });
});

it('knows which roles can do more than oneself', () => {
  expect(beyond(roles[0]!, ['users:read', 'agents:read'])).toEqual(['users:write', 'roles:read']);
  expect(beyond(roles[2]!, ['agents:read'])).toEqual([]);
});

it('warns of what one takes from oneself and cannot give back', () => {
  expect(givenUp(roles, roles, ['admin'], ['support'])).toEqual(['users:write', 'roles:read']);
  expect(givenUp(roles, roles, ['admin', 'viewer'], ['admin'])).toEqual([]);
  const narrower = roles.map((each) => (each.name === 'admin' ? role('admin', ['users:read']) : each));
  expect(givenUp(roles, narrower, ['admin'], ['admin'])).toEqual(['users:write', 'roles:read']);
});
