import { taskRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';
import { taskTexts } from './taskText.ts';

/** Tasks as they are kept in versions. */
export function taskKind(api: Api): VersionedKind {
  return versionedKind(api, taskRoutes, {
    kind: 'task',
    plural: 'tasks',
    label: 'Task',
    icon: 'task',
    colour: 'task',
    order: 40,
    ending: '.task.json',
    container: 'tasks',
    purpose: 'What a process asks of an agent, and the answer it must give.',
    deletion: 'Runs go on with the version they started with.',
    texts: async () => taskTexts,
  });
}
