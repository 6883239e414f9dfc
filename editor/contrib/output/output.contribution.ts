import { createStore } from 'zustand/vanilla';
import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { OutputChannelChoice, OutputLines } from './views/OutputLines.tsx';

/** What parts of the editor wrote down, by channel. */
export const output: Contribution = (platform) => {
  const shown = createStore<{ channel?: string }>(() => ({}));
  return disposeAll(
    platform.panels.register({
      id: 'output',
      title: 'Output',
      order: 20,
      View: bound(OutputLines, { shown }),
      Actions: bound(OutputChannelChoice, { shown }),
    }),
    platform.commands.register({
      id: 'output.show',
      title: 'Show output',
      category: 'View',
      icon: 'codicon:output',
      run(channel) {
        if (typeof channel === 'string') shown.setState({ channel });
        platform.layout.showPanel('output');
      },
    }),
    platform.keybindings.register({ key: 'ctrl+shift+u', command: 'output.show' }),
    platform.menus.register('menubar/view', { command: 'output.show', group: '4_panels', order: 20 }),
  );
};
