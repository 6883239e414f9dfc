import type { TaskDefinition, Versioned } from './definitions.ts';
import { type AgentInstanceState, createAgentInstances } from './instances.ts';

/** Where assignments come from. A key names one assignment for good: made again after it was taken back, it has another. */
export interface AssignmentCatalog {
  /** The assignment of the agent and task with these names, if the agent has the task. */
  find(
    tenantId: string,
    agent: string,
    task: string,
  ): Promise<{ key: string; taskVersion: number } | undefined>;
  /** Version the assignment is at; `undefined` once it is taken back. */
  version(key: string): Promise<number | undefined>;
  /** A version of the assignment's task. */
  task(key: string, version: number): Promise<Versioned<TaskDefinition> | undefined>;
}

/** What an assignment's jobs share: the contracts they are checked by. Versions never change, so each is read once. */
interface AgentInstance {
  task(version: number): Promise<Versioned<TaskDefinition> | undefined>;
}

export interface AssignedInstancesOptions {
  assignments: AssignmentCatalog;
  /** ms without a job after which an instance is collected. */
  idleAfter: number;
  now(): number;
  schedule(ms: number, call: () => void): () => void;
}

/** The agent instances of assignments, in this process. */
export interface AssignedInstances {
  /** Makes the instance before its first job. */
  begin(key: string): void;
  state(key: string): AgentInstanceState;
  end(key: string): void;
  /**
   * Runs a job in the instance of its assignment, with the task's version at this moment, or the one it began with before a
   * crash: moving or taking back the assignment later does not touch it. `undefined` when the agent does not have the task.
   */
  run<R>(
    job: { tenantId: string; agent: string; task: string; taskVersion?: number | undefined },
    work: (task: Versioned<TaskDefinition>) => Promise<R>,
  ): Promise<{ value: R } | undefined>;
  close(): void;
}

export function createAssignedInstances({
  assignments,
  ...options
}: AssignedInstancesOptions): AssignedInstances {
  function instanceOf(key: string): AgentInstance {
    const tasks = new Map<number, Promise<Versioned<TaskDefinition> | undefined>>();
    return {
      task(version) {
        const known = tasks.get(version);
        if (known) return known;
        const read = assignments.task(key, version);
        tasks.set(version, read);
        read.then(
          (found) => found ?? tasks.delete(version),
          () => tasks.delete(version),
        );
        return read;
      },
    };
  }
  const instances = createAgentInstances<AgentInstance>({
    ...options,
    async create(key) {
      const instance = instanceOf(key);
      const version = await assignments.version(key);
      if (version !== undefined) await instance.task(version);
      return instance;
    },
  });

  return {
    begin(key) {
      // What cannot be made now is made by the first job, which says what is wrong.
      instances.getOrCreate(key).catch(() => {});
    },
    state: instances.state,
    end: instances.end,
    close: instances.close,
    async run({ tenantId, agent, task, taskVersion }, work) {
      const assigned = await assignments.find(tenantId, agent, task);
      if (!assigned) return undefined;
      const used = await instances.use(assigned.key, async (instance) => {
        const pinned = await instance.task(taskVersion ?? assigned.taskVersion);
        return pinned && { value: await work(pinned) };
      });
      return used.ok ? used.value : undefined;
    },
  };
}
