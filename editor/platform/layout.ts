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
  /** Nothing but the editors. */
  zen: boolean;
  /** What the user took away from the activity bar, the panel's tabs and the status bar, by id. */
  hidden: readonly string[];
  /** Ids of view containers and panels in the order the user gave them; others follow in theirs. */
  order: readonly string[];
  /** View sections the user opened or closed. */
  sections: Readonly<Record<string, boolean>>;
}

export interface Layout extends Readable<LayoutState> {
  set(change: Partial<LayoutState>): void;
  /** Shows a view container; from the activity bar a second click hides the side bar. */
  showContainer(id: string): void;
  showPanel(id: string): void;
  toggleHidden(id: string): void;
  /** Puts one before another one (or at the end) of those shown. */
  reorder(shown: readonly string[], id: string, before: string | undefined): void;
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
  zen: false,
  hidden: [],
  order: [],
  sections: {},
};

/** Below 1200 px a wide editor hides the side bar until it is called back. */
export function sideBarShown(layout: LayoutState, context: ContextKeys): boolean {
  const crowded = Boolean(context.get('narrow')) && Boolean(context.get('documentWide'));
  return !layout.zen && layout.sideBar && (!crowded || layout.sideBarOverWide);
}

/** As the user ordered them, the rest as registered; without what the user hid. */
export function arranged<T extends { id: string }>(items: readonly T[], layout: LayoutState): T[] {
  const place = new Map(layout.order.map((id, at) => [id, at]));
  return items
    .filter((item) => !layout.hidden.includes(item.id))
    .map((item, at) => ({ item, at: place.get(item.id) ?? layout.order.length + at }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Sizes and visible parts, remembered per user and window. */
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
    toggleHidden(id) {
      const { hidden } = store.getState();
      set({ hidden: hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id] });
    },
    reorder(shown, id, before) {
      if (id === before) return;
      const rest = shown.filter((other) => other !== id);
      const wanted = before === undefined ? -1 : rest.indexOf(before);
      const at = wanted < 0 ? rest.length : wanted;
      const placed = [...rest.slice(0, at), id, ...rest.slice(at)];
      set({ order: [...placed, ...store.getState().order.filter((other) => !placed.includes(other))] });
    },
    onFocus(focus) {
      focusers.add(focus);
      return () => void focusers.delete(focus);
    },
    focus(part) {
      for (const focus of focusers) focus(part);
    },
  };
}
