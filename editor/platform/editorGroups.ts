import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import { type Resource, resourceKey } from './documents.ts';
import {
  type Edge,
  type Grid,
  groupsIn,
  holdsExactly,
  neighbourOf,
  splitGrid,
  withoutGroup,
} from './editorGrid.ts';
import { type Group, keepTab, pinTab, placeTab, showTab, type Tab, tabOf, withoutTab } from './tabs.ts';

/** A tab in a group. */
export interface TabPlace {
  group: number;
  key: string;
}

export interface GroupsState {
  /** In reading order. */
  groups: readonly Group[];
  grid: Grid;
  activeGroup: number;
  /** Tabs by when they were last shown, the latest first. */
  recent: readonly TabPlace[];
}

/** Groups of tabs in a grid, whatever their documents are. There is always one group; others go with their last tab. */
export interface EditorGroups extends Readable<GroupsState> {
  of(id: number): Group | undefined;
  active(): Group;
  holding(key: string): Group | undefined;
  beside(id: number, edge: Edge): number | undefined;
  /** Answers the preview it took the place of. */
  show(
    group: number,
    resource: Resource,
    look: { preview: boolean; pinned?: boolean | undefined; before?: string | undefined },
  ): Tab | undefined;
  activate(group: number, key: string): void;
  focus(group: number): void;
  keep(group: number, key: string): void;
  pin(group: number, key: string, pinned: boolean): void;
  remove(group: number, key: string): void;
  /** A new, empty group. */
  add(beside: number, edge: Edge): number;
  move(from: number, key: string, to: number, before?: string): void;
  /** Puts a whole group at the other side of its neighbour. */
  moveGroup(group: number, edge: Edge): void;
  arrange(change: (grid: Grid) => Grid): void;
  /** What was remembered; false if it will not do. */
  restore(remembered: Partial<GroupsState> | undefined): boolean;
}

export function createEditorGroups(): EditorGroups {
  const store = createStore<GroupsState>(() => ({
    groups: [{ id: 1, tabs: [] }],
    grid: { group: 1 },
    activeGroup: 1,
    recent: [],
  }));
  const get = store.getState;
  const of = (id: number) => get().groups.find((group) => group.id === id);
  const active = () => of(get().activeGroup) ?? get().groups[0]!;

  /** Groups stand in the order of the grid, and tabs which are gone are forgotten. */
  function change(state: Partial<GroupsState>) {
    const next = { ...get(), ...state };
    const order = groupsIn(next.grid);
    const groups = order.map((id) => next.groups.find((group) => group.id === id)!);
    const activeGroup = order.includes(next.activeGroup) ? next.activeGroup : order[0]!;
    const shown = groups.find((group) => group.id === activeGroup)?.active;
    const isOpen = ({ group, key }: TabPlace) =>
      tabOf(
        groups.find((other) => other.id === group),
        key,
      ) !== undefined;
    let recent = next.recent.filter(isOpen);
    const [last] = recent;
    if (shown !== undefined && (last?.group !== activeGroup || last.key !== shown)) {
      const rest = recent.filter((place) => place.group !== activeGroup || place.key !== shown);
      recent = [{ group: activeGroup, key: shown }, ...rest];
    }
    store.setState({ groups, grid: next.grid, activeGroup, recent }, true);
  }
  const replaced = (group: Group) => get().groups.map((other) => (other.id === group.id ? group : other));
  const edit = (id: number, change_: (group: Group) => Group) => {
    const before = of(id);
    const after = before && change_(before);
    if (after && after !== before) change({ groups: replaced(after) });
  };

  function dropGroup(id: number) {
    const grid = withoutGroup(get().grid, id);
    if (!grid) return;
    const left = groupsIn(grid);
    const last = get().recent.find((place) => left.includes(place.group))?.group;
    change({
      grid,
      groups: get().groups.filter((group) => group.id !== id),
      activeGroup: get().activeGroup === id ? (last ?? left[0]!) : get().activeGroup,
    });
  }

  function remove(id: number, key: string) {
    const group = of(id);
    const at = group?.tabs.findIndex((tab) => tab.key === key) ?? -1;
    if (!group || at < 0) return;
    if (group.tabs.length === 1 && get().groups.length > 1) return dropGroup(id);
    const used = get().recent.find((place) => place.group === id && place.key !== key)?.key;
    const beside = (group.tabs[at + 1] ?? group.tabs[at - 1])?.key;
    change({ groups: replaced(withoutTab(group, key, used ?? beside)) });
  }

  return {
    getState: get,
    subscribe: store.subscribe,
    of,
    active,
    holding: (key) => get().groups.find((group) => tabOf(group, key)),
    beside: (id, edge) => neighbourOf(get().grid, id, edge),
    show(id, resource, { preview, pinned, before }) {
      const group = of(id);
      if (!group) return undefined;
      const tab: Tab = { key: resourceKey(resource), resource, preview, ...(pinned && { pinned }) };
      const shown = showTab(group, tab);
      const next =
        before === undefined && !pinned
          ? shown.group
          : { ...shown.group, tabs: placeTab(shown.group.tabs, tab, before) };
      change({ groups: replaced(next), activeGroup: id });
      return shown.replaced;
    },
    activate(id, key) {
      const group = of(id);
      if (!tabOf(group, key)) return;
      change({ groups: replaced({ ...group!, active: key }), activeGroup: id });
    },
    focus(id) {
      if (of(id) && get().activeGroup !== id) change({ activeGroup: id });
    },
    keep: (id, key) => edit(id, (group) => keepTab(group, key)),
    pin: (id, key, pinned) => edit(id, (group) => pinTab(group, key, pinned)),
    remove,
    add(beside, edge) {
      const id = Math.max(...get().groups.map((group) => group.id)) + 1;
      change({
        groups: [...get().groups, { id, tabs: [] }],
        grid: splitGrid(get().grid, beside, edge, id),
      });
      return id;
    },
    move(from, key, to, before) {
      const tab = tabOf(of(from), key);
      const target = of(to);
      if (!tab || !target || key === before) return;
      const { preview: _, ...kept } = tab;
      const moved: Tab = { ...kept, preview: from === to && tab.preview };
      const tabs = placeTab(target.tabs, moved, before);
      change({ groups: replaced({ ...target, tabs, active: key }), activeGroup: to });
      if (from !== to) remove(from, key);
    },
    moveGroup(id, edge) {
      const beside = neighbourOf(get().grid, id, edge);
      const rest = beside === undefined ? undefined : withoutGroup(get().grid, id);
      if (beside !== undefined && rest) change({ grid: splitGrid(rest, beside, edge, id) });
    },
    arrange: (edit_) => change({ grid: edit_(get().grid) }),
    restore(remembered) {
      const all = remembered?.groups ?? [];
      let grid: Grid | undefined = holdsExactly(
        remembered?.grid,
        all.map((group) => group.id),
      )
        ? remembered.grid
        : undefined;
      for (const group of all) if (group.tabs.length === 0 && grid) grid = withoutGroup(grid, group.id);
      if (!grid) return false;
      const groups = all.filter((group) => group.tabs.length > 0);
      change({
        groups,
        grid,
        activeGroup: remembered?.activeGroup ?? groups[0]!.id,
        recent: remembered?.recent ?? [],
      });
      return true;
    },
  };
}
