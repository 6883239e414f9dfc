import type { UserTaskValue, VariableDocumentValue } from '@baton/engine/protocol';
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
  /** As it stands between two transitions. */
  readonly value: UserTaskValue;
  /** What the transition under way leads to; undefined between two. */
  readonly pending?: UserTaskValue | undefined;
  /** Listeners that have done their work since the transition began. */
  readonly listenersDone: number;
  /** The variables that the transition sets, by the key of their document. */
  readonly document?:
    | {
        readonly key: number;
        readonly value: VariableDocumentValue;
        readonly operationReference?: number | undefined;
      }
    | undefined;
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
