import type { StoredApiKey } from '../models/apiKey.ts';
import type { Models } from '../models/index.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../ports.ts';

export function apiKeyStore({ apiKeys }: Models): ApiKeyStore {
  // Past the guard of the model, which asks every caller for the tenant.
  const everyTenants = apiKeys.db.collection<StoredApiKey>(apiKeys.collection.collectionName);

  return {
    async create(key) {
      await apiKeys.create(toStored(key));
    },

    find: async (id) => optional(await everyTenants.findOne({ _id: id })),
    get: async (tenantId, id) => optional(await apiKeys.findOne({ _id: id, tenantId }).lean()),
    async list(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        apiKeys.find({ tenantId }).sort({ createdAt: -1, _id: -1 }).skip(offset).limit(limit).lean(),
        apiKeys.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toRecord), total };
    },
    async rotate(tenantId, id, expectedHash, secrets) {
      const { matchedCount } = await apiKeys.updateOne(
        { _id: id, tenantId, 'secrets.0.hash': expectedHash, revokedAt: { $exists: false } },
        { $set: { secrets } },
      );
      return matchedCount === 1;
    },
    async revoke(tenantId, id, at) {
      await apiKeys.updateOne(
        { _id: id, tenantId, revokedAt: { $exists: false } },
        { $set: { revokedAt: at } },
      );
      return (await apiKeys.countDocuments({ _id: id, tenantId })) === 1;
    },
    async used(tenantId, id, at) {
      await apiKeys.updateOne({ _id: id, tenantId }, { $max: { lastUsedAt: at } });
    },
  };
}

const toStored = ({ id, ...key }: ApiKeyRecord): StoredApiKey => ({ _id: id, ...key });

const toRecord = ({ _id, ...key }: StoredApiKey): ApiKeyRecord => ({ id: _id, ...key });

const optional = (stored: StoredApiKey | null) => (stored ? toRecord(stored) : undefined);
