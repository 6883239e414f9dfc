import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import type { ContextKeys } from './context.ts';
import { type KeyValueStorage, readJson } from './host.ts';

/** A part of the frame F6 walks. */
export type Part = 'activityBar' | 'sideBar' | 'editor' | 'panel' | 'secondary' | 'statusBar';

export interface LayoutState {
  sideBar: boolean;
  secondary: boolean;
  panel: boolean;
  panelMaximized: boolean;
  /** px; `undefined` = the token's default for the width of the window. */
  sideBarSize?: number;
  secondarySize?: number;
  panelSize?: number;
  /** Id of the view container in the side bar. */
  container: string;
  /** Id of the active panel. */
  activePanel: string;
  /** The side bar was called back over an editor which needs the width of a narrow window. */
  sideBarOverWide: boolean;
  /** View sections the user opened or closed. */
  sections: Readonly<Record<string, boolean>>;
}

export interface Layout extends Readable<LayoutState> {
  set(change: Partial<LayoutState>): void;
  /** Shows a view container; from the activity bar a second click hides the side bar. */
  showContainer(id: string): void;
  showPanel(id: string): void;
  /** Parts ask to be focused through this; the frame listens. */
  onFocus(focus: (part: Part) => void): () => void;
  focus(part: Part): void;
}

const key = 'layout';
const initial: LayoutState = {
  sideBar: true,
  secondary: true,
  panel: false,
  panelMaximized: false,
  container: 'explorer',
  activePanel: 'problems',
  sideBarOverWide: false,
  sections: {},
};

/** Below 1200 px a wide editor hides the side bar until it is called back. */
export function sideBarShown(layout: LayoutState, context: ContextKeys): boolean {
  const crowded = Boolean(context.get('narrow')) && Boolean(context.get('documentWide'));
  return layout.sideBar && (!crowded || layout.sideBarOverWide);
}

/** Sizes and visible parts, remembered per user. */
export function createLayout(storage: KeyValueStorage): Layout {
  const store = createStore<LayoutState>(() => ({
    ...initial,
    ...readJson<Partial<LayoutState>>(storage, key),
  }));
  const focusers = new Set<(part: Part) => void>();
  const set = (change: Partial<LayoutState>) => {
    store.setState(change);
    storage.set(key, JSON.stringify(store.getState()));
  };
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    set,
    showContainer: (container) => set({ container, sideBar: true, sideBarOverWide: true }),
    showPanel: (activePanel) => set({ activePanel, panel: true }),
    onFocus(focus) {
      focusers.add(focus);
      return () => void focusers.delete(focus);
    },
    focus(part) {
      for (const focus of focusers) focus(part);
    },
  };
}
