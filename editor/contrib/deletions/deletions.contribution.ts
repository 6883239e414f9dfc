import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';

/** Taking back by keyboard what was deleted last, as the toast does. */
export const deletions: Contribution = ({ commands, keybindings, deletions: service, notifications }) =>
  disposeAll(
    commands.register({
      id: 'deletions.undo',
      title: 'Undo deletion',
      category: 'Edit',
      icon: 'codicon:discard',
      run() {
        if (!service.undo()) notifications.info('Nothing was deleted in the last ten seconds.');
      },
    }),
    keybindings.register({ key: 'ctrl+alt+z', command: 'deletions.undo' }),
  );
