import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredConnection } from '../models/toolConnection.ts';
import { naturalId } from '../naturalId.ts';
import type { ConnectionSave, ConnectionStore, SavedConnection } from '../ports.ts';

export function connectionStore({ toolConnections }: Models): ConnectionStore {
  const of = (tenantId: string, name: string) => ({ _id: naturalId(tenantId, name), tenantId });
  return {
    async list(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        toolConnections.find({ tenantId }).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        toolConnections.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toSaved), total };
    },
    async get(tenantId, name) {
      const found = await toolConnections.findOne(of(tenantId, name)).lean();
      return found ? toSaved(found) : undefined;
    },
    async sealed(tenantId, name) {
      return (await toolConnections.findOne(of(tenantId, name)).lean())?.sealed ?? undefined;
    },
    async create(tenantId, save) {
      const made = { ...of(tenantId, save.name), name: save.name, sealed: null, ...changed(save) };
      try {
        await toolConnections.create(made);
      } catch (error) {
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
      return toSaved(made);
    },
    async replace(tenantId, save) {
      const found = await toolConnections
        .findOneAndUpdate(of(tenantId, save.name), { $set: changed(save) }, { returnDocument: 'after' })
        .lean();
      return found ? toSaved(found) : undefined;
    },
    async reseal(tenantId, name, from, to) {
      const change = { $set: { sealed: to } };
      return (
        (await toolConnections.updateOne({ ...of(tenantId, name), sealed: from }, change)).matchedCount === 1
      );
    },
    async delete(tenantId, name) {
      return (await toolConnections.deleteOne(of(tenantId, name))).deletedCount === 1;
    },
  };
}

function changed({ kind, description, url, readOnly, sealed, at, by }: ConnectionSave) {
  return {
    kind,
    description,
    url,
    readOnly,
    changedAt: at,
    changedBy: by,
    ...(sealed !== undefined && { sealed }),
  };
}

const toSaved = (stored: Omit<StoredConnection, '_id'>): SavedConnection => {
  const { tenantId, name, kind, description, url, readOnly, sealed, changedAt, changedBy } = stored;
  return {
    tenantId,
    name,
    kind,
    description,
    url,
    readOnly,
    hasPassword: Boolean(sealed),
    changedAt,
    changedBy,
  };
};
