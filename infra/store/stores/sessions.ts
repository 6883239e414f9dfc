import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { SessionStore } from '../ports.ts';

/** ms; no issuer's access token lives longer. */
const keep = 24 * 60 * 60_000;

export function sessionStore({ sessionEnds }: Models): SessionStore {
  return {
    async end(tenantId, userId, { at, sessionId = '' }) {
      await sessionEnds.updateOne(
        { _id: naturalId(tenantId, userId, sessionId), tenantId },
        { $max: { at }, $setOnInsert: { userId, sessionId } },
        { upsert: true },
      );
      await sessionEnds.deleteMany({ tenantId, userId, at: { $lt: new Date(at.getTime() - keep) } });
    },
    async ends(tenantId, userId) {
      const found = await sessionEnds.find({ tenantId, userId }).lean();
      return {
        before: found.find(({ sessionId }) => sessionId === '')?.at,
        sessions: found.map(({ sessionId }) => sessionId).filter((sessionId) => sessionId !== ''),
      };
    },
  };
}
