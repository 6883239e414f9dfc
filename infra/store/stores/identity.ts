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
  };
}

const optional =
  <S, T>(convert: (stored: S) => T) =>
  (stored: S | null): T | undefined =>
    stored === null ? undefined : convert(stored);

const toUser = ({ _id, ...user }: StoredUser): User => ({ id: _id, ...user });
