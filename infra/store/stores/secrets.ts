import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { NamedSecret, SecretStore } from '../ports.ts';

export function secretStore({ secrets }: Models): SecretStore {
  const of = (tenantId: string, name: string) => ({ _id: naturalId(tenantId, name), tenantId });
  return {
    async list(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        secrets.find({ tenantId }).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        secrets.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toNamed), total };
    },
    async sealed(tenantId, name) {
      return (await secrets.findOne(of(tenantId, name)).lean())?.sealed;
    },
    async create(tenantId, { name, sealed, at, by }) {
      const made = { ...of(tenantId, name), name, sealed, changedAt: at, changedBy: by };
      try {
        await secrets.create(made);
      } catch (error) {
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
      return toNamed(made);
    },
    async replace(tenantId, { name, sealed, at, by }) {
      const changed = { sealed, changedAt: at, changedBy: by };
      const { matchedCount } = await secrets.updateOne(of(tenantId, name), { $set: changed });
      return matchedCount === 1 ? { tenantId, name, changedAt: at, changedBy: by } : undefined;
    },
    async reseal(tenantId, name, from, to) {
      const change = { $set: { sealed: to } };
      return (await secrets.updateOne({ ...of(tenantId, name), sealed: from }, change)).matchedCount === 1;
    },
    async delete(tenantId, name) {
      return (await secrets.deleteOne(of(tenantId, name))).deletedCount === 1;
    },
  };
}

const toNamed = ({ tenantId, name, changedAt, changedBy }: NamedSecret): NamedSecret => ({
  tenantId,
  name,
  changedAt,
  changedBy,
});
