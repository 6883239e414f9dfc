import { ok } from '@baton/engine/protocol';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { createPreferencesText, type PreferencesText } from '../../platform/preferencesText.ts';
import { bound } from '../../workbench/bound.ts';
import { PreferencesEditor } from '../../workbench/PreferencesEditor.tsx';
import { editorSettings } from './editorSettings.ts';
import { prepareSettings, settingsPart } from './settingsJson.ts';
import { themesOf } from './themes.ts';
import { SettingsPage } from './views/SettingsPage.tsx';
import { workbenchSettings } from './workbenchSettings.ts';

const page = { kind: 'settings', id: 'user' };
const json = { kind: 'settingsJson', id: 'user' };

/** The settings page, and what the user may choose. */
export const settings: Contribution = (platform) => {
  const { commands } = platform;
  return disposeAll(
    themesOf(platform),
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
          ok(
            createPreferencesText(
              resource,
              platform.preferences,
              settingsPart(platform),
              backup,
              platform.problems,
            ),
          ),
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
  );
};
