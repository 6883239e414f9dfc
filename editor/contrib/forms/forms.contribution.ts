import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankForm } from './blankForm.ts';
import type { FormDocument } from './formDocument.ts';
import { formKind } from './formKind.ts';
import { formSides } from './formSides.ts';

const FormFileEditor = lazy(() =>
  import('./views/FormFileEditor.tsx').then((module) => ({ default: module.FormFileEditor })),
);
const FormProperties = lazy(() =>
  import('./views/FormProperties.tsx').then((module) => ({ default: module.FormProperties })),
);

/** Forms: what people fill in when a process waits for them. */
export const forms: Contribution = (platform) => {
  const versioned = formKind(platform.api);
  const { kind, label, icon, plural, fileName } = versioned;
  return disposeAll(
    platform.versionedKinds.register(versioned),
    platform.documentKinds.register(
      documentKind<FormDocument>({
        kind,
        label,
        icon,
        folder: plural,
        title: ({ name }) => (name ? fileName(name) : label),
        async open(resource, options) {
          const [{ openForm }, { formJsCanvas }] = await Promise.all([
            import('./formDocument.ts'),
            import('./formJsCanvas.ts'),
          ]);
          return openForm(platform, resource, options.backup, formJsCanvas);
        },
        EditorPane: FormFileEditor,
        HeadActions: modeSwitch(formSides),
        secondary: { title: 'Properties', View: FormProperties },
        onePane: true,
        wide: true,
      }),
    ),
    registerVersionedCommands(platform, {
      versioned,
      sides: formSides,
      exampleName: 'Refund approval',
      begin: (name) => ({ json: blankForm(name) }),
    }),
  );
};
