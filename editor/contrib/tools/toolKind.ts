import { toolRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';

/** Tools as they are kept in versions. */
export function toolKind(api: Api): VersionedKind {
  return versionedKind(api, toolRoutes, {
    kind: 'tool',
    plural: 'tools',
    label: 'Tool',
    icon: 'tool',
    colour: 'tool',
    order: 30,
    ending: '.tool.ts',
    container: 'tools',
    purpose: 'TypeScript that agents and processes call.',
    deletion: 'Runs that call it from now on find no such tool.',
    texts: async () => (await import('./toolTexts.ts')).toolTexts,
  });
}
