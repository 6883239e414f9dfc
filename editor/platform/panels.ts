import type { ComponentType } from 'react';
import type { Readable } from '../base/readable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';

/** A tab of the bottom panel. */
export interface Panel {
  id: string;
  title: string;
  /** Problems 10, Output 20, Run 40. */
  order?: number;
  when?: string;
  /** Count beside the title; 0 shows nothing. */
  badge?: Readable<number>;
  View: ComponentType;
  /** Controls at the right of the tabs: a filter, icon buttons. */
  Actions?: ComponentType;
}

export type Panels = Registry<Panel>;

export function createPanels(): Panels {
  return createRegistry<Panel>('panel', (panel) => panel.id);
}
