import { contentHash } from '../canonicalJson.ts';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredMcpServer } from '../models/mcpServer.ts';
import { naturalId } from '../naturalId.ts';
import type { McpServer, McpServerSave, McpServerStore } from '../ports.ts';

export function mcpServerStore({ mcpServers }: Models): McpServerStore {
  const of = (tenantId: string, id: string) => ({ _id: naturalId(tenantId, id), tenantId });
  const get = async (tenantId: string, id: string) => {
    const stored = await mcpServers.findOne(of(tenantId, id)).lean();
    return stored ? toServer(stored) : undefined;
  };

  return {
    get,
    async list(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        limit === 0 ? [] : mcpServers.find({ tenantId }).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        mcpServers.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toServer), total };
    },
    all: async (tenantId) => (await mcpServers.find({ tenantId }).sort({ name: 1 }).lean()).map(toServer),
    async getByName(tenantId, name) {
      const stored = await mcpServers.findOne({ tenantId, name }).lean();
      return stored ? toServer(stored) : undefined;
    },
    async create(tenantId, id, save) {
      const made = { ...of(tenantId, id), id, ...written(save), revision: 1, createdAt: save.at };
      try {
        await mcpServers.create(made);
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
      return { ok: true, value: toServer(made) };
    },
    async update(tenantId, id, expectedHash, save): ReturnType<McpServerStore['update']> {
      const set = written(save);
      let saved: boolean;
      try {
        const condition = { ...of(tenantId, id), hash: expectedHash };
        const change = { $set: set, $inc: { revision: 1 } };
        saved = (await mcpServers.updateOne(condition, change)).matchedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
      const latest = await get(tenantId, id);
      if (!latest) return { ok: false, failure: { code: 'NOT_FOUND' } };
      return saved || latest.hash === set.hash
        ? { ok: true, value: latest }
        : { ok: false, failure: { code: 'VERSION_CONFLICT', latest } };
    },
    async approve(tenantId, id, hash, approval) {
      const change = { $set: { approval }, $inc: { revision: 1 } };
      const { matchedCount } = await mcpServers.updateOne({ ...of(tenantId, id), hash }, change);
      return matchedCount === 1 ? get(tenantId, id) : undefined;
    },
    async delete(tenantId, id) {
      return (await mcpServers.deleteOne(of(tenantId, id))).deletedCount === 1;
    },
  };
}

function written({
  name,
  description,
  transport,
  auth,
  timeout,
  enabled,
  credentialsAt,
  by,
  at,
}: McpServerSave) {
  return {
    name,
    description,
    transport: JSON.stringify(transport),
    auth: JSON.stringify(auth),
    timeout,
    enabled,
    ...(credentialsAt && { credentialsAt }),
    hash: contentHash(name, { description, transport, auth, timeout, enabled, credentialsAt }),
    changedAt: at,
    changedBy: by,
  };
}

const toServer = ({ _id, transport, auth, ...server }: StoredMcpServer): McpServer => ({
  ...server,
  transport: JSON.parse(transport),
  auth: JSON.parse(auth),
});
