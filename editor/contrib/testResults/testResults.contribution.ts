import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';
import { TestResultsActions, TestResultsView } from './views/TestResultsView.tsx';

/** What tests came to: samples of tools and recordings done over, with the way to each and to run them again. */
export const testResults: Contribution = (platform) => {
  const { commands, layout, menus, panels, testResults: results } = platform;
  return disposeAll(
    panels.register({
      id: 'testResults',
      title: 'Test results',
      order: 50,
      badge: { subscribe: results.subscribe, getState: () => results.failed().length },
      View: TestResultsView,
      Actions: TestResultsActions,
    }),
    commands.register({
      id: 'testResults.show',
      title: 'Show test results',
      category: 'View',
      icon: 'codicon:beaker',
      run() {
        layout.showPanel('testResults');
        layout.focus('panel');
      },
    }),
    menus.register('menubar/view', { command: 'testResults.show', group: '4_panels', order: 50 }),
    commands.register({
      id: 'testResults.rerunAll',
      title: 'Run all tests again',
      category: 'Test',
      icon: 'codicon:run-all',
      run() {
        for (const run of results.getState()) run.rerun();
      },
    }),
    commands.register({
      id: 'testResults.rerunFailed',
      title: 'Run failed tests again',
      category: 'Test',
      icon: 'codicon:debug-rerun',
      run() {
        for (const run of results.failed()) run.rerun();
      },
    }),
    commands.register({
      id: 'testResults.clear',
      title: 'Clear test results',
      category: 'Test',
      icon: 'codicon:clear-all',
      run: results.clear,
    }),
  );
};
