import type { EngineCommands } from '../ports.ts';
import type { RestApi } from './api.ts';

type UserTaskCommands = Pick<EngineCommands, 'assignUserTask' | 'unassignUserTask' | 'completeUserTask'>;

/** User tasks have no RPC of their own: the engine takes them over REST. */
export function createUserTaskCommands(api: RestApi): UserTaskCommands {
  return {
    assignUserTask: (key, assignee) =>
      api.post(`/v2/user-tasks/${key}/assignment`, { assignee, allowOverride: true }),
    unassignUserTask: (key) => api.delete(`/v2/user-tasks/${key}/assignee`),
    completeUserTask: (key, variables) => api.post(`/v2/user-tasks/${key}/completion`, { variables }),
  };
}
