import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { ReplyStore } from '../ports.ts';

/** ms; how long an expired reply of a tenant may lie about. It is never answered. */
const purgeInterval = 10 * 60_000;

export function replyStore({ replies }: Models, now: () => Date): ReplyStore {
  const lastPurge = new Map<string, number>();

  async function purge(tenantId: string): Promise<void> {
    const instant = now();
    if (instant.getTime() - (lastPurge.get(tenantId) ?? 0) < purgeInterval) return;
    lastPurge.set(tenantId, instant.getTime());
    await replies.deleteMany({ tenantId, expiresAt: { $lte: instant } });
  }

  return {
    async take(tenantId, key, taken) {
      const _id = naturalId(tenantId, key);
      await purge(tenantId);
      for (;;) {
        try {
          await replies.create({ _id, tenantId, ...taken });
          return { taken: true };
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
        const found = await replies.findOne({ _id, tenantId }).lean();
        if (!found) continue;
        const over = found.reply === undefined ? found.leaseUntil : found.expiresAt;
        if (over > now()) {
          const reply = found.reply === undefined ? undefined : JSON.parse(found.reply);
          return { taken: false, fingerprint: found.fingerprint, reply };
        }
        // Whoever had it is gone, or its answer is too old: it is removed as it was found, and taken anew.
        await replies.deleteOne({ _id, tenantId, owner: found.owner, leaseUntil: found.leaseUntil });
      }
    },
    async keep(tenantId, key, owner, reply) {
      await replies.updateOne(
        { _id: naturalId(tenantId, key), tenantId, owner },
        { $set: { reply: JSON.stringify(reply) } },
      );
    },
    async release(tenantId, key, owner) {
      await replies.deleteOne({ _id: naturalId(tenantId, key), tenantId, owner, reply: { $exists: false } });
    },
  };
}
