import { jsonHash } from '../canonicalJson.ts';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { PreferenceStore, Preferences } from '../ports.ts';

const nothing: Preferences = { content: {}, hash: jsonHash({}) };

export function preferenceStore({ preferences }: Models): PreferenceStore {
  const of = (tenantId: string, callerId: string) => ({ _id: naturalId(tenantId, callerId), tenantId });
  const get: PreferenceStore['get'] = async (tenantId, callerId) => {
    const stored = await preferences.findOne(of(tenantId, callerId)).lean();
    return stored ? { content: JSON.parse(stored.content), hash: stored.hash } : nothing;
  };
  return {
    get,
    async put(tenantId, callerId, content, expectedHash) {
      const filter = of(tenantId, callerId);
      const saved = { content, hash: jsonHash(content) };
      const $set = { content: JSON.stringify(content), hash: saved.hash };
      const write = async () => {
        if (expectedHash === undefined) {
          await preferences.updateOne(filter, { $set }, { upsert: true });
          return true;
        }
        const { matchedCount } = await preferences.updateOne({ ...filter, hash: expectedHash }, { $set });
        if (matchedCount === 1) return true;
        if (expectedHash !== nothing.hash) return false;
        await preferences.create({ ...filter, ...$set });
        return true;
      };
      try {
        if (await write()) return { ok: true, value: saved };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Two first saves at once.
        if (expectedHash === undefined && (await write())) return { ok: true, value: saved };
      }
      const latest = await get(tenantId, callerId);
      return latest.hash === saved.hash
        ? { ok: true, value: latest }
        : { ok: false, failure: { code: 'VERSION_CONFLICT', latest } };
    },
  };
}
