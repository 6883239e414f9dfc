import { ok } from '@baton/engine/protocol';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { createPreferencesText, type PreferencesText } from '../../platform/preferencesText.ts';
import { bound } from '../../workbench/bound.ts';
import { PreferencesEditor } from '../../workbench/PreferencesEditor.tsx';
import { keybindingsPart, prepareKeybindings } from './keybindingsJson.ts';
import { KeybindingsPage } from './views/KeybindingsPage.tsx';

/** The user's keys: as a table of all commands, and as JSON. */
export const keybindings: Contribution = (platform) => {
  const { commands, menus, editors, documentKinds, preferences } = platform;
  const page = { kind: 'keybindings', id: 'user' };
  const json = { kind: 'keybindingsJson', id: 'user' };
  return disposeAll(
    documentKinds.register(
      documentKind({
        kind: page.kind,
        label: 'Keyboard shortcuts',
        icon: 'codicon:keyboard',
        open: async (resource) => ok(pageDocument(resource, 'Keyboard shortcuts')),
        EditorPane: KeybindingsPage,
      }),
    ),
    documentKinds.register(
      documentKind<PreferencesText>({
        kind: json.kind,
        label: 'keybindings.json',
        icon: 'codicon:json',
        open: async (resource, { backup }) =>
          ok(
            createPreferencesText(
              resource,
              preferences,
              keybindingsPart(platform),
              backup,
              platform.problems,
            ),
          ),
        EditorPane: bound(PreferencesEditor, {
          label: 'Keys as JSON',
          path: 'baton:/keybindings.json',
          prepare: () => prepareKeybindings(platform),
        }),
      }),
    ),
    commands.register({
      id: 'keybindings.open',
      title: 'Open keyboard shortcuts',
      category: 'Preferences',
      icon: 'codicon:keyboard',
      run: () => editors.open(page),
    }),
    commands.register({
      id: 'keybindings.openJson',
      title: 'Open keyboard shortcuts (JSON)',
      category: 'Preferences',
      icon: 'codicon:go-to-file',
      run: () => editors.open(json),
    }),
    platform.keybindings.register({ key: 'ctrl+k ctrl+s', command: 'keybindings.open' }),
    menus.register('menubar/file', {
      command: 'keybindings.open',
      title: 'Keyboard shortcuts',
      group: '5_settings',
      order: 20,
    }),
    menus.register('menubar/help', {
      command: 'keybindings.open',
      title: 'Keyboard shortcuts',
      group: '1_help',
      order: 20,
    }),
    menus.register('editor/title', {
      command: 'keybindings.openJson',
      group: 'navigation',
      when: "documentKind == 'keybindings'",
    }),
    menus.register('editor/title', {
      command: 'keybindings.open',
      group: 'navigation',
      when: "documentKind == 'keybindingsJson'",
    }),
  );
};
