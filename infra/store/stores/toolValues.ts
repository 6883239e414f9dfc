import type { JsonValue } from '@baton/engine/protocol';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { ToolValueStore } from '../ports.ts';

export function toolValueStore({ toolValues }: Models): ToolValueStore {
  const of = (tenantId: string, scope: string, key: string) => ({
    _id: naturalId(tenantId, scope, key),
    tenantId,
  });
  return {
    async get(tenantId, scope, key) {
      const stored = await toolValues.findOne(of(tenantId, scope, key)).lean();
      return stored ? (JSON.parse(stored.value) as JsonValue) : undefined;
    },
    async set(tenantId, scope, key, value, atMost) {
      const change = { $set: { scope, key, value: JSON.stringify(value) } };
      const known = await toolValues.updateOne(of(tenantId, scope, key), change);
      if (known.matchedCount === 1) return true;
      if ((await toolValues.countDocuments({ tenantId, scope })) >= atMost) return false;
      try {
        await toolValues.updateOne(of(tenantId, scope, key), change, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Somebody made it meanwhile.
        await toolValues.updateOne(of(tenantId, scope, key), change);
      }
      return true;
    },
    async delete(tenantId, scope, key) {
      await toolValues.deleteOne(of(tenantId, scope, key));
    },
    async keys(tenantId, scope) {
      const found = await toolValues.find({ tenantId, scope }, { key: 1 }).sort({ key: 1 }).lean();
      return found.map(({ key }) => key);
    },
  };
}
