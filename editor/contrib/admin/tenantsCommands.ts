import { disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { pageOf } from './adminPages.ts';
import type { Tenants } from './tenantsStore.ts';

const onPage = "documentKind == 'tenants' && permission:tenants:";

/** What is done with tenants from outside, by palette and keys. */
export function registerTenants({ commands, editors, dialogs, notifications }: Platform, tenants: Tenants) {
  const selected = () => {
    const { items, selected: id } = tenants.getState();
    return items?.find((tenant) => tenant.id === id);
  };
  return disposeAll(
    commands.register({
      id: 'tenants.add',
      title: 'New tenant…',
      category: 'Tenants',
      icon: 'codicon:add',
      when: 'permission:tenants:write',
      async run() {
        tenants.select(null);
        await editors.open(pageOf('tenants'));
      },
    }),
    commands.register({
      id: 'tenants.suspend',
      title: 'Suspend the selected tenant…',
      category: 'Tenants',
      icon: 'codicon:debug-pause',
      when: `${onPage}write`,
      async run() {
        const tenant = selected();
        if (tenant?.status !== 'active') return;
        const reason = await dialogs.input({
          title: `Why ${tenant.name} is suspended; its people read it. Nobody gets in from then on, runs wait`,
          placeholder: 'Invoice of October is open',
        });
        if (reason === undefined) return;
        const failure = await tenants.suspend(tenant, reason);
        if (failure) return notifications.failure(failure);
        notifications.success(`${tenant.name} is suspended.`, [
          { title: 'Resume', run: () => void tenants.resume(tenant) },
        ]);
      },
    }),
    commands.register({
      id: 'tenants.resume',
      title: 'Resume the selected tenant',
      category: 'Tenants',
      icon: 'codicon:debug-continue',
      when: `${onPage}write`,
      async run() {
        const tenant = selected();
        if (tenant?.status === 'suspended') await tenants.resume(tenant);
      },
    }),
    commands.register({
      id: 'tenants.export',
      title: 'Export the selected tenant',
      category: 'Tenants',
      icon: 'codicon:desktop-download',
      when: `${onPage}delete`,
      async run() {
        const tenant = selected();
        if (tenant) await tenants.export(tenant);
      },
    }),
    commands.register({
      id: 'tenants.delete',
      title: 'Delete the selected tenant…',
      category: 'Tenants',
      icon: 'codicon:trash',
      when: `${onPage}delete`,
      async run() {
        const tenant = selected();
        if (tenant?.status === 'suspended') await tenants.remove(tenant);
      },
    }),
  );
}
