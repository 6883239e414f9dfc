import type { Resource } from './documents.ts';

export interface Tab {
  key: string;
  resource: Resource;
  /** Italic: the next preview takes its place. Editing or a double click keeps it. */
  preview: boolean;
  /** Small, before all others, and left alone when others are closed. Never a preview. */
  pinned?: boolean;
}

/** Tabs of which one is shown; groups stand in a grid. */
export interface Group {
  id: number;
  /** Pinned ones first. */
  tabs: readonly Tab[];
  /** Key of the tab shown. */
  active?: string;
}

export const tabOf = (group: Group | undefined, key: string | undefined): Tab | undefined =>
  group?.tabs.find((tab) => tab.key === key);

/** Puts a tab before another one (or at the end), with pinned ones staying in front; one with its key moves. */
export function placeTab(tabs: readonly Tab[], tab: Tab, before?: string): readonly Tab[] {
  const rest = tabs.filter((other) => other.key !== tab.key);
  const pinned = rest.filter((other) => other.pinned).length;
  const wanted = before === undefined ? -1 : rest.findIndex((other) => other.key === before);
  const at = wanted < 0 ? rest.length : wanted;
  const allowed = tab.pinned ? Math.min(at, pinned) : Math.max(at, pinned);
  return [...rest.slice(0, allowed), tab, ...rest.slice(allowed)];
}

/** Shows a document in a group: where it is, in place of the preview, or behind the tab shown. */
export function showTab(group: Group, tab: Tab): { group: Group; replaced?: Tab } {
  const { id, tabs } = group;
  const known = tabOf(group, tab.key);
  if (known) {
    const same = known.preview === (known.preview && tab.preview);
    const shown = same ? tabs : tabs.map((other) => (other === known ? { ...known, preview: false } : other));
    return { group: { id, tabs: shown, active: tab.key } };
  }
  const replaced = tab.preview ? tabs.find((other) => other.preview) : undefined;
  if (replaced) {
    const shown = tabs.map((other) => (other === replaced ? tab : other));
    return { group: { id, tabs: shown, active: tab.key }, replaced };
  }
  const next = tabs[tabs.findIndex((other) => other.key === group.active) + 1];
  return { group: { id, tabs: placeTab(tabs, tab, next?.key), active: tab.key } };
}

/** Without a tab; `next` is shown in its place. */
export function withoutTab(group: Group, key: string, next: string | undefined): Group {
  const { id } = group;
  const tabs = group.tabs.filter((tab) => tab.key !== key);
  const active = group.active === key ? next : group.active;
  return active === undefined ? { id, tabs } : { id, tabs, active };
}

export function pinTab(group: Group, key: string, pinned: boolean): Group {
  const tab = tabOf(group, key);
  if (!tab || Boolean(tab.pinned) === pinned) return group;
  const { pinned: _, ...loose } = tab;
  const first = group.tabs.find((other) => !other.pinned && other.key !== key);
  const changed: Tab = pinned ? { ...loose, preview: false, pinned: true } : loose;
  return { ...group, tabs: placeTab(group.tabs, changed, first?.key) };
}

export function keepTab(group: Group, key: string): Group {
  const tab = tabOf(group, key);
  if (!tab?.preview) return group;
  return {
    ...group,
    tabs: group.tabs.map((other) => (other === tab ? { ...tab, preview: false } : other)),
  };
}
