import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { AgentStopStore } from '../ports.ts';

export function agentStopStore({ agentStops }: Models): AgentStopStore {
  const of = (tenantId: string, agentId: string) => ({ _id: naturalId(tenantId, agentId), tenantId });
  return {
    async stop(stop) {
      try {
        await agentStops.create({ ...stop, ...of(stop.tenantId, stop.agentId) });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async get(tenantId, agentId) {
      const stored = await agentStops.findOne(of(tenantId, agentId)).lean();
      return stored ? { tenantId, agentId, at: stored.at, by: stored.by } : undefined;
    },
    async start(tenantId, agentId) {
      return (await agentStops.deleteOne(of(tenantId, agentId))).deletedCount === 1;
    },
  };
}
