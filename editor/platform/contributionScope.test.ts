import { expect, it } from 'vitest';
import { disposeAll } from '../base/disposable.ts';
import { createCommands } from './commands.ts';
import { createContextKeys } from './context.ts';
import { contributeAll } from './contributionScope.ts';
import { createMenus } from './menus.ts';
import { createPanels } from './panels.ts';
import type { Contribution, Platform } from './platform.ts';

function start(contributions: Record<string, Contribution>) {
  const context = createContextKeys();
  const reported: { doing: string; again?: () => void }[] = [];
  const registry = { register: () => disposeAll() };
  const platform = {
    commands: createCommands(context, () => {}),
    menus: createMenus(context),
    panels: createPanels(),
    keybindings: registry,
    views: registry,
    documentKinds: registry,
    versionedKinds: registry,
    languages: registry,
    statusItems: registry,
    settings: registry,
    quickAccess: registry,
    bugs: {
      report: (_: unknown, doing: string, again?: () => void) =>
        reported.push({ doing, ...(again && { again }) }),
    },
  } as unknown as Platform;
  const all = contributeAll(platform, contributions);
  return { platform, reported, all };
}

const good: Contribution = ({ commands }) =>
  commands.register({ id: 'good.run', title: 'Run', run: () => {} });

it('leaves nothing of a contribution that throws while it registers, and the others work', () => {
  let broken = true;
  const bad: Contribution = ({ commands, menus }) => {
    const parts = [
      commands.register({ id: 'bad.run', title: 'Run', run: () => {} }),
      menus.register('menubar/run', { command: 'bad.run' }),
    ];
    if (broken) throw new Error('no server');
    return disposeAll(...parts);
  };
  const { platform, reported } = start({ bad, good });

  expect(platform.commands.getState().map(({ id }) => id)).toEqual(['good.run']);
  expect(platform.menus.items('menubar/run')).toEqual([]);
  expect(reported.map(({ doing }) => doing)).toEqual(['the feature bad to start']);

  broken = false;
  reported[0]?.again?.();
  expect(platform.commands.getState().map(({ id }) => id)).toEqual(['good.run', 'bad.run']);
});

it('takes the others back when one throws as it ends', () => {
  const stubborn: Contribution = () => ({
    dispose() {
      throw new Error('still busy');
    },
  });
  const { platform, reported, all } = start({ good, stubborn });
  all.dispose();

  expect(platform.commands.getState()).toEqual([]);
  expect(reported).toHaveLength(1);
});
