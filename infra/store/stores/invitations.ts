import type { Models } from '../models/index.ts';
import type { StoredInvitation } from '../models/invitation.ts';
import type { Invitation, InvitationStore } from '../ports.ts';

export function invitationStore({ invitations }: Models): InvitationStore {
  return {
    async create({ id, ...invitation }, tokenHash) {
      await invitations.create({ _id: id, ...invitation, tokenHash, status: 'open' });
    },
    async list(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        invitations.find({ tenantId }).sort({ createdAt: -1, _id: 1 }).skip(offset).limit(limit).lean(),
        invitations.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toInvitation), total };
    },
    countOpen: (tenantId, at) =>
      invitations.countDocuments({ tenantId, status: 'open', expiresAt: { $gt: at } }),
    async get(tenantId, id) {
      const found = await invitations.findOne({ _id: id, tenantId }).lean();
      return found ? toInvitation(found) : undefined;
    },
    async byToken(tokenHash) {
      const found = await invitations.findOne({ tokenHash }).lean();
      return found ? toInvitation(found) : undefined;
    },
    async change(tenantId, id, from, to, acceptedBy) {
      const { matchedCount } = await invitations.updateOne(
        { _id: id, tenantId, status: from },
        { $set: { status: to, ...(acceptedBy !== undefined && { acceptedBy }) } },
      );
      return matchedCount > 0;
    },
  };
}

const toInvitation = ({ _id, tokenHash, ...invitation }: StoredInvitation): Invitation => ({
  id: _id,
  ...invitation,
});
