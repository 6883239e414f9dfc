import type { Preferences, UserKeybinding } from '@baton/gateway/api';
import { normalizeKey } from '../../platform/keybindings.ts';
import type { KeyRow } from './keyRows.ts';

type Keys = readonly UserKeybinding[];

/** The row's key becomes another one; a row without a key gets one. */
export function withKey(user: Keys, row: KeyRow, key: string, when = row.when): UserKeybinding[] {
  const added = { key: normalizeKey(key), command: row.command, ...(when && { when }) };
  return [...withoutKey(user, row), added];
}

/** The row's key is taken away: the user's own is gone, one of the editor is switched off. */
export function withoutKey(user: Keys, { command, key, source, when }: KeyRow): UserKeybinding[] {
  if (key === undefined) return [...user];
  if (source === 'default') return [...user, { key, command: `-${command}` }];
  return user.filter(
    (entry) => entry.command !== command || normalizeKey(entry.key) !== key || entry.when !== when,
  );
}

/** The command has the keys again that it came with. */
export function reset(user: Keys, command: string): UserKeybinding[] {
  return user.filter((entry) => entry.command !== command && entry.command !== `-${command}`);
}

export function isChanged(user: Keys, command: string): boolean {
  return reset(user, command).length !== user.length;
}

/** The preferences with these keys; without any, as if there had never been one. */
export function withKeys({ keybindings: _, ...others }: Preferences, keys: Keys): Preferences {
  return keys.length > 0 ? { ...others, keybindings: [...keys] } : others;
}
