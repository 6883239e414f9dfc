import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { autosaveSetting } from '../../platform/autosaveDelay.ts';
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

const previews: Setting = {
  id: 'workbench.previewTabs',
  category: 'Workbench',
  title: 'Preview tabs',
  description: 'A document looked at with one click shares its tab with the next one, until it is changed.',
  order: 12,
  default: true,
};

const language: Setting = {
  id: 'workbench.language',
  category: 'Workbench',
  title: 'Language',
  description: 'Of the editor. The pseudo-language shows texts that cannot be translated yet.',
  order: 13,
  default: 'en',
  choices: [
    { value: 'en', title: 'English' },
    { value: 'en-XA', title: 'Pseudo-language (en-XA)' },
  ],
};

/** What the user wants of the frame; told to the page, whose style sheets and parts follow it. */
export function workbenchSettings(platform: Platform): Disposable {
  const { settings, storage, commands, notifications } = platform;
  const root = document.documentElement;
  const apply = () => {
    root.dataset.motion = String(settings.value(motion.id));
    if (settings.value(history.id) === false) forget();
  };
  const forget = () => {
    for (const list of ['commands', 'documents'])
      if (recentOf(storage, list).length > 0) forgetRecent(storage, list);
  };
  const parts = [motion, previews, language, autosaveSetting, history].map(settings.register);
  apply();
  return disposeAll(
    ...parts,
    { dispose: settings.values.subscribe(apply) },
    followLanguage(platform),
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

/** Texts are read once, so another language is there after a reload. */
function followLanguage({ settings, language: spoken, notifications, reload }: Platform): Disposable {
  let chosen = false;
  const follow = () => {
    // Without a choice of the user's the browser's own stays, but for one that is taken back.
    chosen ||= language.id in settings.values.getState();
    if (!spoken || !chosen) return;
    const wanted = String(settings.value(language.id));
    if (wanted === spoken.get()) return;
    spoken.set(wanted);
    const title = language.choices?.find(({ value }) => value === wanted)?.title ?? wanted;
    notifications.info(
      `The editor speaks ${title} after a reload.`,
      reload ? [{ title: 'Reload', run: reload }] : [],
    );
  };
  follow();
  return { dispose: settings.values.subscribe(follow) };
}
