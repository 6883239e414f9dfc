import type { TaskContent, taskRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function taskHandlers(tasks: VersionedService<TaskContent>): HandlersOf<typeof taskRoutes> {
  return versionedHandlers(tasks);
}
