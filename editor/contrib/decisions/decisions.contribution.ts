import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankDecision } from './blankDecision.ts';
import type { DecisionDocument } from './decisionDocument.ts';
import { decisionKind } from './decisionKind.ts';
import { decisionSides } from './decisionSides.ts';
import { registerTrial } from './trialCommands.ts';

const DecisionEditor = lazy(() =>
  import('./views/DecisionEditor.tsx').then((module) => ({ default: module.DecisionEditor })),
);

/** Decisions: rules a process asks. */
export const decisions: Contribution = (platform) => {
  const versioned = decisionKind(platform.api);
  const { kind, label, icon, plural, fileName } = versioned;
  return disposeAll(
    platform.versionedKinds.register(versioned),
    platform.documentKinds.register(
      documentKind<DecisionDocument>({
        kind,
        label,
        icon,
        folder: plural,
        title: ({ name }) => (name ? fileName(name) : label),
        async open(resource, options) {
          const [{ openDecision }, { dmnJsCanvas }] = await Promise.all([
            import('./decisionDocument.ts'),
            import('./dmnJsCanvas.ts'),
          ]);
          return openDecision(platform, resource, options.backup, dmnJsCanvas);
        },
        EditorPane: DecisionEditor,
        HeadActions: modeSwitch(decisionSides),
        onePane: true,
      }),
    ),
    registerTrial(platform),
    registerVersionedCommands(platform, {
      versioned,
      sides: decisionSides,
      exampleName: 'Refund limit',
      begin: (name) => ({ xml: blankDecision(name) }),
    }),
  );
};
