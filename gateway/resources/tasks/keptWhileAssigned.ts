import { ok, type Result } from '@baton/engine/protocol';
import type { AssignmentStore, Resource, ResourceStore } from '@baton/infra/store';
import { type Refusal, refuse } from '../../refusal.ts';

/** Agents named in a refusal. */
const NAMED = 20;

/** A task is not deleted while an agent has it. */
export async function keptWhileAssigned(
  { tenantId, id, name }: Pick<Resource, 'tenantId' | 'id' | 'name'>,
  assignments: Pick<AssignmentStore, 'ofTask'>,
  resources: Pick<ResourceStore, 'get'>,
): Promise<Result<void, Refusal>> {
  const { items, total } = await assignments.ofTask(tenantId, id, { limit: NAMED, offset: 0 });
  if (total === 0) return ok();
  const usedBy = await Promise.all(
    items.map(async ({ agentId }) => {
      const agent = await resources.get(tenantId, 'agent', agentId);
      return { kind: 'agent', id: agentId, name: agent?.name ?? agentId };
    }),
  );
  const told = usedBy.slice(0, 5).map((agent) => `'${agent.name}'`);
  return refuse(
    'IN_USE',
    `Expected a task that no agent has, but '${name}' is assigned to ${total === 1 ? 'agent' : 'agents'} ${told.join(', ')}${total > 5 ? ' …' : ''}`,
    { usedBy },
  );
}
