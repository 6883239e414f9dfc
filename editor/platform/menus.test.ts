import { expect, it } from 'vitest';
import { createContextKeys } from './context.ts';
import { createMenus } from './menus.ts';

it('groups items by name, orders them, and leaves out what does not hold now', () => {
  const context = createContextKeys();
  const menus = createMenus(context);
  menus.register('menubar/file', { command: 'close', group: '9_close' });
  menus.register('menubar/file', { command: 'saveAll', group: '3_save', order: 20 });
  menus.register('menubar/file', { command: 'save', group: '3_save', order: 10 });
  menus.register('menubar/file', { command: 'deploy', group: '4_more', when: "documentKind == 'workflow'" });

  const commands = () => menus.items('menubar/file').map((group) => group.map((item) => item.command));

  expect(commands()).toEqual([['save', 'saveAll'], ['close']]);
  context.set('documentKind', 'workflow');
  expect(commands()).toEqual([['save', 'saveAll'], ['deploy'], ['close']]);
});

it('takes an item back', () => {
  const menus = createMenus(createContextKeys());
  const item = menus.register('account', { command: 'signOut' });

  item.dispose();

  expect(menus.items('account')).toEqual([]);
});
