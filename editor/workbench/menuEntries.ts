import type { MenuId, MenuItem } from '../platform/menus.ts';
import type { Platform } from '../platform/platform.ts';
import { keysText } from '../ui/KeyHint.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';

/** What a menu shows now: commands with their titles, icons and keys. `args` go to every command before the item's own. */
export function menuEntries(platform: Platform, menu: MenuId, args: readonly unknown[] = []): MenuEntry[][] {
  return platform.menus.items(menu).map((group) => group.flatMap((item) => entry(platform, item, args)));
}

export function entry(platform: Platform, item: MenuItem, args: readonly unknown[] = []): MenuEntry[] {
  const command = platform.commands.get(item.command);
  if (!command) return [];
  return [
    {
      id: `${item.command} ${item.title ?? ''}`,
      title: item.title ?? command.title,
      icon: command.icon,
      keys: keysText(platform.keybindings.keysOf(item.command)),
      disabled: !platform.commands.enabled(item.command),
      run: () => void platform.commands.run(item.command, ...args, ...(item.args ?? [])),
    },
  ];
}
