import type { StoredExpiring } from '../models/expiring.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { ExpiringStore } from '../ports.ts';

// How long an expired document may lie about; it is never answered.
const purgeInterval = 60_000;

export function expiringStore({ expiring }: Models, now: () => Date): ExpiringStore {
  let lastPurge = 0;

  async function purge(): Promise<void> {
    const instant = now();
    if (instant.getTime() - lastPurge < purgeInterval) return;
    lastPurge = instant.getTime();
    await expiring.deleteMany({ expiresAt: { $lte: instant } });
  }

  function payloadOf(stored: StoredExpiring | null): unknown {
    if (!stored || (stored.expiresAt && stored.expiresAt <= now())) return undefined;
    return JSON.parse(stored.payload);
  }

  return {
    async put(model, id, payload, expiresAt, { grantId, uid, userCode, accountId }) {
      const fields = {
        model,
        payload: JSON.stringify(payload),
        ...(expiresAt && { expiresAt }),
        ...(grantId !== undefined && { grantId }),
        ...(uid !== undefined && { uid }),
        ...(userCode !== undefined && { userCode }),
        ...(accountId !== undefined && { accountId }),
      };
      await expiring.replaceOne({ _id: naturalId(model, id) }, fields, { upsert: true });
      await purge();
    },
    get: async (model, id) => payloadOf(await expiring.findById(naturalId(model, id)).lean()),
    findBy: async (model, field, value) =>
      payloadOf(await expiring.findOne({ [field]: value, model }).lean()),
    async remove(model, id) {
      await expiring.deleteOne({ _id: naturalId(model, id) });
    },
    async removeByGrant(grantId) {
      await expiring.deleteMany({ grantId });
    },
    async removeByAccount(accountId) {
      await expiring.deleteMany({ accountId });
    },
  };
}
