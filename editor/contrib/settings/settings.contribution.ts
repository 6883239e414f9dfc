import { ok } from '@baton/engine/protocol';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { createPreferencesText, type PreferencesText } from '../../platform/preferencesText.ts';
import type { Theme } from '../../platform/theme.ts';
import { bound } from '../../workbench/bound.ts';
import { PreferencesEditor } from '../../workbench/PreferencesEditor.tsx';
import { editorSettings } from './editorSettings.ts';
import { prepareSettings, settingsPart } from './settingsJson.ts';
import { SettingsPage } from './views/SettingsPage.tsx';
import { workbenchSettings } from './workbenchSettings.ts';

const page = { kind: 'settings', id: 'user' };
const json = { kind: 'settingsJson', id: 'user' };
const themeNames = { dark: 'Dark', light: 'Light', hc: 'High contrast' } as const;

/** The settings page, the theme, and what else the user may choose. */
export const settings: Contribution = (platform) => {
  const { commands, themes, dialogs } = platform;
  const themeSetting = platform.settings.register({
    id: 'workbench.theme',
    category: 'Workbench',
    title: 'Theme',
    description: 'Colours of the whole editor, code included.',
    order: 10,
    default: 'dark',
    choices: Object.entries(themeNames).map(([value, title]) => ({ value, title })),
  });
  // The theme of the last visit is on before anybody is signed in; without a choice of the user's it stays.
  let chosen = false;
  const apply = () => {
    const theme = platform.settings.value('workbench.theme') as Theme;
    if (!chosen && !('workbench.theme' in platform.settings.values.getState())) return;
    chosen = true;
    if (theme !== themes.getState()) themes.set(theme);
  };
  apply();
  const stop = platform.settings.values.subscribe(apply);
  return disposeAll(
    themeSetting,
    { dispose: stop },
    workbenchSettings(platform),
    editorSettings(platform),
    platform.documentKinds.register(
      documentKind({
        kind: 'settings',
        label: 'Settings',
        icon: 'codicon:settings-gear',
        open: async (resource) => ok(pageDocument(resource, 'Settings')),
        EditorPane: SettingsPage,
      }),
    ),
    platform.documentKinds.register(
      documentKind<PreferencesText>({
        kind: json.kind,
        label: 'settings.json',
        icon: 'codicon:json',
        open: async (resource, { backup }) =>
          ok(createPreferencesText(resource, platform.preferences, settingsPart(platform), backup)),
        EditorPane: bound(PreferencesEditor, {
          label: 'Settings as JSON',
          path: 'baton:/settings.json',
          prepare: () => prepareSettings(platform),
        }),
      }),
    ),
    commands.register({
      id: 'settings.openJson',
      title: 'Open settings (JSON)',
      category: 'Preferences',
      icon: 'codicon:go-to-file',
      run: () => platform.editors.open(json),
    }),
    platform.menus.register('editor/title', {
      command: 'settings.openJson',
      group: 'navigation',
      when: "documentKind == 'settings'",
    }),
    platform.menus.register('editor/title', {
      command: 'settings.open',
      group: 'navigation',
      when: "documentKind == 'settingsJson'",
    }),
    commands.register({
      id: 'settings.open',
      title: 'Open settings',
      category: 'Preferences',
      icon: 'codicon:settings-gear',
      run: () => platform.editors.open(page),
    }),
    platform.keybindings.register({ key: 'ctrl+,', command: 'settings.open' }),
    platform.keybindings.register({ key: 'ctrl+alt+,', command: 'settings.open' }),
    platform.menus.register('menubar/file', {
      command: 'settings.open',
      title: 'Settings',
      group: '5_settings',
    }),
    commands.register({
      id: 'settings.theme',
      title: 'Choose theme…',
      category: 'View',
      icon: 'codicon:color-mode',
      async run() {
        const theme = await dialogs.pick({
          placeholder: 'Theme',
          items: Object.entries(themeNames).map(([value, label]) => ({
            id: value,
            label,
            value,
            ...(value === themes.getState() && { description: 'now' }),
          })),
        });
        if (theme) platform.settings.set('workbench.theme', theme);
      },
    }),
    platform.keybindings.register({ key: 'ctrl+k ctrl+t', command: 'settings.theme' }),
    platform.menus.register('menubar/view', { command: 'settings.theme', group: '8_look' }),
    platform.menus.register('account', { command: 'settings.theme', group: '5_look' }),
  );
};
