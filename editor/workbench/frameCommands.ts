import { type Disposable, disposeAll } from '../base/disposable.ts';
import type { Command } from '../platform/commands.ts';
import { isDrafted } from '../platform/draftedDocument.ts';
import { type Part, sideBarShown } from '../platform/layout.ts';
import type { MenuId, MenuItem } from '../platform/menus.ts';
import type { Contribution, Platform } from '../platform/platform.ts';
import { discardDraft } from '../platform/publishing.ts';
import { focusPart, walkParts } from './parts.ts';

interface FrameCommand extends Omit<Command, 'run'> {
  keys?: readonly string[];
  /** When-clause of the keys alone. */
  keysWhen?: string;
  menu?: readonly [MenuId, Omit<MenuItem, 'command'>];
  run(platform: Platform, ...args: unknown[]): unknown;
}

const toggle = (part: 'panel' | 'secondary') => (platform: Platform) =>
  platform.layout.set({ [part]: !platform.layout.getState()[part] });

/** What the frame itself can do. Keys which browsers keep for themselves (Ctrl+W, Ctrl+Shift+P in some) have a second one. */
const frameCommands: readonly FrameCommand[] = [
  {
    id: 'view.commandPalette',
    title: 'Command palette…',
    category: 'View',
    icon: 'codicon:code',
    keys: ['ctrl+shift+p'],
    menu: ['menubar/view', { group: '1_palette' }],
    run: (platform) => platform.dialogs.palette('>'),
  },
  {
    id: 'view.quickOpen',
    title: 'Go to document…',
    category: 'Go',
    icon: 'codicon:go-to-file',
    keys: ['ctrl+p'],
    menu: ['menubar/go', { group: '1_open' }],
    run: (platform) => platform.dialogs.palette(''),
  },
  {
    id: 'view.toggleSideBar',
    title: 'Toggle side bar',
    category: 'View',
    icon: 'codicon:layout-sidebar-left',
    keys: ['ctrl+b'],
    menu: ['menubar/view', { group: '2_parts', order: 10 }],
    run({ layout, context }) {
      const shown = sideBarShown(layout.getState(), context);
      layout.set(
        shown && !layout.getState().sideBarOverWide
          ? { sideBar: false }
          : { sideBar: !shown, sideBarOverWide: !shown },
      );
    },
  },
  {
    id: 'view.togglePanel',
    title: 'Toggle panel',
    category: 'View',
    icon: 'codicon:layout-panel',
    keys: ['ctrl+j', 'ctrl+`'],
    menu: ['menubar/view', { group: '2_parts', order: 20 }],
    run: toggle('panel'),
  },
  {
    id: 'view.toggleSecondary',
    title: 'Toggle secondary side bar',
    category: 'View',
    icon: 'codicon:layout-sidebar-right',
    keys: ['ctrl+alt+b'],
    menu: ['menubar/view', { group: '2_parts', order: 30 }],
    run: toggle('secondary'),
  },
  {
    id: 'view.maximizePanel',
    title: 'Toggle maximised panel',
    category: 'View',
    icon: 'codicon:chevron-up',
    run: ({ layout }) => layout.set({ panel: true, panelMaximized: !layout.getState().panelMaximized }),
  },
  {
    id: 'document.save',
    title: 'Save',
    category: 'File',
    icon: 'codicon:save',
    when: 'documentCanSave',
    keys: ['ctrl+s'],
    menu: ['menubar/file', { group: '3_save', order: 10 }],
    run: async ({ editors }) => {
      const model = editors.active.getState();
      if (model) await editors.save(model);
    },
  },
  {
    id: 'document.saveAll',
    title: 'Save all',
    category: 'File',
    icon: 'codicon:save-all',
    keys: ['ctrl+alt+s'],
    menu: ['menubar/file', { group: '3_save', order: 20 }],
    run: ({ editors }) => editors.saveAll(),
  },
  {
    id: 'document.undo',
    title: 'Undo',
    category: 'Edit',
    icon: 'codicon:discard',
    when: 'documentCanUndo',
    keys: ['ctrl+z'],
    keysWhen: '!inputFocus',
    menu: ['menubar/edit', { group: '1_history', order: 10 }],
    run: ({ editors }) => editors.active.getState()?.undo?.(),
  },
  {
    id: 'document.redo',
    title: 'Redo',
    category: 'Edit',
    icon: 'codicon:redo',
    when: 'documentCanRedo',
    keys: ['ctrl+shift+z', 'ctrl+y'],
    keysWhen: '!inputFocus',
    menu: ['menubar/edit', { group: '1_history', order: 20 }],
    run: ({ editors }) => editors.active.getState()?.redo?.(),
  },
  {
    id: 'document.publish',
    title: 'Publish…',
    category: 'File',
    icon: 'codicon:cloud-upload',
    when: 'documentDraft',
    keys: ['ctrl+shift+s'],
    menu: ['menubar/file', { group: '3_save', order: 30 }],
    run({ editors }) {
      const model = editors.active.getState();
      if (isDrafted(model)) model.kept.ask(true);
    },
  },
  {
    id: 'document.discard',
    title: 'Discard draft',
    category: 'File',
    icon: 'codicon:discard',
    when: 'documentDraft',
    menu: ['menubar/file', { group: '3_save', order: 40 }],
    async run({ editors }) {
      const model = editors.active.getState();
      if (isDrafted(model)) await discardDraft(model);
    },
  },
  {
    id: 'editor.close',
    title: 'Close editor',
    category: 'View',
    icon: 'codicon:close',
    when: 'editorOpen',
    keys: ['alt+w', 'ctrl+f4'],
    menu: ['menubar/file', { group: '9_close', order: 10 }],
    run: ({ editors }, group, key) => {
      const { groups, activeGroup } = editors.getState();
      const id = typeof group === 'number' ? group : activeGroup;
      const tab = typeof key === 'string' ? key : groups.find((other) => other.id === id)?.active;
      return tab && editors.close(id, tab);
    },
  },
  {
    id: 'editor.closeOthers',
    title: 'Close others',
    category: 'View',
    when: 'editorOpen',
    run: ({ editors }, group, key) => {
      const { groups, activeGroup } = editors.getState();
      const id = typeof group === 'number' ? group : activeGroup;
      const tab = typeof key === 'string' ? key : groups.find((other) => other.id === id)?.active;
      return tab && editors.closeOthers(id, tab);
    },
  },
  {
    id: 'editor.closeAll',
    title: 'Close all editors',
    category: 'View',
    when: 'editorOpen',
    menu: ['menubar/file', { group: '9_close', order: 20 }],
    run: ({ editors }) => editors.closeAll(),
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
  {
    id: 'editor.next',
    title: 'Next editor',
    category: 'Go',
    when: 'editorOpen',
    keys: ['ctrl+alt+arrowright'],
    menu: ['menubar/go', { group: '2_editors', order: 10 }],
    run: ({ editors }) => editors.step(1),
  },
  {
    id: 'editor.previous',
    title: 'Previous editor',
    category: 'Go',
    when: 'editorOpen',
    keys: ['ctrl+alt+arrowleft'],
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
    run: async ({ editors, dialogs, documentKinds }) => {
      const items = editors.getState().groups.flatMap((group) =>
        group.tabs.map((tab) => ({
          id: `${group.id} ${tab.key}`,
          label: editors.model(tab.resource)?.state.getState().title ?? tab.resource.name ?? tab.key,
          icon: documentKinds.get(tab.resource.kind)?.icon ?? ('codicon:file' as const),
          value: { group: group.id, key: tab.key },
        })),
      );
      const chosen = await dialogs.pick({ placeholder: 'Open editors', items });
      if (chosen) editors.activate(chosen.group, chosen.key);
    },
  },
  {
    id: 'view.nextPart',
    title: 'Focus next part',
    category: 'View',
    keys: ['f6'],
    run: () => walkParts(1),
  },
  {
    id: 'view.previousPart',
    title: 'Focus previous part',
    category: 'View',
    keys: ['shift+f6'],
    run: () => walkParts(-1),
  },
  {
    id: 'view.focusEditor',
    title: 'Focus editor',
    category: 'View',
    keys: ['escape'],
    keysWhen: '!editorFocus && !inputFocus',
    run: () => focusPart('editor'),
  },
  {
    id: 'view.focusSideBar',
    title: 'Focus side bar',
    category: 'View',
    run: ({ layout }) => {
      layout.set({ sideBar: true, sideBarOverWide: true });
      layout.focus('sideBar' satisfies Part);
    },
  },
  {
    id: 'notifications.show',
    title: 'Show notifications',
    category: 'View',
    icon: 'codicon:bell',
    run: ({ context }) => context.set('notificationCentre', !context.get('notificationCentre')),
  },
  {
    id: 'notifications.clear',
    title: 'Clear notifications',
    category: 'View',
    icon: 'codicon:clear-all',
    run: ({ notifications }) => notifications.clear(),
  },
];

export const frame: Contribution = (platform) => {
  const parts: Disposable[] = [];
  for (const { keys = [], keysWhen, menu, run, ...command } of frameCommands) {
    parts.push(platform.commands.register({ ...command, run: (...args) => run(platform, ...args) }));
    for (const key of keys) {
      parts.push(
        platform.keybindings.register({ key, command: command.id, ...(keysWhen && { when: keysWhen }) }),
      );
    }
    if (menu) parts.push(platform.menus.register(menu[0], { command: command.id, ...menu[1] }));
  }
  for (const [command, group] of [
    ['editor.close', '1_close'],
    ['editor.closeOthers', '1_close'],
    ['editor.closeAll', '1_close'],
  ] as const) {
    parts.push(platform.menus.register('editor/tab', { command, group }));
  }
  return disposeAll(...parts);
};
