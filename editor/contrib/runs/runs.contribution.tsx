import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import type { RunDocument } from './runDocument.ts';
import { createRuns } from './runsStore.ts';
import { RunPanel } from './views/RunPanel.tsx';
import { RunsActions, RunsList } from './views/RunsList.tsx';

const RunEditor = lazy(() =>
  import('./views/RunEditor.tsx').then((module) => ({ default: module.RunEditor })),
);
const inRun = "documentKind == 'run'";

/** Runs: the list, one run with its diagram, and the panel of the latest. */
export const runsContribution: Contribution = (platform) => {
  const runs = createRuns(platform);
  const active = () => platform.editors.active.getState() as RunDocument | undefined;
  return disposeAll(
    runs,
    platform.views.registerContainer({
      id: 'runs',
      title: 'Runs',
      icon: 'runs',
      order: 80,
      badge: runs.incidents,
      when: 'permission:instances:read',
    }),
    platform.views.register({
      id: 'runs.list',
      container: 'runs',
      title: 'Runs',
      View: () => <RunsList runs={runs} />,
      Actions: () => <RunsActions runs={runs} />,
    }),
    platform.panels.register({ id: 'run', title: 'Run', order: 40, View: () => <RunPanel runs={runs} /> }),
    platform.documentKinds.register(
      documentKind<RunDocument>({
        kind: 'run',
        label: 'Run',
        icon: 'runs',
        folder: 'runs',
        title: (resource) => `Run …${resource.id.slice(-5)}`,
        async open(resource) {
          const [{ createDiagramViewer }, { openRunDocument }] = await Promise.all([
            import('../../ui/diagram/viewer.ts'),
            import('./runDocument.ts'),
          ]);
          const viewer = createDiagramViewer();
          const opened = await openRunDocument(platform, resource, viewer);
          if (!opened.ok) viewer.dispose();
          return opened;
        },
        EditorPane: RunEditor,
        wide: true,
      }),
    ),
    platform.commands.register({
      id: 'runs.show',
      title: 'Show runs',
      category: 'View',
      icon: 'runs',
      run: () => platform.layout.showContainer('runs'),
    }),
    platform.commands.register({
      id: 'runs.open',
      title: 'Open run…',
      category: 'Run',
      async run(key?: unknown) {
        const id = typeof key === 'string' ? key : await pickRun();
        if (id) await platform.editors.open({ kind: 'run', id });
      },
    }),
    platform.commands.register({
      id: 'runs.refresh',
      title: 'Refresh run',
      category: 'Run',
      icon: 'codicon:refresh',
      when: inRun,
      run: () => active()?.refresh(),
    }),
    platform.commands.register({
      id: 'runs.cancel',
      title: 'Cancel run…',
      category: 'Run',
      when: `${inRun} && permission:instances:cancel`,
      run: () => active()?.cancel(),
    }),
    platform.menus.register('menubar/run', { command: 'runs.show', group: '2_runs' }),
    platform.menus.register('menubar/run', { command: 'runs.cancel', group: '3_this' }),
    platform.menus.register('editor/title', { command: 'runs.refresh', group: 'navigation', when: inRun }),
  );

  function pickRun() {
    return platform.dialogs.pick({
      placeholder: 'Run to open',
      items: (runs.getState().items ?? []).map((run) => ({
        id: run.key,
        label: run.processName || run.bpmnProcessId,
        description: run.key,
        icon: 'runs' as const,
        value: run.key,
      })),
    });
  }
};
