import type { Readable } from '../base/readable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';
import type { IconName } from './icons.ts';

export interface StatusContent {
  text: string;
  icon?: IconName;
  /** Several figures behind one another, each with its icon. */
  counts?: readonly { icon: IconName; count: number }[];
  tooltip?: string;
  /** Read aloud instead of text and icon. */
  label?: string;
  tone?: 'normal' | 'remote' | 'warning' | 'error';
}

/** An entry of the status bar. */
export interface StatusItem {
  id: string;
  /** What it is, where entries are shown and hidden: `Connection`. Default: the id. */
  title?: string;
  side: 'left' | 'right';
  /** From the outside inwards. */
  order?: number;
  /** Stays below 1200 px (tenant, draft, problems, connection, bell do). */
  essential?: boolean;
  when?: string;
  /** `undefined` hides it. */
  content: Readable<StatusContent | undefined>;
  /** Command id run by a click. */
  command?: string;
}

export type StatusItems = Registry<StatusItem>;

export function createStatusItems(): StatusItems {
  return createRegistry<StatusItem>('status item', (item) => item.id);
}
