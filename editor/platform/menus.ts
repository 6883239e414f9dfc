import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import { inOrder } from '../base/registry.ts';
import type { ContextKeys } from './context.ts';
import { whenHolds } from './when.ts';

/** `menubar/*` are the title bar's menus, `editor/title` the buttons right of the tabs, the others open on right click or `…`. */
export type MenuId =
  | 'menubar/file'
  | 'menubar/edit'
  | 'menubar/view'
  | 'menubar/go'
  | 'menubar/run'
  | 'menubar/help'
  | 'editor/title'
  | 'editor/tab'
  | 'explorer/item'
  | 'explorer/new'
  /** A place inside a document that names others. */
  | 'document/place'
  | 'account'
  | `view/${string}`;

export interface MenuItem {
  /** Command id; title and icon are the command's unless given here. */
  command: string;
  title?: string;
  args?: readonly unknown[];
  /** Items of a group stand together, groups are separated by a line and sorted by name: `1_new`, `9_close`. In `editor/title` `navigation` = button, others = behind `…`. */
  group?: string;
  order?: number;
  when?: string;
}

export interface Menus extends Readable<ReadonlyMap<MenuId, readonly MenuItem[]>> {
  register(menu: MenuId, item: MenuItem): Disposable;
  /** Groups of items whose when-clause holds now. */
  items(menu: MenuId): readonly (readonly MenuItem[])[];
}

export function createMenus(context: ContextKeys): Menus {
  const store = createStore<ReadonlyMap<MenuId, readonly MenuItem[]>>(() => new Map());
  const change = (menu: MenuId, edit: (items: readonly MenuItem[]) => readonly MenuItem[]) =>
    store.setState(new Map(store.getState()).set(menu, edit(store.getState().get(menu) ?? [])), true);
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    register(menu, item) {
      change(menu, (items) => [...items, item]);
      return disposable(() => change(menu, (items) => items.filter((other) => other !== item)));
    },
    items(menu) {
      const groups = new Map<string, MenuItem[]>();
      for (const item of inOrder(store.getState().get(menu) ?? [])) {
        if (!whenHolds(item.when, context)) continue;
        const group = item.group ?? '5_main';
        groups.set(group, [...(groups.get(group) ?? []), item]);
      }
      return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, items]) => items);
    },
  };
}
