import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredMember } from '../models/member.ts';
import { naturalId } from '../naturalId.ts';
import type { Member, MemberStore } from '../ports.ts';

export function memberStore({ members }: Models): MemberStore {
  const get = async (tenantId: string, userId: string) => {
    const stored = await members.findOne({ _id: naturalId(tenantId, userId), tenantId }).lean();
    return stored ? toMember(stored) : undefined;
  };
  return {
    get,
    async list(tenantId, { role, username }, { limit, offset }) {
      const filter = {
        tenantId,
        removed: false,
        ...(role !== undefined && { roles: role }),
        ...(username !== undefined && { username }),
      };
      const [found, total] = await Promise.all([
        members.find(filter).sort({ username: 1, _id: 1 }).skip(offset).limit(limit).lean(),
        members.countDocuments(filter),
      ]);
      return { items: found.map(toMember), total };
    },
    async put({ tenantId, userId, ...member }) {
      const _id = naturalId(tenantId, userId);
      await members.replaceOne({ _id, tenantId }, { tenantId, userId, ...member }, { upsert: true });
    },
    async change({ tenantId, userId, ...member }) {
      const _id = naturalId(tenantId, userId);
      try {
        // Somebody removed is not found by this filter, and their id is taken.
        await members.replaceOne(
          { _id, tenantId, removed: false },
          { tenantId, userId, ...member },
          { upsert: true },
        );
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async note(tenantId, { userId, username, name, roles }) {
      const _id = naturalId(tenantId, userId);
      const never = new Date(0);
      try {
        const { matchedCount } = await members.updateOne(
          { _id, tenantId, changedAt: never },
          { $set: { username, name, roles: [...roles] } },
        );
        if (matchedCount > 0 || (await get(tenantId, userId))) return;
        const seen = { tenantId, userId, username, name, roles: [...roles] };
        await members.create({ _id, ...seen, removed: false, changedAt: never, changedBy: '' });
      } catch (error) {
        // Seen by two requests at once.
        if (!isDuplicateKey(error)) throw error;
      }
    },
  };
}

const toMember = ({ _id, ...member }: StoredMember): Member => member;
