import type { UserKeybinding } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { type Commands, createCommands } from './commands.ts';
import { type ContextKeys, createContextKeys } from './context.ts';
import { createKeybindings, type Keybindings, type KeyStroke, keybindingProblem } from './keybindings.ts';

let context: ContextKeys;
let commands: Commands;
let keybindings: Keybindings;
let ran: string[];

beforeEach(() => {
  context = createContextKeys();
  commands = createCommands(context, (error) => {
    throw error;
  });
  keybindings = createKeybindings(context, commands);
  ran = [];
  for (const id of ['save', 'run', 'append', 'theme']) {
    commands.register({ id, title: id, run: (...args) => ran.push([id, ...args].join(' ')) });
  }
});

function press(keys: string, typing = false): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1)!;
  const letter = /^[a-z]$/.test(key);
  const stroke: KeyStroke = {
    key: parts.includes('shift') && letter ? key.toUpperCase() : key,
    code: letter ? `Key${key.toUpperCase()}` : key,
    ctrlKey: parts.includes('ctrl'),
    shiftKey: parts.includes('shift'),
    altKey: parts.includes('alt'),
    metaKey: parts.includes('meta'),
  };
  return keybindings.handle(stroke, typing);
}

it('runs what a key is bound to, modifiers in any order', () => {
  keybindings.register({ key: 'shift+ctrl+s', command: 'save', args: ['all'] });

  expect(press('ctrl+shift+s')).toBe(true);
  expect(press('ctrl+s')).toBe(false);
  expect(ran).toEqual(['save all']);
});

it('takes the command key of a Mac for Ctrl', () => {
  keybindings.register({ key: 'ctrl+s', command: 'save' });

  expect(press('meta+s')).toBe(true);
});

it('asks the when-clause of the binding and of the command', () => {
  keybindings.register({ key: 'F5', command: 'run', when: "documentKind == 'workflow'" });

  expect(press('F5')).toBe(false);
  context.set('documentKind', 'workflow');
  expect(press('F5')).toBe(true);
});

it('lets the latest registration of a key win and gives it back when that is disposed', () => {
  keybindings.register({ key: 'F5', command: 'run' });
  const refined = keybindings.register({ key: 'F5', command: 'save' });

  press('F5');
  refined.dispose();
  press('F5');

  expect(ran).toEqual(['save', 'run']);
});

it('leaves characters to the field one is typing in, but not shortcuts', () => {
  keybindings.register({ key: 'a', command: 'append' });
  keybindings.register({ key: 'ctrl+s', command: 'save' });

  expect(press('a', true)).toBe(false);
  expect(press('ctrl+s', true)).toBe(true);
  expect(press('a', false)).toBe(true);
  expect(ran).toEqual(['save', 'append']);
});

it('waits for the second stroke of a chord', () => {
  keybindings.register({ key: 'ctrl+k ctrl+t', command: 'theme' });

  expect(press('ctrl+k')).toBe(true);
  expect(ran).toEqual([]);
  expect(press('ctrl+t')).toBe(true);
  expect(ran).toEqual(['theme']);
});

it('names the keys of a command as they are drawn', () => {
  keybindings.register({ key: 'ctrl+shift+p', command: 'run' });
  keybindings.register({ key: 'ctrl+k ctrl+t', command: 'theme' });

  expect(keybindings.keysOf('run')).toEqual([['Ctrl', '⇧', 'P']]);
  expect(keybindings.keysOf('theme')).toEqual([
    ['Ctrl', 'K'],
    ['Ctrl', 'T'],
  ]);
  expect(keybindings.keysOf('save')).toEqual([]);
});

function withUser(user: UserKeybinding[], options: { browser?: 'chrome' | 'firefox' } = {}) {
  keybindings = createKeybindings(context, commands, {
    user: { getState: () => user, subscribe: () => () => {} },
    ...options,
  });
}

it('the user’s keys go before those of the editor, which can be taken away', () => {
  withUser([
    { key: 'ctrl+s', command: 'run' },
    { key: 'F5', command: '-run' },
    { key: 'ctrl+', command: 'save' },
  ]);
  keybindings.register({ key: 'ctrl+s', command: 'save' });
  keybindings.register({ key: 'f5', command: 'run' });

  expect([press('ctrl+s'), press('F5')]).toEqual([true, false]);
  expect(ran).toEqual(['run']);
  expect(keybindings.keysOf('run')).toEqual([['Ctrl', 'S']]);
});

it('a command shows a key that the browser lets pages have', () => {
  withUser([], { browser: 'firefox' });
  keybindings.register({ key: 'ctrl+shift+p', command: 'run' });
  keybindings.register({ key: 'ctrl+alt+p', command: 'run' });

  expect(keybindings.keysOf('run')).toEqual([['Ctrl', 'Alt', 'P']]);
  expect(keybindings.keptByBrowser('shift+ctrl+p')).toBe('opens a private window');
});

it('says what is half pressed, and what led nowhere', () => {
  keybindings.register({ key: 'ctrl+k ctrl+t', command: 'theme' });

  press('ctrl+k');
  expect(keybindings.pressed.getState()).toEqual({ keys: [['Ctrl', 'K']], unknown: false });
  press('ctrl+x');
  expect(keybindings.pressed.getState()?.unknown).toBe(true);
  press('ctrl+k');
  press('ctrl+t');
  expect(keybindings.pressed.getState()).toBeUndefined();
  expect(ran).toEqual(['theme']);
});

it.each([
  ['ctrl+k ctrl+s', undefined, undefined],
  ['ctrl', undefined, 'Expected a key after the modifiers, but there is none'],
  ['cmd+s', undefined, 'Expected ctrl, shift or alt before the last key, but got "cmd"'],
  ['a b c', undefined, 'Expected one or two strokes such as ctrl+k ctrl+s, but got "a b c"'],
  ['f5', 'a &&', 'Expected a name in "a &&", but found its end'],
])('what is wrong with %s when %s', (key, when, problem) => {
  expect(keybindingProblem({ key, ...(when !== undefined && { when }) })).toBe(problem);
});
