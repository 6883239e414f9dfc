import type { Permission } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';

/** A page of the administration: a document of its own kind, of which there is one. */
export interface AdminPage {
  /** Also the kind of its document. */
  kind: string;
  title: string;
  icon: IconName;
  /** Who has it sees the page. */
  permission: Permission;
  section: 'Organisation' | 'Limits' | 'Trust' | 'Installation';
}

/** In the order of the side bar. */
export const adminPages = {
  tenant: {
    kind: 'tenant',
    title: 'Tenant',
    icon: 'codicon:home',
    permission: 'tenant:read',
    section: 'Organisation',
  },
  users: {
    kind: 'users',
    title: 'Users',
    icon: 'codicon:organization',
    permission: 'users:read',
    section: 'Organisation',
  },
  roles: {
    kind: 'roles',
    title: 'Roles',
    icon: 'codicon:shield',
    permission: 'roles:read',
    section: 'Organisation',
  },
  apiKeys: {
    kind: 'apiKeys',
    title: 'API keys',
    icon: 'codicon:key',
    permission: 'apiKeys:read',
    section: 'Organisation',
  },
  quotas: {
    kind: 'quotas',
    title: 'Quotas',
    icon: 'codicon:dashboard',
    permission: 'quotas:read',
    section: 'Limits',
  },
  audit: {
    kind: 'audit',
    title: 'Audit',
    icon: 'codicon:history',
    permission: 'audit:read',
    section: 'Trust',
  },
  tenants: {
    kind: 'tenants',
    title: 'Tenants',
    icon: 'codicon:server-environment',
    permission: 'tenants:read',
    section: 'Installation',
  },
} as const satisfies { readonly [kind: string]: AdminPage };

export type AdminKind = keyof typeof adminPages;

/** The document of a page. */
export const pageOf = (kind: AdminKind) => ({ kind, id: 'all' });
