import type { AssignedInstances, AssignmentCatalog, TaskDefinition } from '@baton/engine/agents';
import type { AssignedInstances as InstancesOfGateway } from '@baton/gateway';
import type { Assignment, DocumentStore } from '@baton/infra/store';
import { versioned } from './catalogs.ts';

type Key = Pick<Assignment, 'tenantId' | 'agentId' | 'taskId' | 'id'>;

const textOf = ({ tenantId, agentId, taskId, id }: Key) => JSON.stringify([tenantId, agentId, taskId, id]);

function keyOf(text: string): Key {
  const [tenantId, agentId, taskId, id] = JSON.parse(text) as [string, string, string, string];
  return { tenantId, agentId, taskId, id };
}

/** Assignments as the engine's agents ask for them: by the names that jobs carry. */
export function assignmentCatalog({ resources, assignments }: Stores): AssignmentCatalog {
  return {
    async find(tenantId, agentName, taskName) {
      const [agent, task] = await Promise.all([
        resources.getByName(tenantId, 'agent', agentName),
        resources.getByName(tenantId, 'task', taskName),
      ]);
      const found = agent && task && (await assignments.get(tenantId, agent.id, task.id));
      return found && { key: textOf(found), taskVersion: found.taskVersion };
    },
    async version(key) {
      const { tenantId, agentId, taskId, id } = keyOf(key);
      const found = await assignments.get(tenantId, agentId, taskId);
      return found?.id === id ? found.taskVersion : undefined;
    },
    async task(key, version) {
      const { tenantId, taskId } = keyOf(key);
      return versioned<TaskDefinition>(await resources.get(tenantId, 'task', taskId, version));
    },
  };
}

type Stores = Pick<DocumentStore, 'resources' | 'assignments'>;

/** The engine's instances as the gateway sees them: by assignment. */
export function instancesOfAssignments(instances: AssignedInstances): InstancesOfGateway {
  return {
    begin: (assignment) => instances.begin(textOf(assignment)),
    view: (assignment) => instances.state(textOf(assignment)),
    end: (assignment) => instances.end(textOf(assignment)),
  };
}
