import { type Permission, permissions } from '../api/index.ts';

/** What concerns the tenant itself, for those who run it. */
const administrative = /^(tenant|users|roles|apiKeys|quotas|audit):/;
const read = permissions.filter(
  (permission) => permission.endsWith(':read') && !administrative.test(permission),
);

/** What each role may do, in every tenant. */
export const roles = {
  owner: permissions,
  admin: permissions,
  /** Draws and runs processes; writes agents and tasks, uses tools. */
  designer: [
    ...read,
    'workflows:write',
    'workflows:delete',
    'deployments:create',
    'instances:start',
    'instances:cancel',
    'incidents:resolve',
    'userTasks:complete',
    'agents:write',
    'agents:delete',
    'tools:run',
    'tasks:write',
    'tasks:delete',
  ],
  /** Writes tools; tries them in runs of deployed processes. */
  author: [
    ...read,
    'instances:start',
    'tools:write',
    'tools:delete',
    'tools:run',
    'tasks:write',
    'tasks:delete',
  ],
  /** Keeps runs going. */
  operator: [...read, 'instances:start', 'instances:cancel', 'incidents:resolve', 'userTasks:complete'],
  viewer: read,
} satisfies { [role: string]: readonly Permission[] };

export type Role = keyof typeof roles;

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}
