import { expect, it } from 'vitest';
import { effectiveKeybindings } from '../../platform/keybindings.ts';
import { reset, withKey, withoutKey } from './keyChanges.ts';
import { conflictsOf, keyRows, matchingRows } from './keyRows.ts';

const commands = [
  { id: 'save', title: 'Save', category: 'File', run() {} },
  { id: 'run', title: 'Run', run() {} },
  { id: 'theme', title: 'Choose theme…', category: 'View', run() {} },
];
const defaults = [
  { key: 'ctrl+s', command: 'save' },
  { key: 'f5', command: 'run', when: "documentKind == 'workflow'" },
  { key: 'f5', command: 'theme', when: "documentKind == 'tool'" },
];
const rows = keyRows(commands, defaults);
const row = (command: string) => rows.find((each) => each.command === command)!;
const found = (text: string) => matchingRows(rows, text, (key) => key).map(({ command }) => command);

it('finds commands by their words, their keys and where they hold', () => {
  expect(found('file save')).toEqual(['save']);
  expect(found('ctrl+s')).toEqual(['save']);
  expect(found('"f5"')).toEqual(['run', 'theme']);
  expect(found('tool')).toEqual(['theme']);
});

it('names who else has a key, unless it is for another moment', () => {
  const taking = (key: string, when?: string) =>
    conflictsOf({ key, command: 'theme', when }, rows).map(({ command }) => command);
  expect(taking('ctrl+s')).toEqual(['save']);
  expect(taking('ctrl+s ctrl+x')).toEqual(['save']);
  expect(taking('f5', "documentKind == 'tool'")).toEqual([]);
  expect(taking('f5')).toEqual(['run']);
});

it('a key is moved, taken away and given back', () => {
  const moved = withKey([], row('save'), 'shift+ctrl+x');
  const effective = (user: typeof moved) =>
    effectiveKeybindings(defaults, user)
      .filter(({ command }) => command === 'save')
      .map(({ key }) => key);
  expect(effective(moved)).toEqual(['ctrl+shift+x']);
  const mine = keyRows(commands, effectiveKeybindings(defaults, moved)).find(
    (each) => each.source === 'user',
  )!;
  expect(effective(withoutKey(moved, mine))).toEqual([]);
  expect(effective(reset(moved, 'save'))).toEqual(['ctrl+s']);
});
