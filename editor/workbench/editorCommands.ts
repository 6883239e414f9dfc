import type { Edge } from '../platform/editorGrid.ts';
import type { Editors } from '../platform/editors.ts';
import type { Platform } from '../platform/platform.ts';
import type { FrameCommand } from './frameCommand.ts';

/** The tab a menu was opened on, else the one in front of the user. */
function tabMeant({ editors }: Platform, group: unknown, key: unknown) {
  const { groups, activeGroup } = editors.getState();
  const id = typeof group === 'number' ? group : activeGroup;
  const own = groups.find((other) => other.id === id);
  const tab = own?.tabs.find((other) => other.key === (typeof key === 'string' ? key : own.active));
  return own && tab ? { group: own, tab, at: own.tabs.indexOf(tab) } : undefined;
}

const edges = [
  { edge: 'left', key: 'arrowleft', side: 'left', icon: 'codicon:arrow-left' },
  { edge: 'right', key: 'arrowright', side: 'right', icon: 'codicon:arrow-right' },
  { edge: 'up', key: 'arrowup', side: 'above', icon: 'codicon:arrow-up' },
  { edge: 'down', key: 'arrowdown', side: 'below', icon: 'codicon:arrow-down' },
] as const satisfies readonly { edge: Edge; key: string; side: string; icon: string }[];

/** Moves the tab into the group at an edge, which is made if there is none. */
function moveBeside(platform: Platform, edge: Edge, copy: boolean): void {
  const { editors } = platform;
  const meant = tabMeant(platform, undefined, undefined);
  if (!meant) return;
  const { group, tab } = meant;
  const target = editors.beside(edge);
  if (target === undefined) editors.moveToEdge(group.id, tab.key, group.id, edge, copy);
  else if (copy) void editors.open(tab.resource, { group: target });
  else editors.move(group.id, tab.key, target);
}

const focusNth = (editors: Editors, nth: number) => {
  const { groups } = editors.getState();
  const group = groups[nth - 1];
  if (group) return editors.focusGroup(group.id);
  // One more than there are: a new group, as in other editors.
  if (nth === groups.length + 1) editors.split('right');
};

const perEdge = edges.flatMap(({ edge, key, side, icon }, at): FrameCommand[] => [
  {
    id: `editor.split.${edge}`,
    title: `Split editor ${edge}`,
    category: 'View',
    icon: edge === 'down' || edge === 'up' ? 'codicon:split-vertical' : 'codicon:split-horizontal',
    when: 'editorOpen',
    ...(edge === 'down' && { keys: ['ctrl+k ctrl+\\'] }),
    menu: ['menubar/view', { group: '3_groups', order: 10 + at }],
    tabMenu: '4_split',
    run(platform, group, id) {
      const meant = tabMeant(platform, group, id);
      if (meant) platform.editors.moveToEdge(meant.group.id, meant.tab.key, meant.group.id, edge, true);
    },
  },
  {
    id: `editor.moveTo.${edge}`,
    title: `Move editor into the group ${side === 'left' || side === 'right' ? `at the ${side}` : side}`,
    category: 'View',
    icon,
    when: 'editorOpen',
    keys: [`ctrl+alt+shift+${key}`],
    run: (platform) => moveBeside(platform, edge, false),
  },
  {
    id: `editor.copyTo.${edge}`,
    title: `Copy editor into the group ${side === 'left' || side === 'right' ? `at the ${side}` : side}`,
    category: 'View',
    when: 'editorOpen && !editorOnePane',
    run: (platform) => moveBeside(platform, edge, true),
  },
  {
    id: `group.focus.${edge}`,
    title: `Focus the group ${side === 'left' || side === 'right' ? `at the ${side}` : side}`,
    category: 'View',
    when: 'multipleGroups',
    keys: [`ctrl+k ctrl+${key}`],
    run({ editors, layout }) {
      const target = editors.beside(edge);
      if (target === undefined) return;
      editors.focusGroup(target);
      layout.focus('editor');
    },
  },
  {
    id: `group.move.${edge}`,
    title: `Move group ${edge}`,
    category: 'View',
    when: 'multipleGroups',
    keys: [`ctrl+k ${key}`],
    run: ({ editors }) => editors.moveGroup(editors.getState().activeGroup, edge),
  },
]);

const perNumber = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (nth): FrameCommand => ({
    id: `group.focus.${nth}`,
    title: `Focus group ${nth}`,
    category: 'View',
    palette: false,
    // Browsers keep Ctrl and a digit for their own tabs; the second is left to us.
    keys: [`ctrl+${nth}`, `ctrl+k ${nth}`],
    run({ editors, layout }) {
      focusNth(editors, nth);
      layout.focus('editor');
    },
  }),
);

const sizes = [
  { id: 'wider', title: 'Make group wider', direction: 'row', by: 0.05 },
  { id: 'narrower', title: 'Make group narrower', direction: 'row', by: -0.05 },
  { id: 'taller', title: 'Make group taller', direction: 'column', by: 0.05 },
  { id: 'lower', title: 'Make group lower', direction: 'column', by: -0.05 },
] as const;
const perSize = sizes.map(
  ({ id, title, direction, by }): FrameCommand => ({
    id: `group.${id}`,
    title,
    category: 'View',
    when: 'multipleGroups',
    run: ({ editors }) => editors.resizeGroup(direction, by),
  }),
);

/** What one can do with tabs and the groups they stand in. */
export const editorCommands: readonly FrameCommand[] = [
  {
    id: 'editor.close',
    title: 'Close editor',
    category: 'View',
    icon: 'codicon:close',
    when: 'editorOpen',
    keys: ['alt+w', 'ctrl+f4'],
    menu: ['menubar/file', { group: '9_close', order: 10 }],
    tabMenu: '1_close',
    async run(platform, group, key) {
      const meant = tabMeant(platform, group, key);
      if (!meant) return;
      // By the key a pinned one stays: the next that is not pinned comes to the front.
      const next = meant.group.tabs.find((tab) => !tab.pinned);
      if (!meant.tab.pinned || typeof key === 'string')
        await platform.editors.close(meant.group.id, meant.tab.key);
      else if (next) platform.editors.activate(meant.group.id, next.key);
    },
  },
  {
    id: 'editor.closeOthers',
    title: 'Close others',
    category: 'View',
    when: 'editorOpen',
    tabMenu: '1_close',
    run(platform, group, key) {
      const meant = tabMeant(platform, group, key);
      return meant && platform.editors.closeOthers(meant.group.id, meant.tab.key);
    },
  },
  {
    id: 'editor.closeToTheRight',
    title: 'Close to the right',
    category: 'View',
    when: 'editorOpen',
    tabMenu: '1_close',
    run(platform, group, key) {
      const meant = tabMeant(platform, group, key);
      return meant && platform.editors.closeWhere((_, id, at) => id === meant.group.id && at > meant.at);
    },
  },
  {
    id: 'editor.closeSaved',
    title: 'Close saved',
    category: 'View',
    when: 'editorOpen',
    keys: ['ctrl+k u'],
    tabMenu: '1_close',
    run({ editors }, group) {
      const { activeGroup } = editors.getState();
      const id = typeof group === 'number' ? group : activeGroup;
      return editors.closeWhere(
        (tab, own) => own === id && !editors.model(tab.resource)?.state.getState().dirty,
      );
    },
  },
  {
    id: 'editor.closeGroup',
    title: 'Close all in this group',
    category: 'View',
    when: 'editorOpen',
    keys: ['ctrl+k w'],
    run: ({ editors }) => editors.closeWhere((_, group) => group === editors.getState().activeGroup),
  },
  {
    id: 'editor.closeAll',
    title: 'Close all editors',
    category: 'View',
    when: 'editorOpen',
    keys: ['ctrl+k ctrl+w'],
    menu: ['menubar/file', { group: '9_close', order: 20 }],
    tabMenu: '1_close',
    run: ({ editors }) => editors.closeAll(),
  },
  {
    id: 'editor.reopenClosed',
    title: 'Reopen closed editor',
    category: 'File',
    icon: 'codicon:history',
    when: 'editorClosed',
    keys: ['alt+shift+t', 'ctrl+shift+t'],
    menu: ['menubar/file', { group: '9_close', order: 5 }],
    run: ({ editors }) => void editors.reopenClosed(),
  },
  {
    id: 'editor.keep',
    title: 'Keep editor open',
    category: 'View',
    when: 'editorPreview',
    keys: ['ctrl+k enter'],
    run(platform, group, key) {
      const meant = tabMeant(platform, group, key);
      if (meant) platform.editors.keep(meant.group.id, meant.tab.key);
    },
  },
  {
    id: 'editor.pin',
    title: 'Pin or unpin editor',
    category: 'View',
    icon: 'codicon:pin',
    when: 'editorOpen',
    keys: ['ctrl+k shift+enter'],
    tabMenu: '2_keep',
    run(platform, group, key) {
      const meant = tabMeant(platform, group, key);
      if (meant) platform.editors.pin(meant.group.id, meant.tab.key, !meant.tab.pinned);
    },
  },
  {
    id: 'editor.split',
    title: 'Split editor',
    category: 'View',
    icon: 'codicon:split-horizontal',
    when: 'editorOpen',
    keys: ['ctrl+\\'],
    menu: ['editor/title', { group: 'navigation', order: 900 }],
    run: ({ editors }) => editors.split(),
  },
  ...perEdge,
  ...perNumber,
  ...perSize,
  {
    id: 'group.even',
    title: 'Make groups even',
    category: 'View',
    when: 'multipleGroups',
    menu: ['menubar/view', { group: '3_groups', order: 20 }],
    run: ({ editors }) => editors.evenGroups(),
  },
  {
    id: 'editor.next',
    title: 'Next editor',
    category: 'Go',
    when: 'editorOpen',
    keys: ['ctrl+alt+arrowright', 'ctrl+pagedown'],
    menu: ['menubar/go', { group: '2_editors', order: 10 }],
    run: ({ editors }) => editors.step(1),
  },
  {
    id: 'editor.previous',
    title: 'Previous editor',
    category: 'Go',
    when: 'editorOpen',
    keys: ['ctrl+alt+arrowleft', 'ctrl+pageup'],
    menu: ['menubar/go', { group: '2_editors', order: 20 }],
    run: ({ editors }) => editors.step(-1),
  },
  {
    id: 'editor.list',
    title: 'List open editors…',
    category: 'Go',
    icon: 'codicon:list-flat',
    when: 'editorOpen',
    keys: ['ctrl+tab', 'alt+e'],
    menu: ['menubar/go', { group: '2_editors', order: 30 }],
    run: listEditors,
  },
];

/** Those shown last first, the one before this one at the top: Enter goes back and forth. */
async function listEditors({ editors, dialogs, documentKinds }: Platform): Promise<void> {
  const { groups, recent } = editors.getState();
  const place = (group: number, key: string) => {
    const at = recent.findIndex((other) => other.group === group && other.key === key);
    return at < 0 ? recent.length : at;
  };
  const items = groups
    .flatMap((group, nth) =>
      group.tabs.map((tab) => ({
        id: `${group.id} ${tab.key}`,
        label: editors.model(tab.resource)?.state.getState().title ?? tab.resource.name ?? tab.key,
        ...(groups.length > 1 && { description: `group ${nth + 1}` }),
        icon: documentKinds.get(tab.resource.kind)?.icon ?? ('codicon:file' as const),
        value: { group: group.id, key: tab.key },
        at: place(group.id, tab.key),
      })),
    )
    .sort((a, b) => a.at - b.at);
  const [current, ...others] = items;
  if (!current) return;
  const chosen = await dialogs.pick({ placeholder: 'Open editors', items: [...others, current] });
  if (chosen) editors.activate(chosen.group, chosen.key);
}
