import type { Command } from '../../platform/commands.ts';
import { type Keybinding, normalizeKey } from '../../platform/keybindings.ts';

/** One line of the table: a command with one of its keys, or without any. */
export interface KeyRow {
  id: string;
  command: string;
  /** `View: Toggle side bar`. */
  title: string;
  key?: string;
  when?: string;
  /** Of keys: who set it. */
  source?: 'user' | 'default';
}

export function keyRows(commands: readonly Command[], bindings: readonly Keybinding[]): KeyRow[] {
  const titles = new Map(
    commands.map(({ id, title, category }) => [id, category ? `${category}: ${title}` : title]),
  );
  const rows: KeyRow[] = bindings.map(({ command, key, when, user }) => ({
    id: `${command} ${key} ${when ?? ''} ${user ?? ''}`,
    command,
    title: titles.get(command) ?? command,
    key,
    ...(when && { when }),
    source: user ? 'user' : 'default',
  }));
  const bound = new Set(bindings.map(({ command }) => command));
  for (const [command, title] of titles)
    if (!bound.has(command)) rows.push({ id: `${command} `, command, title });
  const { compare } = new Intl.Collator('en');
  return rows.sort((a, b) => compare(a.title, b.title) || compare(a.key ?? '', b.key ?? ''));
}

/**
 * Other commands the key runs, too: at the same moment as far as one can see, or as the first half of a longer key. Two
 * when-clauses that differ are taken to be for different moments.
 */
export function conflictsOf(
  { key, command, when }: { key: string; command: string; when?: string | undefined },
  rows: readonly KeyRow[],
): readonly KeyRow[] {
  const wanted = normalizeKey(key);
  return rows.filter((row) => {
    if (row.key === undefined || row.command === command) return false;
    const meets = row.key === wanted || row.key.startsWith(`${wanted} `) || wanted.startsWith(`${row.key} `);
    return meets && (row.when === undefined || when === undefined || row.when === when);
  });
}

/** Words find titles, ids, keys and when-clauses; a text in quotes finds just that key; `@user` what the user set. */
export function matchingRows(
  rows: readonly KeyRow[],
  text: string,
  labelsOf: (key: string) => string,
): readonly KeyRow[] {
  const words = text.toLowerCase().trim();
  if (words === '') return rows;
  const quoted = /^"(.*)"$/.exec(words)?.[1];
  if (quoted !== undefined) {
    const key = quoted === '' ? '' : normalizeKey(quoted);
    return rows.filter((row) => row.key === key || row.key?.startsWith(`${key} `));
  }
  if (words === '@user') return rows.filter(({ source }) => source === 'user');
  if (words === '@conflicts') {
    return rows.filter((row) => row.key && conflictsOf({ ...row, key: row.key }, rows).length > 0);
  }
  const wanted = words.split(/\s+/);
  return rows.filter(({ title, command, key, when }) => {
    const all = `${title} ${command} ${key ?? ''} ${key ? labelsOf(key) : ''} ${when ?? ''}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}
