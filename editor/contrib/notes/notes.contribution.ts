import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { FileDocument } from '../../platform/fileDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { noteKind } from './noteKind.ts';
import { noteSides } from './noteSides.ts';

const NoteEditor = lazy(() =>
  import('./views/NoteEditor.tsx').then((module) => ({ default: module.NoteEditor })),
);

/** Notes: Markdown beside the documents it is about. */
export const notes: Contribution = (platform) => {
  const versioned = noteKind(platform.api);
  const { kind, label, icon, plural, fileName } = versioned;
  return disposeAll(
    platform.versionedKinds.register(versioned),
    platform.documentKinds.register(
      documentKind<FileDocument>({
        kind,
        label,
        icon,
        folder: plural,
        title: ({ name }) => (name ? fileName(name) : label),
        open: async (resource, options) =>
          (await import('./noteDocument.ts')).openNote(platform, resource, options.backup),
        EditorPane: NoteEditor,
        HeadActions: modeSwitch(noteSides),
      }),
    ),
    registerVersionedCommands(platform, {
      versioned,
      sides: noteSides,
      exampleName: 'How refunds are decided',
      begin: (name) => ({ text: `# ${name}\n\n` }),
    }),
  );
};
