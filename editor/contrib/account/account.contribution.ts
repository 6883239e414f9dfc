import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';

/** Who is signed in, and the way out. */
export const account: Contribution = ({ commands, menus, session, me, dialogs, editors }) =>
  disposeAll(
    commands.register({
      id: 'account.show',
      title: 'Show account',
      category: 'Account',
      icon: 'codicon:account',
      run: () =>
        dialogs.ask({
          title: me.user.name,
          message: `${me.user.username}, ${me.roles.join(', ')} in ${me.tenant.name}.`,
          actions: [],
        }),
    }),
    menus.register('account', {
      command: 'account.show',
      title: `${me.user.name}, ${me.tenant.name}`,
      group: '1_user',
    }),
    commands.register({
      id: 'account.signOut',
      title: 'Sign out',
      category: 'Account',
      icon: 'codicon:sign-out',
      async run() {
        const unsaved = editors.dirty().length;
        if (unsaved > 0) {
          const answer = await dialogs.ask({
            title: 'Save before signing out?',
            message: `${unsaved === 1 ? '1 document is' : `${unsaved} documents are`} not saved.`,
            actions: [
              { id: 'save', title: 'Save all' },
              { id: 'leave', title: 'Sign out without saving', danger: true },
            ],
          });
          if (answer === undefined) return;
          if (answer === 'save' && !(await editors.saveAll())) return;
        }
        await session.signOut();
      },
    }),
    menus.register('account', { command: 'account.signOut', group: '9_leave' }),
  );
