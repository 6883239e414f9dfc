import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { ToolGrantStore } from '../ports.ts';

export function toolGrantStore({ toolGrants }: Models): ToolGrantStore {
  const of = (tenantId: string, toolId: string) => ({ _id: naturalId(tenantId, toolId), tenantId });
  return {
    async get(tenantId, toolId) {
      const stored = await toolGrants.findOne(of(tenantId, toolId)).lean();
      if (!stored) return undefined;
      const { network, secrets, files, memory, grantedBy, grantedAt } = stored;
      // A grant from before one could be had has none of it.
      const { connections = [], models = [], questions = false } = stored;
      return { network, secrets, connections, models, files, memory, questions, grantedBy, grantedAt };
    },
    async set(tenantId, toolId, grant) {
      try {
        await toolGrants.updateOne(of(tenantId, toolId), { $set: grant }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await toolGrants.updateOne(of(tenantId, toolId), { $set: grant });
      }
    },
    async delete(tenantId, toolId) {
      await toolGrants.deleteOne(of(tenantId, toolId));
    },
  };
}
