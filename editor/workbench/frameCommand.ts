import { type Disposable, disposeAll } from '../base/disposable.ts';
import type { Command } from '../platform/commands.ts';
import type { MenuId, MenuItem } from '../platform/menus.ts';
import type { Platform } from '../platform/platform.ts';

/** A command of the frame with its keys and its place in a menu. */
export interface FrameCommand extends Omit<Command, 'run'> {
  keys?: readonly string[];
  /** When-clause of the keys alone. */
  keysWhen?: string;
  menu?: readonly [MenuId, Omit<MenuItem, 'command'>];
  /** In the menu of tabs as well, in this group. */
  tabMenu?: string;
  run(platform: Platform, ...args: unknown[]): unknown;
}

export function registerFrameCommands(platform: Platform, all: readonly FrameCommand[]): Disposable {
  const parts: Disposable[] = [];
  for (const { keys = [], keysWhen, menu, tabMenu, run, ...command } of all) {
    parts.push(platform.commands.register({ ...command, run: (...args) => run(platform, ...args) }));
    for (const key of keys) {
      parts.push(
        platform.keybindings.register({ key, command: command.id, ...(keysWhen && { when: keysWhen }) }),
      );
    }
    if (menu) parts.push(platform.menus.register(menu[0], { command: command.id, ...menu[1] }));
    if (tabMenu) parts.push(platform.menus.register('editor/tab', { command: command.id, group: tabMenu }));
  }
  return disposeAll(...parts);
}
