import { ok } from '@baton/engine/protocol';
import { decisionRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';
import { decisionId, withDecisionIds } from './blankDecision.ts';

/** Decision models as they are kept in versions: `.dmn` files. */
export function decisionKind(api: Api): VersionedKind {
  return versionedKind(api, decisionRoutes, {
    kind: 'decision',
    plural: 'decisions',
    label: 'Decision',
    icon: 'codicon:table',
    colour: 'process',
    order: 80,
    ending: '.dmn',
    purpose: 'Rules a process asks: what goes in, what comes out.',
    deletion: 'Runs go on with the decision they were deployed with.',
    wrongName: (name) => (name ? undefined : 'Expected a name, but it is empty.'),
    copied: ({ xml }, name) => ({ xml: withDecisionIds(String(xml ?? ''), decisionId(name)) }),
    texts: async () => ({
      parts: [
        {
          id: 'xml',
          title: 'XML',
          language: 'xml',
          textOf: ({ xml }) => (typeof xml === 'string' ? xml : ''),
        },
      ],
      contentOf: ({ xml = '' }) => ok({ xml }),
    }),
  });
}
