import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';

const key = 'decisions/trial';
const opened = "documentKind == 'decision'";

/** Shows and hides the trial beside every decision; the choice is remembered. */
export function registerTrial({ commands, keybindings, menus, context, storage }: Platform): Disposable {
  context.set('decisionTrial', storage.get(key) !== 'hidden');
  return disposeAll(
    commands.register({
      id: 'decisions.try',
      title: 'Toggle trial of the decision',
      category: 'Decision',
      icon: 'codicon:beaker',
      when: opened,
      run() {
        const shown = !context.get('decisionTrial');
        context.set('decisionTrial', shown);
        storage.set(key, shown ? 'shown' : 'hidden');
      },
    }),
    keybindings.register({ key: 'alt+c', command: 'decisions.try', when: opened }),
    menus.register('editor/title', {
      command: 'decisions.try',
      group: 'navigation',
      order: 10,
      when: opened,
    }),
  );
}
