import { type Disposable, disposeAll } from '../base/disposable.ts';
import type { IconName } from './icons.ts';
import type { Platform } from './platform.ts';

export interface Beside {
  /** The context key that says whether it is shown. */
  context: string;
  /** Where the user's choice is remembered. */
  remembered: string;
  command: { id: string; title: string; category: string; icon: IconName };
  /** The kind of document beside which it stands. */
  documentKind: string;
  /** After the user showed or hid it. */
  toggled?(shown: boolean): void;
}

/** A command, a key and a button that show and hide what stands beside every document of a kind; the choice is remembered. */
export function registerBeside(
  { commands, keybindings, menus, context, storage }: Platform,
  beside: Beside,
): Disposable {
  const { id } = beside.command;
  const when = `documentKind == '${beside.documentKind}'`;
  context.set(beside.context, storage.get(beside.remembered) !== 'hidden');
  return disposeAll(
    commands.register({
      ...beside.command,
      when,
      run() {
        const shown = !context.get(beside.context);
        context.set(beside.context, shown);
        storage.set(beside.remembered, shown ? 'shown' : 'hidden');
        beside.toggled?.(shown);
      },
    }),
    keybindings.register({ key: 'alt+c', command: id, when }),
    menus.register('editor/title', { command: id, group: 'navigation', order: 10, when }),
  );
}
