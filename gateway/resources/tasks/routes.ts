import { ok } from '@baton/engine/protocol';
import type { TaskContent, taskRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';
import type { TaskValidation } from './validation.ts';

export function taskHandlers(
  tasks: VersionedService<TaskContent>,
  validation: TaskValidation,
): HandlersOf<typeof taskRoutes> {
  return {
    ...versionedHandlers(tasks),
    async validate({ tenantId, body }) {
      return ok({ problems: await validation.problems(tenantId, body) });
    },
  };
}
