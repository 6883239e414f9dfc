import { disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Tenant } from './tenantStore.ts';

/** What is done with one's own tenant, by palette and keys. */
export function registerTenant({ commands }: Platform, tenant: Tenant) {
  return disposeAll(
    commands.register({
      id: 'tenant.export',
      title: 'Export everything the tenant has',
      category: 'Tenant',
      icon: 'codicon:desktop-download',
      when: 'permission:tenant:delete',
      run: () => tenant.export(),
    }),
    commands.register({
      id: 'tenant.delete',
      title: 'Delete the tenant…',
      category: 'Tenant',
      icon: 'codicon:trash',
      when: 'permission:tenant:delete',
      run: () => tenant.remove(),
    }),
  );
}
