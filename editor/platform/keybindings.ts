import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { Commands } from './commands.ts';
import type { ContextKeys } from './context.ts';
import { whenHolds } from './when.ts';

export interface Keybinding {
  /** `ctrl+shift+p`, `f5`, or two strokes: `ctrl+k ctrl+s`. On a Mac `ctrl` is ⌘. */
  key: string;
  command: string;
  args?: readonly unknown[];
  when?: string;
  /** Shown in menus and the palette before others of the same command. */
  shown?: boolean;
}

/** The parts of a key event that matter. */
export interface KeyStroke {
  key: string;
  code: string;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

export interface Keybindings extends Readable<readonly Keybinding[]> {
  register(binding: Keybinding): Disposable;
  /** Runs what the stroke is bound to now. True: it was ours, keep the browser from acting on it. */
  handle(stroke: KeyStroke, typing: boolean): boolean;
  /** Keys of a command as labels, `[['Ctrl', '⇧', 'P']]`; one entry per stroke, empty if it has none. */
  keysOf(command: string): readonly (readonly string[])[];
}

const modifiers = ['ctrl', 'shift', 'alt'] as const;
const byCode: Record<string, string> = {
  Backquote: '`',
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Space: 'space',
};

/** `ctrl+shift+p` for a key event; letters and signs by their place on the keyboard, so that layouts do not matter. */
export function strokeName(event: KeyStroke): string {
  const key = /^Key[A-Z]$/.test(event.code)
    ? event.code.slice(3).toLowerCase()
    : /^Digit\d$/.test(event.code)
      ? event.code.slice(5)
      : (byCode[event.code] ?? event.key.toLowerCase());
  const held = [(event.ctrlKey || event.metaKey) && 'ctrl', event.shiftKey && 'shift', event.altKey && 'alt'];
  return [...held.filter(Boolean), key].join('+');
}

/** Puts modifiers in one order, so that `shift+ctrl+p` and `ctrl+shift+p` are the same. */
export function normalizeKey(key: string): string {
  return key
    .toLowerCase()
    .split(' ')
    .map((stroke) => {
      const parts = stroke === '+' ? ['+'] : stroke.split('+');
      const main = parts.at(-1)!;
      return [...modifiers.filter((modifier) => parts.includes(modifier)), main].join('+');
    })
    .join(' ');
}

const labels: Record<string, string> = {
  ctrl: 'Ctrl',
  shift: '⇧',
  alt: 'Alt',
  escape: 'Esc',
  delete: 'Del',
  enter: '↵',
  tab: 'Tab',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  space: 'Space',
};

export function keyLabels(key: string): readonly (readonly string[])[] {
  return normalizeKey(key)
    .split(' ')
    .map((stroke) =>
      stroke.split('+').map((part) => labels[part] ?? part.charAt(0).toUpperCase() + part.slice(1)),
    );
}

/** Strokes which belong to the field one is typing in: characters and what edits or moves the caret. */
function belongsToField(stroke: KeyStroke): boolean {
  if (/^F\d+$/.test(stroke.key) || stroke.key === 'Escape') return false;
  return !stroke.ctrlKey && !stroke.metaKey && !stroke.altKey;
}

export function createKeybindings(context: ContextKeys, commands: Commands): Keybindings {
  const store = createStore<{ bindings: readonly Keybinding[] }>(() => ({ bindings: [] }));
  let firstStroke: string | undefined;
  const applicable = () =>
    store
      .getState()
      .bindings.filter((binding) => whenHolds(binding.when, context) && commands.enabled(binding.command));
  return {
    getState: () => store.getState().bindings,
    subscribe: store.subscribe,
    register(binding) {
      const own = { ...binding, key: normalizeKey(binding.key) };
      store.setState({ bindings: [...store.getState().bindings, own] });
      return disposable(() =>
        store.setState({ bindings: store.getState().bindings.filter((other) => other !== own) }),
      );
    },
    handle(stroke, typing) {
      if (['Control', 'Shift', 'Alt', 'Meta'].includes(stroke.key)) return false;
      if (typing && firstStroke === undefined && belongsToField(stroke)) return false;
      const pressed = firstStroke === undefined ? strokeName(stroke) : `${firstStroke} ${strokeName(stroke)}`;
      const second = firstStroke !== undefined;
      firstStroke = undefined;
      const candidates = applicable();
      // The latest registration wins, as a contribution may refine what the frame binds.
      const match = candidates.findLast((binding) => binding.key === pressed);
      if (match) {
        void commands.run(match.command, ...(match.args ?? []));
        return true;
      }
      if (candidates.some((binding) => binding.key.startsWith(`${pressed} `))) {
        firstStroke = pressed;
        return true;
      }
      return second;
    },
    keysOf(command) {
      const own = store.getState().bindings.filter((binding) => binding.command === command);
      const binding = own.find((candidate) => candidate.shown) ?? own[0];
      return binding ? keyLabels(binding.key) : [];
    },
  };
}
