import type { ConversationKey, ConversationStore } from '@baton/engine/protocol';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';

/** Forgotten ones may lie about until somebody of the tenant speaks with an agent; they are never answered. */
export function conversationStore({ conversations }: Models): ConversationStore {
  const idOf = ({ tenantId, agentId, id }: ConversationKey) => naturalId(tenantId, agentId, id);
  return {
    async take(key, owner, now, until) {
      const { tenantId, agentId, id: conversation } = key;
      const _id = idOf(key);
      const free = { $or: [{ owner: null }, { owner }, { takenUntil: { $lte: now } }] };
      const taken = { owner, takenUntil: until };
      await conversations.deleteMany({ tenantId, expiresAt: { $lte: now }, takenUntil: { $lte: now } });
      const found = await conversations.findOneAndUpdate({ _id, tenantId, ...free }, { $set: taken }).lean();
      if (found) return found.expiresAt > now ? JSON.parse(found.messages) : [];
      try {
        // Until something is said there is nothing to keep: it goes with the lease.
        await conversations.create({
          _id,
          tenantId,
          agentId,
          conversation,
          messages: '[]',
          expiresAt: until,
          ...taken,
        });
        return [];
      } catch (error) {
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
    },
    async keep(key, owner, messages, expiresAt) {
      await conversations.updateOne(
        { _id: idOf(key), tenantId: key.tenantId, owner },
        { $set: { messages: JSON.stringify(messages), expiresAt, owner: null, takenUntil: 0 } },
      );
    },
    async release(key, owner) {
      await conversations.updateOne(
        { _id: idOf(key), tenantId: key.tenantId, owner },
        { $set: { owner: null, takenUntil: 0 } },
      );
    },
  };
}
