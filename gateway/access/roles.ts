import { type Permission, permissions } from '../api/index.ts';

/** The tenant of those who run the installation; it owns nothing. */
export const platformTenant = 'platform';

/** All tenants from outside: making, suspending, deleting them. Never what is inside. */
const ofInstallation = permissions.filter((permission) => permission.startsWith('tenants:'));
const ofTenant = permissions.filter((permission) => !permission.startsWith('tenants:'));

/** What concerns the tenant itself, for those who run it. */
const administrative = /^(tenant|users|roles|apiKeys|quotas|audit|secrets|connections):/;
const read = ofTenant.filter(
  (permission) => permission.endsWith(':read') && !administrative.test(permission),
);

/** What each role may do: `platform` in the tenant of the installation, the others in every tenant. */
export const roles = {
  platform: ofInstallation,
  owner: ofTenant,
  /** Runs the tenant, but cannot end it; so an admin cannot make an owner, who can. */
  admin: ofTenant.filter((permission) => permission !== 'tenant:delete'),
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
    'agents:run',
    'prompts:write',
    'prompts:delete',
    'policies:write',
    'policies:delete',
    'templates:write',
    'templates:delete',
    'forms:write',
    'forms:delete',
    'decisions:write',
    'decisions:delete',
    'notes:write',
    'notes:delete',
    'tools:run',
    'tasks:write',
    'tasks:delete',
  ],
  /** Writes tools; tries them in runs of deployed processes. */
  author: [
    ...read,
    'instances:start',
    'agents:run',
    'tools:write',
    'tools:delete',
    'tools:run',
    // Names only: whoever writes a tool says which of them it needs.
    'secrets:read',
    'connections:read',
    'mcpServers:write',
    'mcpServers:delete',
    'tasks:write',
    'tasks:delete',
    'notes:write',
    'notes:delete',
  ],
  /** Keeps runs going. */
  operator: [
    ...read,
    'instances:start',
    'instances:cancel',
    'incidents:resolve',
    'userTasks:complete',
    'agents:run',
  ],
  viewer: read,
} satisfies { [role: string]: readonly Permission[] };

export type Role = keyof typeof roles;

/** Where a built-in role counts, as Casbin's domain. */
export function domainOf(role: Role): string {
  return role === 'platform' ? platformTenant : '*';
}

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}
