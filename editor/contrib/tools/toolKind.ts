import { toolRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { versionedCalls } from '../../platform/versionedCalls.ts';
import type { VersionedKind } from '../../platform/versionedKinds.ts';

/** Tools as they are kept in versions. */
export function toolKind(api: Api): VersionedKind {
  return {
    kind: 'tool',
    topic: 'tools',
    icon: 'tool',
    colour: 'tool',
    container: 'tools',
    write: 'tools:write',
    fileName: (name) => `${name}.tool.ts`,
    calls: (id) => versionedCalls(api, toolRoutes, id),
    texts: async () => (await import('./toolTexts.ts')).toolTexts,
  };
}
