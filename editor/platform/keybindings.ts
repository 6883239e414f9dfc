import type { UserKeybinding } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { Commands } from './commands.ts';
import type { ContextKeys } from './context.ts';
import type { Timers } from './host.ts';
import { type Browser, reservedFor } from './reservedKeys.ts';
import { whenHolds, whenProblem } from './when.ts';

export interface Keybinding {
  /** `ctrl+shift+p`, `f5`, or two strokes: `ctrl+k ctrl+s`. On a Mac `ctrl` is ⌘. */
  key: string;
  command: string;
  args?: readonly unknown[];
  when?: string;
  /** Shown in menus and the palette before others of the same command. */
  shown?: boolean;
  /** Set by the user; the others come with the editor. */
  user?: boolean;
}

/** Strokes of a longer key which are pressed already, or which led nowhere. */
export interface PressedKeys {
  keys: readonly (readonly string[])[];
  /** No command has this key. */
  unknown: boolean;
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
  /**
   * Keys of a command as labels, `[['Ctrl', '⇧', 'P']]`; one entry per stroke, empty if it has none. The user's own come
   * first, and keys which the browser keeps for itself last.
   */
  keysOf(command: string): readonly (readonly string[])[];
  /** A key as labels of this machine. */
  labelsOf(key: string): readonly (readonly string[])[];
  /** What is half pressed; the status bar shows it. */
  readonly pressed: Readable<PressedKeys | undefined>;
  /** Those which come with the editor, whatever the user changed. */
  readonly defaults: Readable<readonly Keybinding[]>;
  /** While it is held no key runs anything: keys are being recorded. */
  pause(): Disposable;
  /** What the browser does itself on a key, so that no page gets it: `opens a tab`. */
  keptByBrowser(key: string): string | undefined;
}

export interface KeybindingOptions {
  /** The user's own; one with `-` before its command takes the key away. The later of two wins. */
  user?: Readable<readonly UserKeybinding[]>;
  browser?: Browser | undefined;
  /** ⌘ and ⌥ instead of Ctrl and Alt. */
  mac?: boolean;
  timers?: Timers;
}

/** ms for which half a key, or one that led nowhere, is shown. */
const pressedFor = 5_000;

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

const macLabels: Record<string, string> = { ctrl: '⌘', alt: '⌥' };

export function keyLabels(key: string, mac = false): readonly (readonly string[])[] {
  return normalizeKey(key)
    .split(' ')
    .map((stroke) =>
      (stroke === '+' ? ['+'] : stroke.split('+')).map(
        (part) => (mac && macLabels[part]) || (labels[part] ?? part.charAt(0).toUpperCase() + part.slice(1)),
      ),
    );
}

/** Strokes which belong to the field one is typing in: characters and what edits or moves the caret. */
function belongsToField(stroke: KeyStroke): boolean {
  if (/^F\d+$/.test(stroke.key) || stroke.key === 'Escape') return false;
  return !stroke.ctrlKey && !stroke.metaKey && !stroke.altKey;
}

/** A user's key may be anything; one that cannot be read has no effect, and its editor says why. */
export function keybindingProblem({ key, when }: Pick<UserKeybinding, 'key' | 'when'>): string | undefined {
  const strokes = key.trim().split(/ +/);
  if (key.trim() === '' || strokes.length > 2)
    return `Expected one or two strokes such as ctrl+k ctrl+s, but got "${key}"`;
  for (const stroke of strokes) {
    const parts = stroke.toLowerCase().split('+');
    const main = parts.pop();
    const odd = parts.find((part) => !(modifiers as readonly string[]).includes(part));
    if (odd !== undefined) return `Expected ctrl, shift or alt before the last key, but got "${odd}"`;
    if (!main || (modifiers as readonly string[]).includes(main))
      return `Expected a key after ${parts.join('+') || 'the modifiers'}, but there is none`;
  }
  return when === undefined ? undefined : whenProblem(when);
}

/** Keys that come with the editor without those the user took away, then the user's own. */
export function effectiveKeybindings(
  defaults: readonly Keybinding[],
  user: readonly UserKeybinding[],
): readonly Keybinding[] {
  let result: readonly Keybinding[] = defaults;
  for (const entry of user) {
    if (keybindingProblem(entry)) continue;
    const key = normalizeKey(entry.key);
    if (entry.command.startsWith('-')) {
      const command = entry.command.slice(1);
      result = result.filter((binding) => binding.command !== command || binding.key !== key);
    } else {
      const { command, when, args } = entry;
      result = [...result, { key, command, ...(when && { when }), ...(args && { args }), user: true }];
    }
  }
  return result;
}

function grouped(bindings: readonly Keybinding[], by: (binding: Keybinding) => string) {
  const groups = new Map<string, Keybinding[]>();
  for (const binding of bindings) {
    const name = by(binding);
    const group = groups.get(name);
    if (group) group.push(binding);
    else groups.set(name, [binding]);
  }
  return groups as ReadonlyMap<string, readonly Keybinding[]>;
}

export function createKeybindings(
  context: ContextKeys,
  commands: Commands,
  { user, browser, mac = false, timers }: KeybindingOptions = {},
): Keybindings {
  const defaults = createStore<readonly Keybinding[]>(() => []);
  const store = createStore<readonly Keybinding[]>(() => []);
  const pressed = createStore<{ keys: PressedKeys | undefined }>(() => ({ keys: undefined }));
  /** By first stroke: most strokes are no key of ours, and each letter typed asks. */
  let byStroke: ReadonlyMap<string, readonly Keybinding[]> = new Map();
  let byCommand = byStroke;
  const publish = () => {
    const all = effectiveKeybindings(defaults.getState(), user?.getState() ?? []);
    byStroke = grouped(all, ({ key }) => key.split(' ')[0]!);
    byCommand = grouped(all, ({ command }) => command);
    store.setState(all, true);
  };
  defaults.subscribe(publish);
  user?.subscribe(publish);
  publish();

  let pauses = 0;
  let firstStroke: string | undefined;
  let fading: Disposable | undefined;
  const show = (keys: PressedKeys | undefined) => {
    fading?.dispose();
    if (keys || pressed.getState().keys) pressed.setState({ keys });
    if (keys)
      fading = timers?.after(pressedFor, () => {
        firstStroke = undefined;
        pressed.setState({ keys: undefined });
      });
  };
  const labelsOf = (key: string) => keyLabels(key, mac);
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    defaults,
    pressed: { getState: () => pressed.getState().keys, subscribe: pressed.subscribe },
    labelsOf,
    keptByBrowser: (key) => reservedFor(normalizeKey(key), browser)?.does,
    register(binding) {
      const own = { ...binding, key: normalizeKey(binding.key) };
      defaults.setState([...defaults.getState(), own], true);
      return disposable(() =>
        defaults.setState(
          defaults.getState().filter((other) => other !== own),
          true,
        ),
      );
    },
    pause() {
      pauses++;
      return disposable(() => {
        pauses--;
      });
    },
    handle(stroke, typing) {
      if (pauses > 0) return false;
      if (['Control', 'Shift', 'Alt', 'Meta'].includes(stroke.key)) return false;
      if (typing && firstStroke === undefined && belongsToField(stroke)) return false;
      const name = strokeName(stroke);
      const before = firstStroke;
      const key = before === undefined ? name : `${before} ${name}`;
      firstStroke = undefined;
      const candidates = (byStroke.get(before ?? name) ?? []).filter(
        (binding) =>
          (binding.key === key || binding.key.startsWith(`${key} `)) &&
          whenHolds(binding.when, context) &&
          commands.enabled(binding.command),
      );
      // The latest wins: a contribution may refine what the frame binds, and the user both.
      const match = candidates.findLast((binding) => binding.key === key);
      if (match) {
        show(undefined);
        void commands.run(match.command, ...(match.args ?? []));
        return true;
      }
      if (candidates.length > 0) {
        firstStroke = key;
        show({ keys: labelsOf(key), unknown: false });
        return true;
      }
      show(before === undefined || name === 'escape' ? undefined : { keys: labelsOf(key), unknown: true });
      return before !== undefined;
    },
    keysOf(command) {
      const own = byCommand.get(command) ?? [];
      const reachable = own.filter(({ key }) => !reservedFor(key, browser));
      const binding =
        reachable.findLast((candidate) => candidate.user) ??
        reachable.find((candidate) => candidate.shown) ??
        reachable[0] ??
        own[0];
      return binding ? labelsOf(binding.key) : [];
    },
  };
}
