import { createRegistry, type Registry } from '../base/registry.ts';
import type { IconName, Kind } from './icons.ts';

export interface QuickAccessItem {
  id: string;
  label: string;
  /** Dim, after the label. */
  description?: string;
  icon?: IconName;
  kind?: Kind;
  keys?: readonly (readonly string[])[];
  run(): void;
}

/** What the palette offers behind a prefix: `>` commands, none documents, `@` elements of the active document. */
export interface QuickAccess {
  id: string;
  prefix: string;
  /** Head above its items and word in the foot: `documents`. */
  title: string;
  placeholder: string;
  items(): readonly QuickAccessItem[] | Promise<readonly QuickAccessItem[]>;
}

export type QuickAccesses = Registry<QuickAccess>;

export function createQuickAccesses(): QuickAccesses {
  return createRegistry<QuickAccess>('quick access', (access) => access.id);
}
