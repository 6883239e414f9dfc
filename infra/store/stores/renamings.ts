import type { Models } from '../models/index.ts';
import type { RenamingStore } from '../ports.ts';

/** Renamings that are taken up at once; the others follow at the next look. */
const atOnce = 100;

export function renamingStore({ renamings }: Models): RenamingStore {
  return {
    async begin({ id, ...renaming }) {
      await renamings.create({ _id: id, ...renaming });
    },
    async end(tenantId, id) {
      await renamings.deleteOne({ _id: id, tenantId });
    },
    async left(before) {
      const found = await renamings
        .find({ until: { $lt: before } })
        .sort({ until: 1 })
        .limit(atOnce)
        .lean();
      return found.map(({ _id, ...renaming }) => ({ id: _id, ...renaming }));
    },
  };
}
