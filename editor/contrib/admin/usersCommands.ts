import { disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { pageOf } from './adminPages.ts';
import type { Users } from './usersStore.ts';

const writes = 'permission:users:write';
const onPage = `documentKind == 'users' && ${writes}`;

/** What is done with people, by palette and keys. */
export function registerUsers({ commands, editors, me }: Platform, users: Users) {
  const selected = () => {
    const { items, selected: id } = users.getState();
    return items?.find((user) => user.id === id);
  };
  return disposeAll(
    commands.register({
      id: 'users.invite',
      title: 'Invite somebody…',
      category: 'Users',
      icon: 'codicon:add',
      when: writes,
      async run() {
        users.forgetMade();
        users.select(null);
        await editors.open(pageOf('users'));
      },
    }),
    commands.register({
      id: 'users.open',
      title: 'Open a user',
      when: 'permission:users:read',
      palette: false,
      async run(id) {
        users.select(String(id));
        await editors.open(pageOf('users'));
      },
    }),
    commands.register({
      id: 'users.preview',
      title: 'Preview roles of a user',
      when: writes,
      palette: false,
      async run(id, roles) {
        users.preview(String(id), roles as readonly string[]);
        await editors.open(pageOf('users'));
      },
    }),
    commands.register({
      id: 'users.toggleEnabled',
      title: 'Disable or enable the selected user',
      category: 'Users',
      icon: 'codicon:circle-slash',
      when: onPage,
      async run() {
        const user = selected();
        if (user && user.id !== me.user.id) await users.setEnabled(user, !user.enabled);
      },
    }),
    commands.register({
      id: 'users.remove',
      title: 'Remove the selected user…',
      category: 'Users',
      icon: 'codicon:trash',
      when: onPage,
      async run() {
        const user = selected();
        if (user && user.id !== me.user.id) await users.remove(user);
      },
    }),
  );
}
