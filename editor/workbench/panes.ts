import type { GroupsState, TabPlace } from '../platform/editorGroups.ts';
import { type Tab, tabOf } from '../platform/tabs.ts';

/** The editor of a tab, mounted once: it goes with its tab from group to group. */
export interface Pane extends TabPlace {
  id: number;
}

/** Panes behind others that stay mounted, in all groups together. */
export const mostHidden = 6;

/**
 * Which panes are mounted: those shown, and of those behind them the ones shown last. Answers the same array while
 * nothing changed. What `stays` refuses is mounted anew whenever it is shown.
 */
export function panesOf(
  before: readonly Pane[],
  { groups, recent }: Pick<GroupsState, 'groups' | 'recent'>,
  stays: (tab: Tab) => boolean,
): readonly Pane[] {
  const tabAt = ({ group, key }: TabPlace) =>
    tabOf(
      groups.find(({ id }) => id === group),
      key,
    );
  const same = (one: TabPlace) => (other: TabPlace) => other.group === one.group && other.key === one.key;
  const left = before.filter((pane) => !tabAt(pane));
  let highest = Math.max(0, ...before.map(({ id }) => id));
  const shown = groups.flatMap(({ id: group, active: key }): Pane[] => {
    if (key === undefined) return [];
    const place = { group, key };
    const there = before.find(same(place));
    if (there) return [there];
    const moved = left.findIndex((pane) => pane.key === key);
    return [{ ...place, id: moved < 0 ? ++highest : left.splice(moved, 1)[0]!.id }];
  });
  const ages = (pane: Pane) => {
    const at = recent.findIndex(same(pane));
    return at < 0 ? recent.length : at;
  };
  const hidden = before
    .filter((pane) => {
      const tab = tabAt(pane);
      return tab !== undefined && !shown.includes(pane) && stays(tab);
    })
    .sort((one, other) => ages(one) - ages(other))
    .slice(0, mostHidden);
  const panes = [...shown, ...hidden].sort((one, other) => one.id - other.id);
  const unchanged = panes.length === before.length && panes.every((pane, at) => pane === before[at]);
  return unchanged ? before : panes;
}
