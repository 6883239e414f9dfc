import type { Permission } from '@baton/gateway/api';

/** A permission as people read it. */
export interface PermissionWords {
  /** `Workflows` */
  resource: string;
  /** `Open and search` */
  words: string;
}

const resources: { readonly [resource: string]: string } = {
  userTasks: 'User tasks',
  mcpServers: 'MCP servers',
  apiKeys: 'API keys',
  instances: 'Runs',
  tenant: 'Own tenant',
  tenants: 'Tenants of the installation',
};

const actions: { readonly [action: string]: string } = {
  read: 'Open and search',
  write: 'Create and change',
  delete: 'Delete',
};

const exact: { readonly [P in Permission]?: string } = {
  'deployments:read': 'See what is deployed',
  'deployments:create': 'Deploy a version',
  'instances:read': 'See runs and their variables',
  'instances:start': 'Start runs',
  'instances:cancel': 'Cancel runs',
  'incidents:resolve': 'Resolve incidents, grant more budget',
  'userTasks:read': 'See the inbox',
  'userTasks:complete': 'Claim and complete',
  'agents:run': 'Run agents, test chat',
  'tools:run': 'Call and try tools',
  'tools:grant': 'Grant capabilities to tools',
  'secrets:read': 'See names, never values',
  'secrets:write': 'Set values',
  'mcpServers:approve': 'Approve programs that run here',
  'tenant:read': 'See name, rates and addresses',
  'tenant:write': 'Change name, rates and addresses',
  'tenant:delete': 'Export and delete the tenant',
  'users:read': 'See people and invitations',
  'users:write': 'Invite, change and remove people',
  'roles:read': 'See roles, ask why',
  'roles:write': 'Write own roles',
  'apiKeys:read': 'See keys, never the key itself',
  'apiKeys:write': 'Make, replace and revoke keys',
  'quotas:read': 'See quotas and their use',
  'quotas:write': 'Set lower limits',
  'audit:read': 'Read who did what',
};

/** `mcpServers` becomes `Mcp servers` unless it is known by another name. */
const plain = (name: string) => {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

export function resourceWords(resource: string): string {
  return resources[resource] ?? plain(resource);
}

export function permissionWords(permission: string): PermissionWords {
  const [resource = '', action = ''] = permission.split(':');
  return {
    resource: resourceWords(resource),
    words: exact[permission as Permission] ?? actions[action] ?? plain(action),
  };
}

/** Permissions by what they are about, in the order given. */
export function byResource<P extends string>(permissions: readonly P[]): readonly (readonly [string, P[]])[] {
  const groups = new Map<string, P[]>();
  for (const permission of permissions) {
    const { resource } = permissionWords(permission);
    const group = groups.get(resource);
    if (group) group.push(permission);
    else groups.set(resource, [permission]);
  }
  return [...groups];
}
