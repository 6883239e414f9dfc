import type { Disposable } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { registerBeside } from '../../platform/shownBeside.ts';

/** The trial beside every decision. */
export function registerTrial(platform: Platform): Disposable {
  return registerBeside(platform, {
    context: 'decisionTrial',
    remembered: 'decisions/trial',
    documentKind: 'decision',
    command: {
      id: 'decisions.try',
      title: 'Toggle trial of the decision',
      category: 'Decision',
      icon: 'codicon:beaker',
    },
  });
}
