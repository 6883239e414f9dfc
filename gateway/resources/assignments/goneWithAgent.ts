import type { VersionedService } from '../versioned/index.ts';
import type { AssignmentService } from './service.ts';

/** Agents, and what goes with them. */
export function goneWithAgent<C>(
  agents: VersionedService<C>,
  all: readonly Pick<AssignmentService, 'agentDeleted'>[],
): VersionedService<C> {
  return {
    ...agents,
    async delete(tenantId, id, by) {
      const deleted = await agents.delete(tenantId, id, by);
      if (deleted.ok) for (const each of all) await each.agentDeleted(tenantId, id);
      return deleted;
    },
  };
}
