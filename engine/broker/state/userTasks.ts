import type { UserTaskValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export type UserTaskState =
  | 'CREATING'
  | 'CREATED'
  | 'ASSIGNING'
  | 'CLAIMING'
  | 'UPDATING'
  | 'COMPLETING'
  | 'CANCELING';

export interface UserTask {
  readonly key: number;
  readonly tenantId: string;
  readonly state: UserTaskState;
  readonly value: UserTaskValue;
}

export interface UserTasks {
  get(key: number): UserTask | undefined;
  put(task: UserTask): void;
  remove(key: number): void;
}

export function createUserTasks(store: Store): UserTasks {
  const table = store.table<number, UserTask>('userTasks');
  return {
    get: (key) => table.get(key),
    put: (task) => table.put(task.key, task),
    remove: (key) => table.delete(key),
  };
}
