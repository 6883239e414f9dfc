import type { Models } from '../models/index.ts';
import type { StoredTenant } from '../models/tenant.ts';
import type { StoredUser } from '../models/user.ts';
import type { IdentityStore, Tenant, User } from '../ports.ts';

export function identityStore({ tenants, users }: Models): IdentityStore {
  return {
    tenants: async () => (await tenants.find().sort({ _id: 1 }).lean()).map(toTenant),
    tenant: async (id) => optional(toTenant)(await tenants.findById(id).lean()),
    async saveTenant({ id, name }) {
      await tenants.updateOne({ _id: id }, { $set: { name } }, { upsert: true });
    },
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

const toTenant = ({ _id, name }: StoredTenant): Tenant => ({ id: _id, name });

const toUser = ({ _id, ...user }: StoredUser): User => ({ id: _id, ...user });
