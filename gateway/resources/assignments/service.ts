import { ok, type Result } from '@baton/engine/protocol';
import type { Assignment, DocumentStore, Page, PageRequest } from '@baton/infra/store';
import type { AssignedAgent, AssignedTask, ResourceChange } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { NameClaims } from '../references/claims.ts';
import { referenceTo } from '../versioned/references.ts';
import type { AssignedInstances } from './instances.ts';

export interface AssignmentServiceOptions {
  resources: DocumentStore['resources'];
  assignments: DocumentStore['assignments'];
  instances: AssignedInstances;
  /** Keeps a task from being deleted while it is assigned. */
  names: Pick<NameClaims, 'naming'>;
  now(): number;
  newId(): string;
  /** Announces that what an agent has changed, or by whom a task is had. */
  changed(tenantId: string, topic: 'agents' | 'tasks', change: ResourceChange): void;
}

/** Which agent has which task, at which version. */
export interface AssignmentService {
  ofAgent(tenantId: string, agentId: string, page: PageRequest): Promise<Result<Page<AssignedTask>, Refusal>>;
  /** The same for an agent that is there. */
  tasksOf(tenantId: string, agentId: string, page: PageRequest): Promise<Page<AssignedTask>>;
  ofTask(tenantId: string, taskId: string, page: PageRequest): Promise<Result<Page<AssignedAgent>, Refusal>>;
  /** @param version `undefined` = the latest. */
  assign(
    tenantId: string,
    agentId: string,
    taskId: string,
    version: number | undefined,
    by: string,
  ): Promise<Result<AssignedTask, Refusal>>;
  move(
    tenantId: string,
    agentId: string,
    taskId: string,
    version: number,
  ): Promise<Result<AssignedTask, Refusal>>;
  unassign(tenantId: string, agentId: string, taskId: string): Promise<Result<Assignment, Refusal>>;
  /** Takes all its tasks from an agent that is deleted. */
  agentDeleted(tenantId: string, agentId: string): Promise<void>;
}

/** At most as many as are taken back at once. */
const batch = 200;

export function createAssignmentService(options: AssignmentServiceOptions): AssignmentService {
  const { resources, assignments, instances, changed } = options;
  const missing = (kind: 'agent' | 'task', id: string, version?: number) =>
    refuse(
      'NOT_FOUND',
      `Expected ${kind === 'agent' ? 'an agent' : 'a task'} '${id}'${version === undefined ? '' : ` with version ${version}`}, but there is none`,
    );
  const notAssigned = (agentId: string, taskId: string) =>
    refuse('NOT_FOUND', `Expected agent '${agentId}' to have task '${taskId}', but it does not`);

  const instanceOf = (assignment: Assignment) => {
    const { startedAt, lastUsedAt, ...view } = instances.view(assignment);
    return { id: assignment.id, ...view, startedAt: instant(startedAt), lastUsedAt: instant(lastUsedAt) };
  };
  const made = ({ assignedAt, assignedBy }: Assignment) => ({
    assignedAt: assignedAt.toISOString(),
    assignedBy,
  });

  async function taskView(assignment: Assignment): Promise<AssignedTask> {
    const { tenantId, taskId, taskVersion } = assignment;
    const latest = await resources.get(tenantId, 'task', taskId);
    const named = latest ?? (await resources.get(tenantId, 'task', taskId, taskVersion));
    return {
      task: {
        id: taskId,
        name: named?.name ?? taskId,
        version: taskVersion,
        latestVersion: latest?.version ?? null,
      },
      instance: instanceOf(assignment),
      ...made(assignment),
    };
  }

  async function tasksOf(tenantId: string, agentId: string, page: PageRequest) {
    const { items, total } = await assignments.ofAgent(tenantId, agentId, page);
    return { items: await Promise.all(items.map(taskView)), total };
  }

  async function agentView(assignment: Assignment): Promise<AssignedAgent> {
    const { tenantId, agentId, taskVersion } = assignment;
    const agent = await resources.get(tenantId, 'agent', agentId);
    return {
      agent: { id: agentId, name: agent?.name ?? agentId },
      task: { version: taskVersion },
      instance: instanceOf(assignment),
      ...made(assignment),
    };
  }

  function announce(tenantId: string, agent: Named, task: Named) {
    changed(tenantId, 'agents', { change: 'updated', id: agent.id, name: agent.name });
    changed(tenantId, 'tasks', { change: 'updated', id: task.id, name: task.name });
  }

  async function named(tenantId: string, kind: 'agent' | 'task', id: string): Promise<Named> {
    return { id, name: (await resources.get(tenantId, kind, id))?.name ?? id };
  }

  return {
    async ofAgent(tenantId, agentId, page) {
      if (!(await resources.get(tenantId, 'agent', agentId))) return missing('agent', agentId);
      return ok(await tasksOf(tenantId, agentId, page));
    },
    tasksOf,

    async ofTask(tenantId, taskId, page) {
      if (!(await resources.get(tenantId, 'task', taskId))) return missing('task', taskId);
      const { items, total } = await assignments.ofTask(tenantId, taskId, page);
      return ok({ items: await Promise.all(items.map(agentView)), total });
    },

    async assign(tenantId, agentId, taskId, version, by) {
      const found = await resources.get(tenantId, 'task', taskId);
      if (!found) return missing('task', taskId);
      return options.names.naming(tenantId, [referenceTo('task', found.name)], async () => {
        const [agent, task] = await Promise.all([
          resources.get(tenantId, 'agent', agentId),
          resources.get(tenantId, 'task', taskId),
        ]);
        if (!agent) return missing('agent', agentId);
        if (!task) return missing('task', taskId);
        if (version !== undefined && !(await resources.get(tenantId, 'task', taskId, version)))
          return missing('task', taskId, version);
        const assignment: Assignment = {
          id: options.newId(),
          tenantId,
          agentId,
          taskId,
          taskVersion: version ?? task.version,
          assignedAt: new Date(options.now()),
          assignedBy: by,
        };
        if (!(await assignments.create(assignment)))
          return refuse(
            'ALREADY_EXISTS',
            `Expected a task that agent '${agent.name}' does not have, but it has '${task.name}' already`,
            { agent: agent.name, task: task.name },
          );
        // Whoever deleted the agent meanwhile may have looked for its assignments before there was this one.
        if (!(await resources.get(tenantId, 'agent', agentId))) {
          await assignments.delete(tenantId, agentId, taskId, assignment.id);
          return missing('agent', agentId);
        }
        instances.begin(assignment);
        announce(tenantId, agent, task);
        return ok(await taskView(assignment));
      });
    },

    async move(tenantId, agentId, taskId, version) {
      if (!(await assignments.get(tenantId, agentId, taskId))) return notAssigned(agentId, taskId);
      if (!(await resources.get(tenantId, 'task', taskId, version))) return missing('task', taskId, version);
      const moved = await assignments.move(tenantId, agentId, taskId, version);
      if (!moved) return notAssigned(agentId, taskId);
      announce(tenantId, await named(tenantId, 'agent', agentId), await named(tenantId, 'task', taskId));
      return ok(await taskView(moved));
    },

    async unassign(tenantId, agentId, taskId) {
      const taken = await assignments.delete(tenantId, agentId, taskId);
      if (!taken) return notAssigned(agentId, taskId);
      instances.end(taken);
      announce(tenantId, await named(tenantId, 'agent', agentId), await named(tenantId, 'task', taskId));
      return ok(taken);
    },

    async agentDeleted(tenantId, agentId) {
      for (;;) {
        const { items } = await assignments.ofAgent(tenantId, agentId, { limit: batch, offset: 0 });
        if (items.length === 0) return;
        for (const { taskId } of items) {
          const taken = await assignments.delete(tenantId, agentId, taskId);
          if (!taken) continue;
          instances.end(taken);
          const { id, name } = await named(tenantId, 'task', taskId);
          changed(tenantId, 'tasks', { change: 'updated', id, name });
        }
      }
    },
  };
}

interface Named {
  id: string;
  name: string;
}

const instant = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
