import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { McpLockStore } from '../ports.ts';

export function mcpLockStore({ mcpLocks }: Models): McpLockStore {
  const of = (tenantId: string, serverId: string) => ({ _id: naturalId(tenantId, serverId), tenantId });
  return {
    async get(tenantId, serverId) {
      const stored = await mcpLocks.findOne(of(tenantId, serverId)).lean();
      return stored ? { revision: stored.revision, tools: JSON.parse(stored.tools) } : undefined;
    },
    async put(tenantId, serverId, lock) {
      const tools = JSON.stringify(lock.tools);
      if (lock.revision > 0) {
        const expected = { ...of(tenantId, serverId), revision: lock.revision };
        const change = { $set: { tools }, $inc: { revision: 1 } };
        return (await mcpLocks.updateOne(expected, change)).matchedCount === 1;
      }
      try {
        await mcpLocks.create({ ...of(tenantId, serverId), serverId, revision: 1, tools });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async delete(tenantId, serverId) {
      await mcpLocks.deleteOne(of(tenantId, serverId));
    },
  };
}
