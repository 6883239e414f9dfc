import { ok } from '@baton/engine/protocol';
import type { userTaskRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { UserTaskService } from './service.ts';

export function userTaskHandlers(userTasks: UserTaskService): HandlersOf<typeof userTaskRoutes> {
  return {
    async listUserTasks({ tenantId, query: { limit, offset, ...filter } }) {
      const found = await userTasks.list(tenantId, filter, { limit, offset });
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, { limit, offset })) : found;
    },
    getUserTask: ({ tenantId, params }) => userTasks.get(tenantId, params.key),
    assignUserTask: ({ tenantId, params, body }) => userTasks.assign(tenantId, params.key, body.assignee),
    completeUserTask: ({ tenantId, params, body }) =>
      userTasks.complete(tenantId, params.key, body.variables),
  };
}
