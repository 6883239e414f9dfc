import { commands, complete, paintFor, runCommand } from '@baton/gateway/commands';
import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal as Xterm } from '@xterm/xterm';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Platform } from '../../platform/platform.ts';
import { openAddress } from '../../workbench/address.ts';
import type { TerminalFiles } from './documentFiles.ts';
import { editorContext } from './editorContext.ts';
import { createHistory } from './history.ts';
import { createShell, type Shell } from './shell.ts';

/** One terminal: its screen lives as long as it does, wherever it is shown. */
export interface OpenTerminal {
  id: number;
  name: string;
  xterm: Xterm;
  shell: Shell;
  fit(): void;
  dispose(): void;
}

export interface TerminalsState {
  open: readonly OpenTerminal[];
  active: number | undefined;
}

export interface Terminals extends Readable<TerminalsState>, Disposable {
  add(): OpenTerminal;
  close(id: number): void;
  choose(id: number): void;
  /** The one in front; a new one where there is none. */
  active(): OpenTerminal;
}

/** Names of settings of the terminal. */
export const terminalSettings = {
  fontSize: 'terminal.fontSize',
  screenReader: 'terminal.screenReader',
} as const;

function themeOf({ themes }: Platform): ITheme {
  const token = (name: string) => themes.token(name).trim();
  const background = token('--vscode-panel-background');
  const strong = token('--baton-foreground-strong');
  const muted = token('--vscode-descriptionForeground');
  const [red, green, yellow, blue] = ['incident', 'completed', 'waiting', 'running'].map((name) =>
    token(`--baton-${name}`),
  );
  const [magenta, cyan] = ['agent', 'tool'].map((name) => token(`--baton-${name}`));
  const colours = { red, green, yellow, blue, magenta, cyan };
  const bright = Object.fromEntries(
    Object.entries(colours).map(([name, colour]) => [
      `bright${name[0]?.toUpperCase()}${name.slice(1)}`,
      colour,
    ]),
  );
  return Object.fromEntries(
    Object.entries({
      background,
      foreground: token('--vscode-foreground'),
      cursor: strong,
      cursorAccent: background,
      selectionBackground: token('--vscode-editor-selectionBackground'),
      black: muted,
      brightBlack: muted,
      white: token('--vscode-foreground'),
      brightWhite: strong,
      ...colours,
      ...bright,
    }).filter(([, colour]) => colour),
  );
}

/** Terminals of the editor, each with the commands of the program. */
export function createTerminals(platform: Platform, files: TerminalFiles, origin: string): Terminals {
  const { settings, themes, me } = platform;
  const store = createStore<TerminalsState>(() => ({ open: [], active: undefined }));
  const history = createHistory(platform.storage);
  const paint = paintFor((hash) => `${origin}/${hash}`);
  let count = 0;

  /** Parts of the product open in the editor, other addresses in a window of their own. */
  const activate = (_event: MouseEvent, address: string) => {
    if (address.startsWith(`${origin}/#`)) openAddress(platform, address.slice(origin.length + 1));
    else if (/^https?:/.test(address)) window.open(address, '_blank', 'noopener');
  };

  function add(): OpenTerminal {
    count += 1;
    const xterm = new Xterm({
      fontFamily: '"JetBrains Mono Variable", monospace',
      fontSize: Number(settings.value(terminalSettings.fontSize) ?? 12),
      lineHeight: 1.3,
      cursorBlink: false,
      cursorStyle: 'bar',
      cursorWidth: 2,
      scrollback: 5_000,
      minimumContrastRatio: 4.5,
      screenReaderMode: settings.value(terminalSettings.screenReader) === true,
      theme: themeOf(platform),
      linkHandler: { activate, allowNonHttpProtocols: false },
      allowProposedApi: false,
    });
    const fitted = new FitAddon();
    xterm.loadAddon(fitted);
    // Pastes come marked, so that lines in them are not run one by one.
    xterm.write('\u001b[?2004h');
    const shell = createShell({
      screen: {
        write: (text) => xterm.write(text),
        clear: () => xterm.write('\u001b[2J\u001b[3J\u001b[H'),
        get columns() {
          return xterm.cols;
        },
      },
      history,
      prompt: `${paint.good(me.user.username)}${paint.faint('@')}${me.tenant.id} $ `,
      greeting:
        count === 1
          ? [
              paint.faint(
                'Commands of baton, as you. help lists them, Tab completes, Ctrl+R searches what was run.',
              ),
            ]
          : [],
      async run(words, { line, input, signal }) {
        const context = editorContext(platform, files, origin, {
          data: line,
          say: line,
          paint,
          input,
          signal,
        });
        try {
          await runCommand({ commands, words, context });
        } catch (error) {
          line(paint.bad(error instanceof Error ? error.message : String(error)));
        }
      },
      complete: (before, current) => complete(commands, before, current, { api: platform.api, files }),
    });
    const id = count;
    const opened: OpenTerminal = {
      id,
      name: `baton ${id}`,
      xterm,
      shell,
      fit: () => fitted.fit(),
      dispose: () => xterm.dispose(),
    };
    xterm.onData((data) => shell.type(data));
    xterm.onResize(() => shell.resized());
    store.setState(({ open }) => ({ open: [...open, opened], active: id }));
    return opened;
  }

  const followed = [
    themes.subscribe(() => {
      for (const { xterm } of store.getState().open) xterm.options.theme = themeOf(platform);
    }),
    settings.values.subscribe(() => {
      for (const { xterm, fit } of store.getState().open) {
        xterm.options.fontSize = Number(settings.value(terminalSettings.fontSize) ?? 12);
        xterm.options.screenReaderMode = settings.value(terminalSettings.screenReader) === true;
        fit();
      }
    }),
  ];

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    add,
    active() {
      const { open, active } = store.getState();
      return open.find(({ id }) => id === active) ?? add();
    },
    choose: (id) => store.setState({ active: id }),
    close(id) {
      const { open, active } = store.getState();
      const at = open.findIndex((one) => one.id === id);
      open[at]?.dispose();
      const left = open.filter((one) => one.id !== id);
      store.setState({
        open: left,
        active: active === id ? left[Math.min(at, left.length - 1)]?.id : active,
      });
    },
    dispose() {
      disposeAll(...followed.map((dispose) => ({ dispose })), ...store.getState().open).dispose();
    },
  };
}
