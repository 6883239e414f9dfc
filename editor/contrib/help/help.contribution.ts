import { createStore } from 'zustand/vanilla';
import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { type HelpPlace, helpPlace } from './helpPlace.ts';
import { topics } from './topics.ts';
import { HelpPanel } from './views/HelpPanel.tsx';

/** F1: what the place is for where one is, and what one can do there. */
export const help: Contribution = (platform) => {
  const store = createStore<HelpPlace>(() => ({ ids: ['editor'] }));
  return disposeAll(
    ...topics.map((topic) => platform.help.register(topic)),
    platform.panels.register({ id: 'help', title: 'Help', order: 90, View: bound(HelpPanel, { store }) }),
    platform.commands.register({
      id: 'help.show',
      title: 'Help for this place',
      category: 'Help',
      icon: 'codicon:question',
      run() {
        store.setState(helpPlace(platform, document.activeElement), true);
        platform.layout.showPanel('help');
      },
    }),
    platform.keybindings.register({ key: 'f1', command: 'help.show' }),
    platform.menus.register('menubar/help', { command: 'help.show', group: '1_help', order: 10 }),
    platform.menus.register('menubar/help', {
      command: 'view.commandPalette',
      title: 'All commands',
      group: '1_help',
      order: 30,
    }),
  );
};
