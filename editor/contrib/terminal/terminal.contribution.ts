import { createElement, lazy } from 'react';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Contribution, Platform } from '../../platform/platform.ts';
import type { TerminalFiles } from './documentFiles.ts';
import { registerPaletteCommands } from './paletteCommands.ts';
import type { Terminals } from './terminals.ts';
import { TerminalActions } from './views/TerminalActions.tsx';

/** What is loaded when somebody asks for a terminal. */
export interface TerminalParts {
  terminals: Terminals;
  files: TerminalFiles;
}

/** The commands of the program in the editor: in terminals of the panel, and each in the palette. */
export const terminal: Contribution = (platform) => {
  let loading: Promise<TerminalParts> | undefined;
  let made: Disposable | undefined;
  const load = () => {
    loading ??= loadParts(platform).then((parts) => {
      made = parts.terminals;
      return parts;
    });
    return loading;
  };
  const View = lazy(async () => {
    const [parts, { TerminalPanel }] = await Promise.all([load(), import('./views/TerminalPanel.tsx')]);
    return { default: () => createElement(TerminalPanel, parts) };
  });
  const show = () => {
    // The screen takes the focus itself; the panel's tabs would take it away again.
    platform.layout.showPanel('terminal');
  };
  return disposeAll(
    { dispose: () => made?.dispose() },
    platform.panels.register({
      id: 'terminal',
      title: 'Terminal',
      order: 30,
      View,
      Actions: TerminalActions,
    }),
    platform.settings.register({
      id: 'terminal.fontSize',
      category: 'Terminal',
      title: 'Font size',
      description: 'Size of letters in the terminal.',
      order: 40,
      default: 12,
      minimum: 8,
      maximum: 32,
      unit: 'px',
    }),
    platform.settings.register({
      id: 'terminal.screenReader',
      category: 'Terminal',
      title: 'Screen reader',
      description: 'Lines of the terminal are told to screen readers as they come.',
      order: 41,
      default: false,
    }),
    platform.commands.register({
      id: 'terminal.show',
      title: 'Show terminal',
      category: 'Terminal',
      icon: 'codicon:terminal',
      async run() {
        show();
        (await load()).terminals.active().xterm.focus();
      },
    }),
    platform.commands.register({
      id: 'terminal.new',
      title: 'New terminal',
      category: 'Terminal',
      icon: 'codicon:add',
      async run() {
        show();
        (await load()).terminals.add();
      },
    }),
    platform.commands.register({
      id: 'terminal.clear',
      title: 'Clear terminal',
      category: 'Terminal',
      icon: 'codicon:clear-all',
      run: async () => (await load()).terminals.active().shell.type('\f'),
    }),
    platform.commands.register({
      id: 'terminal.close',
      title: 'Close terminal',
      category: 'Terminal',
      icon: 'codicon:trash',
      async run() {
        const { terminals } = await load();
        const { active } = terminals.getState();
        if (active !== undefined) terminals.close(active);
        if (terminals.getState().open.length === 0) platform.layout.set({ panel: false });
      },
    }),
    platform.commands.register({
      id: 'terminal.run',
      title: 'Run in terminal',
      category: 'Terminal',
      palette: false,
      async run(line) {
        if (typeof line !== 'string') return;
        show();
        (await load()).terminals.active().shell.runLine(line);
      },
    }),
    platform.keybindings.register({ key: 'ctrl+shift+`', command: 'terminal.new' }),
    platform.menus.register('menubar/view', { command: 'terminal.show', group: '4_panels', order: 30 }),
    registerPaletteCommands(platform),
  );
};

async function loadParts(platform: Platform): Promise<TerminalParts> {
  const [{ createTerminals }, { createTerminalFiles }] = await Promise.all([
    import('./terminals.ts'),
    import('./documentFiles.ts'),
  ]);
  const files = createTerminalFiles(platform.api, download);
  return { files, terminals: createTerminals(platform, files, window.location.origin) };
}

/** A file as the browser saves it. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
