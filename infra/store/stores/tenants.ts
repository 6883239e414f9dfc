import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredTenant } from '../models/tenant.ts';
import type { Tenant, TenantStore } from '../ports.ts';

export function tenantStore({ tenants }: Models): TenantStore {
  const get = async (id: string) => {
    const stored = await tenants.findById(id).lean();
    return stored ? toTenant(stored) : undefined;
  };
  return {
    get,
    all: async () => (await tenants.find().sort({ _id: 1 }).lean()).map(toTenant),
    async list({ limit, offset }) {
      const [found, total] = await Promise.all([
        tenants.find().sort({ _id: 1 }).skip(offset).limit(limit).lean(),
        tenants.countDocuments(),
      ]);
      return { items: found.map(toTenant), total };
    },
    async create({ id, name, at }) {
      const made = { _id: id, name, status: 'active' as const, createdAt: at, changedAt: at };
      try {
        await tenants.create(made);
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
      return { ok: true, value: toTenant(made) };
    },
    async update(id, { name, status, statusReason }, at) {
      await tenants.updateOne(
        { _id: id },
        {
          $set: {
            ...(name !== undefined && { name }),
            ...(status !== undefined && { status }),
            ...(statusReason && { statusReason }),
            changedAt: at,
          },
          ...(status !== undefined && !statusReason && { $unset: { statusReason: 1 } }),
        },
      );
      return get(id);
    },
    async delete(id) {
      return (await tenants.deleteOne({ _id: id })).deletedCount === 1;
    },
  };
}

/** Tenants of earlier versions have no more than a name. */
const toTenant = ({
  _id,
  name,
  status = 'active',
  statusReason,
  createdAt = new Date(0),
  changedAt = createdAt,
}: StoredTenant): Tenant => ({
  id: _id,
  name,
  status,
  ...(statusReason !== undefined && { statusReason }),
  createdAt,
  changedAt,
});
