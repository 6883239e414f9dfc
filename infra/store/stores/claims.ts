import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { ClaimStore } from '../ports.ts';

/** ms; how long a claim that nobody took back may lie about. It counts for nothing. */
const purgeInterval = 60_000;

export function claimStore({ claims }: Models, now: () => Date): ClaimStore {
  const lastPurge = new Map<string, number>();

  async function purge(tenantId: string): Promise<void> {
    const instant = now();
    if (instant.getTime() - (lastPurge.get(tenantId) ?? 0) < purgeInterval) return;
    lastPurge.set(tenantId, instant.getTime());
    await claims.deleteMany({ tenantId, until: { $lte: instant } });
  }

  return {
    async claim(tenantId, { id, side, references, until }) {
      await purge(tenantId);
      await claims.create({
        _id: naturalId(tenantId, id),
        tenantId,
        side,
        references: [...references],
        until,
      });
    },
    async claimed(tenantId, side, references, except) {
      const found = await claims
        .find({
          tenantId,
          references: { $in: [...references] },
          side,
          until: { $gt: now() },
          ...(except === undefined ? {} : { _id: { $ne: naturalId(tenantId, except) } }),
        })
        .lean();
      const claimed = new Set(found.flatMap((claim) => claim.references));
      return references.filter((reference) => claimed.has(reference));
    },
    async release(tenantId, id) {
      await claims.deleteOne({ _id: naturalId(tenantId, id), tenantId });
    },
  };
}
