import { ok } from '@baton/engine/protocol';
import { type FunctionComponent, lazy } from 'react';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { documentKind, type Place } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution, Platform } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { type AdminKind, type AdminPage, adminPages, pageOf } from './adminPages.ts';
import { registerApiKeys } from './apiKeysCommands.ts';
import { createApiKeys } from './apiKeysStore.ts';
import { registerAudit } from './auditCommands.ts';
import { createAuditLog } from './auditStore.ts';
import { createQuotas } from './quotasStore.ts';
import { registerRoles } from './rolesCommands.ts';
import { createRoles } from './rolesStore.ts';
import { registerTenant } from './tenantCommands.ts';
import { createTenant } from './tenantStore.ts';
import { registerTenants } from './tenantsCommands.ts';
import { createTenants } from './tenantsStore.ts';
import { registerUsers } from './usersCommands.ts';
import { createUsers } from './usersStore.ts';
import { AdminTree } from './views/AdminTree.tsx';

const TenantPage = lazy(() =>
  import('./views/TenantPage.tsx').then((module) => ({ default: module.TenantPage })),
);
const TenantsPage = lazy(() =>
  import('./views/TenantsPage.tsx').then((module) => ({ default: module.TenantsPage })),
);
const UsersPage = lazy(() =>
  import('./views/UsersPage.tsx').then((module) => ({ default: module.UsersPage })),
);
const ApiKeysPage = lazy(() =>
  import('./views/ApiKeysPage.tsx').then((module) => ({ default: module.ApiKeysPage })),
);
const AuditPage = lazy(() =>
  import('./views/AuditPage.tsx').then((module) => ({ default: module.AuditPage })),
);
const QuotasPage = lazy(() =>
  import('./views/QuotasPage.tsx').then((module) => ({ default: module.QuotasPage })),
);
const RolesPage = lazy(() =>
  import('./views/RolesPage.tsx').then((module) => ({ default: module.RolesPage })),
);

/** Who may do what here, how much, and who did what: for those who administer a tenant or the installation. */
export const admin: Contribution = (platform) => {
  const { commands, menus, views, layout, editors, context } = platform;
  const pages: readonly AdminPage[] = Object.values(adminPages).filter(({ permission }) =>
    context.get(`permission:${permission}`),
  );
  if (pages.length === 0) return disposeAll();

  const users = createUsers(platform);
  const roles = createRoles(platform);
  const keys = createApiKeys(platform);
  const quotas = context.get(`permission:${adminPages.quotas.permission}`)
    ? createQuotas(platform, () => void commands.run('quotas.show'))
    : undefined;
  const audit = createAuditLog(platform);
  const tenant = createTenant(platform);
  const tenants = createTenants(platform);
  const panes: { readonly [K in AdminKind]: () => Disposable } = {
    users: () =>
      disposeAll(page(platform, 'users', bound(UsersPage, { users, roles })), registerUsers(platform, users)),
    roles: () =>
      disposeAll(page(platform, 'roles', bound(RolesPage, { roles, users })), registerRoles(platform, roles)),
    apiKeys: () =>
      disposeAll(page(platform, 'apiKeys', bound(ApiKeysPage, { keys })), registerApiKeys(platform, keys)),
    tenants: () =>
      disposeAll(
        page(platform, 'tenants', bound(TenantsPage, { tenants })),
        registerTenants(platform, tenants),
      ),
    tenant: () =>
      disposeAll(page(platform, 'tenant', bound(TenantPage, { tenant })), registerTenant(platform, tenant)),
    quotas: () => (quotas ? page(platform, 'quotas', bound(QuotasPage, { quotas })) : disposeAll()),
    audit: () =>
      disposeAll(
        page(platform, 'audit', bound(AuditPage, { audit, users, keys }), (id) => void audit.reveal(id)),
        registerAudit(platform, audit),
      ),
  };
  return disposeAll(
    ...(quotas ? [quotas] : []),
    audit,
    tenant,
    tenants,
    users,
    roles,
    keys,
    views.registerContainer({ id: 'admin', title: 'Administration', icon: 'codicon:shield', order: 200 }),
    views.register({
      id: 'admin.pages',
      container: 'admin',
      title: 'Administration',
      headless: true,
      View: bound(AdminTree, { pages }),
    }),
    commands.register({
      id: 'admin.show',
      title: 'Show administration',
      category: 'View',
      icon: 'codicon:shield',
      async run() {
        layout.showContainer('admin');
        await editors.open(
          pageOf((pages.find(({ kind }) => kind === 'users') ?? pages[0]!).kind as AdminKind),
        );
      },
    }),
    menus.register('menubar/view', { command: 'admin.show', group: '3_views', order: 100 }),
    ...pages.map(({ kind }) => panes[kind as AdminKind]()),
  );
};

/**
 * One page: its document, and the command that shows it.
 * @param reveal shows one of its records, for links
 */
function page(
  { documentKinds, commands, editors, layout }: Platform,
  kind: AdminKind,
  Page: FunctionComponent<object>,
  reveal?: (id: string) => void,
) {
  const { title, icon } = adminPages[kind];
  return disposeAll(
    documentKinds.register(
      documentKind({
        kind,
        label: title,
        icon,
        open: async (resource) =>
          ok({
            ...pageDocument(resource, title),
            ...(reveal && { reveal: ({ elementId }: Place) => elementId && reveal(elementId) }),
          }),
        EditorPane: Page,
        wide: true,
      }),
    ),
    commands.register({
      id: `${kind}.show`,
      title: `Show ${title.startsWith('API') ? title : title.toLowerCase()}`,
      category: 'Administration',
      icon,
      async run() {
        layout.showContainer('admin');
        await editors.open(pageOf(kind));
      },
    }),
  );
}
