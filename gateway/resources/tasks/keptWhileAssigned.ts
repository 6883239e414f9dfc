import type { AssignmentStore, ResourceStore } from '@baton/infra/store';
import type { TaskContent } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';

/** Agents named in a refusal. */
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
      const usedBy = await Promise.all(
        items.map(async ({ agentId }) => {
          const agent = await resources.get(tenantId, 'agent', agentId);
          return { kind: 'agent', id: agentId, name: agent?.name ?? agentId };
        }),
      );
      const names = usedBy.slice(0, 5).map(({ name }) => `'${name}'`);
      return refuse(
        'IN_USE',
        `Expected a task that no agent has, but '${found.value.name}' is assigned to ${total === 1 ? 'agent' : 'agents'} ${names.join(', ')}${total > 5 ? ' …' : ''}`,
        { usedBy },
      );
    },
  };
}
