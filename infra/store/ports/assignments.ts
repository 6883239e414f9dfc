import type { Page, PageRequest } from './page.ts';

/** A task an agent has, at the version it was given with. */
export interface Assignment {
  /** Unique; an assignment made again after it was taken back is another one. */
  id: string;
  tenantId: string;
  agentId: string;
  taskId: string;
  taskVersion: number;
  assignedAt: Date;
  assignedBy: string;
}

export interface AssignmentStore {
  /** False when the agent has the task already; of many at once one wins. */
  create(assignment: Assignment): Promise<boolean>;
  get(tenantId: string, agentId: string, taskId: string): Promise<Assignment | undefined>;
  /** In the order they were made. */
  ofAgent(tenantId: string, agentId: string, page: PageRequest): Promise<Page<Assignment>>;
  /** In the order they were made. */
  ofTask(tenantId: string, taskId: string, page: PageRequest): Promise<Page<Assignment>>;
  /** To another version of the task; `undefined` when the agent does not have it. */
  move(
    tenantId: string,
    agentId: string,
    taskId: string,
    taskVersion: number,
  ): Promise<Assignment | undefined>;
  /** The one taken back; `undefined` when there was none. With `id` only that very one. */
  delete(tenantId: string, agentId: string, taskId: string, id?: string): Promise<Assignment | undefined>;
}
