import { type Permission, permissions } from '@baton/gateway/api';
import { disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { pageOf } from './adminPages.ts';
import { permissionWords } from './permissionWords.ts';
import type { Roles } from './rolesStore.ts';

/** What is done with roles, and the question why. */
export function registerRoles({ commands, editors, dialogs }: Platform, roles: Roles) {
  return disposeAll(
    commands.register({
      id: 'roles.add',
      title: 'New role…',
      category: 'Roles',
      icon: 'codicon:add',
      when: 'permission:roles:write',
      async run() {
        roles.select(null);
        await editors.open(pageOf('roles'));
      },
    }),
    commands.register({
      id: 'roles.why',
      title: 'Why may somebody do something?…',
      category: 'Roles',
      icon: 'codicon:question',
      when: 'permission:roles:read',
      async run(user, permission) {
        const asked =
          (permission as Permission | undefined) ??
          (await dialogs.pick({
            placeholder: 'A permission',
            items: permissions.map((value) => ({
              id: value,
              label: value,
              description: permissionWords(value).words,
              value,
            })),
          }));
        if (!asked) return;
        roles.select(undefined);
        await editors.open(pageOf('roles'));
        await roles.ask({ permission: asked, ...(user !== undefined && { user: String(user) }) });
      },
    }),
    commands.register({
      id: 'roles.remove',
      title: 'Delete the selected role…',
      category: 'Roles',
      icon: 'codicon:trash',
      when: "documentKind == 'roles' && permission:roles:write",
      async run() {
        const { items, selected } = roles.getState();
        const role = items?.find(({ name }) => name === selected);
        if (role && !role.builtIn) await roles.remove(role);
      },
    }),
  );
}
