import { disposeAll } from '../base/disposable.ts';
import { isDrafted } from '../platform/draftedDocument.ts';
import { type Part, sideBarShown } from '../platform/layout.ts';
import type { Contribution, Platform } from '../platform/platform.ts';
import { discardDraft } from '../platform/publishing.ts';
import { keysText } from '../ui/KeyHint.tsx';
import { linkHere } from './address.ts';
import { editorCommands } from './editorCommands.ts';
import { type FrameCommand, registerFrameCommands } from './frameCommand.ts';
import { walkParts } from './parts.ts';

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
    menu: ['menubar/view', { group: '2_parts', order: 25 }],
    run: ({ layout }) => layout.set({ panel: true, panelMaximized: !layout.getState().panelMaximized }),
  },
  {
    id: 'view.zen',
    title: 'Toggle zen mode',
    category: 'View',
    icon: 'codicon:screen-full',
    keys: ['ctrl+k z'],
    menu: ['menubar/view', { group: '2_parts', order: 40 }],
    run({ layout, notifications, keybindings }) {
      const zen = !layout.getState().zen;
      layout.set({ zen });
      layout.focus('editor');
      const keys = keysText(keybindings.keysOf('view.zen'));
      if (zen) notifications.info(`Zen mode: ${keys} brings everything else back.`);
    },
  },
  {
    id: 'view.showOrHide',
    title: 'Show or hide entries of the bars…',
    category: 'View',
    icon: 'codicon:eye',
    menu: ['menubar/view', { group: '2_parts', order: 50 }],
    run: showOrHide,
  },
  {
    id: 'document.copyLink',
    title: 'Copy link to this place',
    category: 'File',
    icon: 'codicon:link',
    when: 'editorOpen',
    keys: ['ctrl+k l'],
    menu: ['menubar/edit', { group: '3_link' }],
    async run(platform) {
      const link = linkHere(platform, window.location);
      if (!link) return;
      await navigator.clipboard.writeText(link);
      platform.notifications.info('The link is in the clipboard.');
    },
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
    run: ({ layout }) => layout.focus('editor'),
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
    id: 'connection.tryNow',
    title: 'Try to reach the server now',
    category: 'View',
    icon: 'codicon:sync',
    run: ({ live }) => live.tryNow(),
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

/** Entries of the activity bar, the panel and the status bar; the chosen one changes sides. */
async function showOrHide({ views, panels, statusItems, layout, dialogs }: Platform): Promise<void> {
  const { hidden } = layout.getState();
  const bars = [
    { section: 'Activity bar', entries: views.containers.getState(), prefix: '' },
    { section: 'Panel', entries: panels.getState(), prefix: '' },
    { section: 'Status bar', entries: statusItems.getState(), prefix: 'status.' },
  ];
  const items = bars.flatMap(({ section, entries, prefix }) =>
    entries.map((entry: { id: string; title?: string }) => ({
      id: prefix + entry.id,
      label: entry.title ?? entry.id,
      icon: hidden.includes(prefix + entry.id) ? ('codicon:eye-closed' as const) : ('codicon:eye' as const),
      description: hidden.includes(prefix + entry.id) ? 'hidden' : '',
      section,
      value: prefix + entry.id,
    })),
  );
  const chosen = await dialogs.pick({ placeholder: 'Show or hide', items });
  if (chosen) layout.toggleHidden(chosen);
}

export const frame: Contribution = (platform) =>
  disposeAll(registerFrameCommands(platform, frameCommands), registerFrameCommands(platform, editorCommands));
