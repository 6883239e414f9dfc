import type { VersionedService } from '../versioned/index.ts';
import type { AssignmentService } from './service.ts';

/** Agents whose assignments go with them. */
export function goneWithAgent<C>(
  agents: VersionedService<C>,
  assignments: Pick<AssignmentService, 'agentDeleted'>,
): VersionedService<C> {
  return {
    ...agents,
    async delete(tenantId, id, by) {
      const deleted = await agents.delete(tenantId, id, by);
      if (deleted.ok) await assignments.agentDeleted(tenantId, id);
      return deleted;
    },
  };
}
