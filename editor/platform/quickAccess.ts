import { createRegistry, type Registry } from '../base/registry.ts';
import type { IconName, Kind } from './icons.ts';

export interface QuickAccessItem {
  id: string;
  label: string;
  /** Dim, after the label; looked through as well. */
  description?: string;
  icon?: IconName;
  kind?: Kind;
  keys?: readonly (readonly string[])[];
  /** Head above the items that belong together; those of a section stay together when `grouped`. */
  section?: string;
  /** Stands inside the item before it, so deep. */
  depth?: number;
  /** @param how `side`: Ctrl+Enter, in the group at the right */
  run(how?: { side: boolean }): void;
}

/** What the palette offers behind a prefix: `>` commands, none documents, `@` what is in the active document. */
export interface QuickAccess {
  id: string;
  /** The longest one that the text begins with is on. */
  prefix: string;
  /** Head above its items and word in the foot: `documents`. */
  title: string;
  placeholder: string;
  /** A sentence for the list of prefixes behind `?`. */
  description?: string;
  /** Said when nothing is found. */
  empty?: string;
  /** @param query what follows the prefix */
  items(query: string): readonly QuickAccessItem[] | Promise<readonly QuickAccessItem[]>;
  /** Tells when `items` has more or others, as they arrive from the server. */
  subscribe?(listener: () => void): () => void;
  /** `items` answers what fits the query and is asked again at each change of it. */
  answersQuery?: boolean;
  /** `items` is asked again at each change of the query, and what it gives is looked through like all others. */
  asksQuery?: boolean;
  /** Without a query: most recently used first. With one: of equals. */
  remembers?: boolean;
  /** Sections stay together however well single items match. */
  grouped?: boolean;
  /** Ctrl+Enter opens to the side. */
  opensToSide?: boolean;
}

export type QuickAccesses = Registry<QuickAccess>;

export function createQuickAccesses(): QuickAccesses {
  return createRegistry<QuickAccess>('quick access', (access) => access.id);
}

/** What is on for a text, and the query without its prefix. */
export function accessFor(
  accesses: readonly QuickAccess[],
  text: string,
): { access: QuickAccess | undefined; query: string } {
  let access: QuickAccess | undefined;
  for (const candidate of accesses) {
    if (!text.startsWith(candidate.prefix)) continue;
    if (!access || candidate.prefix.length > access.prefix.length) access = candidate;
  }
  return { access, query: text.slice(access?.prefix.length ?? 0).trim() };
}
