import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredUser } from '../models/user.ts';
import type { IdentityStore, User } from '../ports.ts';

export function identityStore({ users }: Models): IdentityStore {
  return {
    user: async (id) => optional(toUser)(await users.findById(id).lean()),
    userByName: async (username) => optional(toUser)(await users.findOne({ username }).lean()),
    users: async () => (await users.find().sort({ username: 1 }).lean()).map(toUser),
    async saveUser({ id, ...user }) {
      await users.updateOne({ _id: id }, { $set: user }, { upsert: true });
    },
    async usersOf(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        users.find({ tenantId }).sort({ username: 1 }).skip(offset).limit(limit).lean(),
        users.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toUser), total };
    },
    async createUser({ id, ...user }) {
      try {
        await users.create({ _id: id, ...user });
        return { ok: true, value: undefined };
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
    },
    async changeUser(tenantId, id, changes) {
      const { matchedCount } = await users.updateOne({ _id: id, tenantId }, { $set: changes });
      return matchedCount > 0;
    },
    async deleteUser(tenantId, id) {
      const { deletedCount } = await users.deleteOne({ _id: id, tenantId });
      return deletedCount > 0;
    },
  };
}

const optional =
  <S, T>(convert: (stored: S) => T) =>
  (stored: S | null): T | undefined =>
    stored === null ? undefined : convert(stored);

// A document of before users could be disabled has no such field.
const toUser = ({ _id, enabled = true, ...user }: StoredUser): User => ({ id: _id, ...user, enabled });
