import { contentHash } from '../canonicalJson.ts';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredRole } from '../models/role.ts';
import { naturalId } from '../naturalId.ts';
import type { CustomRole, NewCustomRole, RoleStore } from '../ports.ts';

export function roleStore({ roles }: Models): RoleStore {
  const get = async (tenantId: string, name: string) => {
    const stored = await roles.findOne({ _id: naturalId(tenantId, name), tenantId }).lean();
    return stored ? toRole(stored) : undefined;
  };
  return {
    get,
    list: async (tenantId) => (await roles.find({ tenantId }).sort({ name: 1 }).lean()).map(toRole),
    async create(tenantId, role) {
      const made = customRole(tenantId, role);
      try {
        await roles.create({ _id: naturalId(tenantId, role.name), ...made });
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
      return { ok: true, value: made };
    },
    async update(tenantId, expectedHash, role) {
      const changed = customRole(tenantId, role);
      const _id = naturalId(tenantId, role.name);
      const { matchedCount } = await roles.replaceOne({ _id, tenantId, hash: expectedHash }, changed);
      if (matchedCount === 1) return { ok: true, value: changed };
      const latest = await get(tenantId, role.name);
      return latest
        ? { ok: false, failure: { code: 'VERSION_CONFLICT', latest } }
        : { ok: false, failure: { code: 'NOT_FOUND' } };
    },
    async delete(tenantId, name) {
      return (await roles.deleteOne({ _id: naturalId(tenantId, name), tenantId })).deletedCount === 1;
    },
  };
}

function customRole(
  tenantId: string,
  { name, description, permissions, tools, at, by }: NewCustomRole,
): CustomRole {
  const content = { description, permissions: [...permissions], ...(tools && { tools: [...tools] }) };
  return { tenantId, name, ...content, hash: contentHash(name, content), changedAt: at, changedBy: by };
}

const toRole = ({ _id, ...role }: StoredRole): CustomRole => role;
