import type { VersionedService } from '../versioned.ts';
import type { AssignmentService } from './service.ts';

/** Agents whose assignments go with them. */
export function goneWithAgent<C>(
  agents: VersionedService<C>,
  assignments: Pick<AssignmentService, 'agentDeleted'>,
): VersionedService<C> {
  return {
    ...agents,
    async delete(tenantId, id) {
      const deleted = await agents.delete(tenantId, id);
      if (deleted.ok) await assignments.agentDeleted(tenantId, id);
      return deleted;
    },
  };
}
