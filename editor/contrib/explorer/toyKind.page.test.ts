import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { kindOf, type ResourceCalls } from '../../platform/versionedKinds.ts';
import { editorServer } from '../../test/editorServer.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn } from '../../test/versionedServer.ts';
import { explorer } from './explorer.contribution.ts';

/** Haiku, kept by nobody: all that a new kind of document is made of. */
function haiku() {
  const kept = [{ id: 'h1', name: 'old-pond', updatedAt: '', updatedBy: 'dana' }];
  const calls = {
    list: async () => ok([...kept]),
    async create(name) {
      const made = { id: `h${kept.length + 1}`, name, updatedAt: '', updatedBy: 'dana' };
      kept.push(made);
      return ok(made);
    },
    async rename(id, name) {
      const found = kept.find((entry) => entry.id === id);
      if (found) found.name = name;
      return ok(undefined);
    },
    async remove(id) {
      kept.splice(
        kept.findIndex((entry) => entry.id === id),
        1,
      );
      return ok(undefined);
    },
    calls: () => {
      throw new Error('Expected no version to be asked for');
    },
  } satisfies ResourceCalls as ResourceCalls;
  const versioned = kindOf(
    {
      kind: 'haiku',
      plural: 'tasks',
      label: 'Haiku',
      icon: 'codicon:note',
      order: 5,
      ending: '.haiku',
      purpose: 'Three lines.',
      deletion: 'It is gone.',
      newCommand: 'haiku.new',
      texts: async () => ({ parts: [], contentOf: () => ok({}) }),
    },
    calls,
  );
  const contribution: Contribution = (platform) =>
    disposeAll(
      platform.versionedKinds.register(versioned),
      platform.documentKinds.register(
        documentKind({
          kind: 'haiku',
          label: 'Haiku',
          icon: 'codicon:note',
          open: async (resource) => ok(pageDocument(resource, resource.name ?? 'Haiku')),
          EditorPane: () => null,
        }),
      ),
      registerVersionedCommands(platform, { versioned, exampleName: 'frog', begin: () => ({ text: '' }) }),
    );
  return { contribution, kept };
}

it('a kind that registers itself has its folder, its entries, its way to be made', async () => {
  const { platform } = platformOn(editorServer);
  const { contribution, kept } = haiku();
  const parts = explorer(platform);
  const shown = () =>
    platform.documents.getState().map(({ versioned, entries }) => ({
      folder: versioned.plural,
      names: entries.map(({ name }) => versioned.fileName(name)),
    }));
  expect(shown()).toEqual([]);

  // when it is registered after the explorer
  const registered = contribution(platform);
  await settled();

  // then it has a folder, is found by name, and can be made
  expect(shown()).toEqual([{ folder: 'tasks', names: ['old-pond.haiku'] }]);
  expect((await platform.quickAccess.get('documents')!.items('')).map(({ label }) => label)).toEqual([
    'old-pond.haiku',
  ]);
  expect(platform.menus.items('explorer/new').flat()).toMatchObject([{ command: 'haiku.new' }]);
  const made = platform.commands.run('haiku.new');
  await settled();
  const dialog = platform.dialogs.getState();
  if (dialog?.type !== 'input') throw new Error('Expected the name to be asked for');
  expect(dialog.input).toMatchObject({ title: 'Name of the new haiku', placeholder: 'frog' });
  dialog.answer('frog');
  await made;
  expect(kept.map(({ name }) => name)).toEqual(['old-pond', 'frog']);
  expect(platform.editors.activeResource()).toMatchObject({ kind: 'haiku', id: 'h2' });

  // and when the contribution is taken back, nothing of it is left
  registered.dispose();
  expect(shown()).toEqual([]);
  platform.documents.dispose();
  parts.dispose();
});
