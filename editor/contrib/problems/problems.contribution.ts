import { createStore } from 'zustand/vanilla';
import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';
import type { StatusContent } from '../../platform/statusItems.ts';
import { bound } from '../../workbench/bound.ts';
import { ProblemsFilter, ProblemsList } from './views/ProblemsList.tsx';

/** Every problem of every open document, one click from its place. */
export const problems: Contribution = (platform) => {
  const filter = createStore<{ text: string }>(() => ({ text: '' }));
  const counts = createStore(() => platform.problems.counts());
  const status = createStore<StatusContent>(() => statusOf(platform.problems.counts()));
  const stop = platform.problems.subscribe(() => {
    counts.setState(platform.problems.counts(), true);
    status.setState(statusOf(platform.problems.counts()), true);
  });
  return disposeAll(
    { dispose: stop },
    platform.panels.register({
      id: 'problems',
      title: 'Problems',
      order: 10,
      badge: {
        subscribe: counts.subscribe,
        getState: () => Object.values(counts.getState()).reduce((a, b) => a + b, 0),
      },
      View: bound(ProblemsList, { filter }),
      Actions: bound(ProblemsFilter, { filter }),
    }),
    platform.commands.register({
      id: 'problems.show',
      title: 'Show problems',
      category: 'View',
      icon: 'codicon:warning',
      run() {
        platform.layout.showPanel('problems');
        platform.layout.focus('panel');
      },
    }),
    platform.keybindings.register({ key: 'ctrl+shift+m', command: 'problems.show' }),
    platform.menus.register('menubar/view', { command: 'problems.show', group: '4_panels', order: 10 }),
    platform.statusItems.register({
      id: 'problems',
      side: 'left',
      order: 30,
      essential: true,
      command: 'problems.show',
      content: status,
    }),
  );
};

function statusOf({ error, warning, info }: Record<'error' | 'warning' | 'info', number>): StatusContent {
  return {
    text: '',
    counts: [
      { icon: 'codicon:error', count: error },
      { icon: 'codicon:warning', count: warning },
      { icon: 'codicon:info', count: info },
    ],
    label: `Problems: ${error} errors, ${warning} warnings, ${info} hints`,
    tooltip: 'Problems',
  };
}
