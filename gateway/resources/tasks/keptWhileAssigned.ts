import type { AssignmentStore, ResourceStore } from '@baton/infra/store';
import type { TaskContent } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';

/** Agents named in a refusal; the rest is counted. */
const NAMED = 20;

/** Tasks, of which none is deleted while an agent has it. */
export function keptWhileAssigned(
  tasks: VersionedService<TaskContent>,
  assignments: Pick<AssignmentStore, 'ofTask'>,
  resources: Pick<ResourceStore, 'get'>,
): VersionedService<TaskContent> {
  return {
    ...tasks,
    async delete(tenantId, id, by) {
      const { items, total } = await assignments.ofTask(tenantId, id, { limit: NAMED, offset: 0 });
      if (total === 0) return tasks.delete(tenantId, id, by);
      const found = await tasks.get(tenantId, id, undefined);
      if (!found.ok) return found;
      const names = await Promise.all(
        items.map(async ({ agentId }) => (await resources.get(tenantId, 'agent', agentId))?.name ?? agentId),
      );
      return refuse(
        'IN_USE',
        `Expected a task that no agent has, but '${found.value.name}' is assigned to ${names.slice(0, 5).join(', ')}${total > 5 ? ' …' : ''}`,
        { agents: names, total },
      );
    },
  };
}
