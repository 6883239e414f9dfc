import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { forgetRecent, recentOf } from '../../platform/recent.ts';
import type { Setting } from '../../platform/settings.ts';

const motion: Setting = {
  id: 'workbench.reducedMotion',
  category: 'Workbench',
  title: 'Motion',
  description: 'Whether things slide and fade.',
  order: 11,
  default: 'auto',
  choices: [
    { value: 'auto', title: 'As the system wants it' },
    { value: 'reduced', title: 'Reduced' },
  ],
};

const history: Setting = {
  id: 'palette.history',
  category: 'Palette',
  title: 'Recent commands and documents',
  description: 'The palette offers those you used last before all others.',
  order: 30,
  default: true,
};

/** What the user wants of the frame; told to the page, whose style sheets and parts follow it. */
export function workbenchSettings({ settings, storage, commands, notifications }: Platform): Disposable {
  const root = document.documentElement;
  const apply = () => {
    root.dataset.motion = String(settings.value(motion.id));
    if (settings.value(history.id) === false) forget();
  };
  const forget = () => {
    for (const list of ['commands', 'documents'])
      if (recentOf(storage, list).length > 0) forgetRecent(storage, list);
  };
  const parts = [settings.register(motion), settings.register(history)];
  apply();
  return disposeAll(
    ...parts,
    { dispose: settings.values.subscribe(apply) },
    { dispose: () => delete root.dataset.motion },
    commands.register({
      id: 'palette.clearHistory',
      title: 'Clear recent commands and documents',
      category: 'Preferences',
      run() {
        forget();
        notifications.info('The palette has forgotten what was used last.');
      },
    }),
  );
}
