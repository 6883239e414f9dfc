import { ok } from '@baton/engine/protocol';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { createFirstSteps, exampleOf } from './firstSteps.ts';
import { WelcomePage } from './views/WelcomePage.tsx';

const page = { kind: 'welcome', id: 'welcome' };
export const showSetting = 'welcome.show';
/** Kept per user: the first visit opens a workflow to look at, later ones do not. */
const visitedKey = 'welcome.visited';

/** The page one starts from: what to do first, one example that runs, and what was changed last. */
export const welcome: Contribution = (platform) => {
  const { editors, settings, commands, menus, documentKinds, lifecycle, storage } = platform;
  const steps = createFirstSteps(platform);
  const stopWaiting: Disposable[] = [];
  const atWelcome = () => editors.activeResource()?.kind === page.kind;

  /** The example if the tenant has it, else its oldest workflow; not in front of what the user opened meanwhile. */
  function openFirstWorkflow() {
    const { workflows } = steps.getState();
    const first = exampleOf(workflows) ?? workflows.at(-1);
    if (first && atWelcome() && documentKinds.get('workflow'))
      void editors.open({ kind: 'workflow', id: first.id, name: first.name }, { byItself: true });
  }

  function firstVisit() {
    storage.set(visitedKey, 'true');
    if (steps.getState().loaded) return openFirstWorkflow();
    const stop = steps.subscribe(() => {
      if (!steps.getState().loaded) return;
      stop();
      openFirstWorkflow();
    });
    stopWaiting.push({ dispose: stop });
  }

  return disposeAll(
    { dispose: () => disposeAll(...stopWaiting).dispose() },
    steps,
    settings.register({
      id: showSetting,
      category: 'Workbench',
      title: 'Show Welcome on start',
      description: 'Opens the Welcome page when nothing else was open.',
      order: 10,
      default: true,
    }),
    documentKinds.register(
      documentKind({
        kind: 'welcome',
        label: 'Welcome',
        icon: 'baton',
        open: async (resource) => ok(pageDocument(resource, 'Welcome')),
        EditorPane: bound(WelcomePage, { steps }),
      }),
    ),
    commands.register({
      id: 'welcome.show',
      title: 'Welcome',
      category: 'Help',
      icon: 'baton',
      run: () => editors.open(page),
    }),
    menus.register('menubar/help', { command: 'welcome.show', group: '1_welcome' }),
    commands.register({
      id: 'welcome.api',
      title: 'API reference',
      category: 'Help',
      icon: 'codicon:book',
      run: () => window.open('/docs', '_blank', 'noopener'),
    }),
    menus.register('menubar/help', { command: 'welcome.api', group: '2_reference' }),
    lifecycle.onDidRestore(() => {
      if (editors.activeResource()) return;
      const first = storage.get(visitedKey) === undefined;
      if (first || settings.value(showSetting)) void editors.open(page, { byItself: true });
      if (first) firstVisit();
    }),
  );
};
