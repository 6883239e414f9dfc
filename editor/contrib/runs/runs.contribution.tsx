import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import type { AgentRunDocument } from './agentRunDocument.ts';
import type { ForkDocument } from './forkDocument.ts';
import { replayed } from './replayResults.ts';
import { createReplays } from './replays.ts';
import type { RunDocument } from './runDocument.ts';
import { createRuns } from './runsStore.ts';
import { RunPanel } from './views/RunPanel.tsx';
import { RunsActions, RunsList } from './views/RunsList.tsx';

const RunEditor = lazy(() =>
  import('./views/RunEditor.tsx').then((module) => ({ default: module.RunEditor })),
);
const AgentRunEditor = lazy(() =>
  import('./views/AgentRunEditor.tsx').then((module) => ({ default: module.AgentRunEditor })),
);
const ForkEditor = lazy(() =>
  import('./views/ForkEditor.tsx').then((module) => ({ default: module.ForkEditor })),
);
const inRun = "documentKind == 'run'";
const inAgentRun = "documentKind == 'agentRun'";

/** Runs: the list, one run with its diagram, and the panel of the latest. */
export const runsContribution: Contribution = (platform) => {
  const runs = createRuns(platform);
  const replays = createReplays(platform);
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
        EditorPane: (props) => <RunEditor {...props} replays={replays} />,
        wide: true,
      }),
    ),
    platform.documentKinds.register(
      documentKind<AgentRunDocument>({
        kind: 'agentRun',
        label: 'Run of an agent',
        icon: 'runs',
        folder: 'runs',
        open: async (resource) =>
          (await import('./agentRunDocument.ts')).openAgentRunDocument(platform, resource),
        EditorPane: (props) => <AgentRunEditor {...props} replays={replays} />,
      }),
    ),
    platform.documentKinds.register(
      documentKind<ForkDocument>({
        kind: 'fork',
        label: 'Fork',
        icon: 'codicon:repo-forked',
        folder: 'runs',
        open: async (resource) => (await import('./forkDocument.ts')).openForkDocument(platform, resource),
        EditorPane: ForkEditor,
        wide: true,
      }),
    ),
    platform.commands.register({
      id: 'runs.fork',
      title: 'Fork from a loop…',
      category: 'Run',
      icon: 'codicon:repo-forked',
      when: 'permission:agents:run && permission:agents:read',
      async run(id?: unknown, loop?: unknown) {
        const recording = typeof id === 'string' ? id : await recordingInFront();
        if (!recording) return;
        const from = typeof loop === 'number' ? loop : 1;
        await platform.editors.open({ kind: 'fork', id: `${recording}.${from}` });
      },
    }),
    platform.commands.register({
      id: 'runs.runFork',
      title: 'Run fork',
      category: 'Run',
      when: "documentKind == 'fork' && permission:agents:run",
      run: () => (platform.editors.active.getState() as ForkDocument | undefined)?.run(),
    }),
    platform.keybindings.register({
      key: 'ctrl+enter',
      command: 'runs.runFork',
      when: "documentKind == 'fork'",
    }),
    platform.commands.register({
      id: 'runs.openAgentRun',
      title: 'Open a run of an agent',
      category: 'Run',
      when: 'permission:agents:read',
      palette: false,
      run: (id) => platform.editors.open({ kind: 'agentRun', id: String(id) }),
    }),
    platform.commands.register({
      id: 'runs.replay',
      title: 'Replay from the record',
      category: 'Run',
      icon: 'codicon:debug-rerun',
      when: 'permission:agents:read',
      async run(id?: unknown) {
        const recording = typeof id === 'string' ? id : await recordingInFront();
        if (recording) await replayed(platform, replays, recording);
      },
    }),
    platform.commands.register({
      id: 'runs.retry',
      title: 'Retry the incident of this run',
      category: 'Run',
      when: `${inRun} && permission:incidents:resolve`,
      async run() {
        const document = active();
        const open = document?.view.getState().incidents.find(({ state }) => state === 'ACTIVE');
        if (document && open) await document.retry(open);
      },
    }),
    platform.commands.register({
      id: 'runs.grant',
      title: 'Grant more to the agent that reached a limit',
      category: 'Run',
      when: `(${inRun} || ${inAgentRun}) && permission:incidents:resolve`,
      run: () => document.querySelector<HTMLElement>('.grantform [data-first] input')?.focus(),
    }),
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
    platform.menus.register('menubar/run', {
      command: 'runs.fork',
      group: '3_this',
      when: `${inRun} || ${inAgentRun}`,
    }),
    platform.menus.register('menubar/run', {
      command: 'runs.replay',
      group: '3_this',
      when: `${inRun} || ${inAgentRun}`,
    }),
    platform.menus.register('editor/title', { command: 'runs.refresh', group: 'navigation', when: inRun }),
  );

  /** The recorded run of an agent that is in front; of several in one process, the one that is chosen. */
  async function recordingInFront(): Promise<string | undefined> {
    const front = platform.editors.active.getState();
    if (front?.resource.kind === 'agentRun') return front.resource.id;
    if (front?.resource.kind !== 'run') return undefined;
    const { calls = [], elements } = (front as RunDocument).view.getState();
    const agents = new Map(
      calls
        .filter(({ kind }) => kind === 'model')
        .map(({ elementInstanceKey, name, elementId }) => [elementInstanceKey, { name, elementId }]),
    );
    if (agents.size <= 1) return [...agents.keys()][0];
    return platform.dialogs.pick({
      placeholder: 'Agent of this run',
      items: [...agents].map(([key, { name, elementId }]) => ({
        id: key,
        label: name,
        description: elements.find((element) => element.key === key)?.elementName || elementId,
        icon: 'agent' as const,
        kind: 'agent' as const,
        value: key,
      })),
    });
  }

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
