import { taskRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { versionedCalls } from '../../platform/versionedCalls.ts';
import type { VersionedKind } from '../../platform/versionedKinds.ts';

/** Tasks as they are kept in versions. */
export function taskKind(api: Api): VersionedKind {
  return {
    kind: 'task',
    topic: 'tasks',
    icon: 'task',
    container: 'tasks',
    write: 'tasks:write',
    fileName: (name) => `${name}.task.json`,
    calls: (id) => versionedCalls(api, taskRoutes, id),
    texts: async () => (await import('./taskText.ts')).taskTexts,
  };
}
