/** What one may be allowed to do: `resource:action`. Roles map to these in the access policy. */
export const permissions = [
  'workflows:read',
  'workflows:write',
  'workflows:delete',
  'deployments:read',
  'deployments:create',
  'instances:read',
  'instances:start',
  'instances:cancel',
  'incidents:resolve',
  'userTasks:read',
  'userTasks:complete',
  'agents:read',
  'agents:write',
  'agents:delete',
  'tools:read',
  'tools:write',
  'tools:delete',
  'tools:run',
  'tasks:read',
  'tasks:write',
  'tasks:delete',
] as const;

export type Permission = (typeof permissions)[number];
