import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredMcpCredential } from '../models/mcpCredential.ts';
import { naturalId } from '../naturalId.ts';
import type { McpCredentialField, McpCredentialStore, SealedMcpCredentials } from '../ports.ts';

const pathOf = {
  value: 'sealedValue',
  clientSecret: 'sealedClientSecret',
  oauth: 'sealedOauth',
} as const satisfies { [F in McpCredentialField]: keyof StoredMcpCredential };
const paths = Object.entries(pathOf) as [McpCredentialField, (typeof pathOf)[McpCredentialField]][];

export function mcpCredentialStore({ mcpCredentials }: Models): McpCredentialStore {
  const of = (tenantId: string, serverId: string, user: string | undefined) => ({
    _id: naturalId(tenantId, serverId, user ?? ''),
    tenantId,
  });
  return {
    async get(tenantId, serverId, user) {
      const stored = await mcpCredentials.findOne(of(tenantId, serverId, user)).lean();
      return stored ? sealedOf(stored) : undefined;
    },
    async all(tenantId) {
      const found = await mcpCredentials.find({ tenantId }).sort({ _id: 1 }).lean();
      return found.map((stored) => ({
        serverId: stored.serverId,
        user: stored.user === '' ? undefined : stored.user,
        sealed: sealedOf(stored),
      }));
    },
    async change(tenantId, serverId, user, fields) {
      const named = paths.filter(([field]) => fields[field] !== undefined);
      const given = named.filter(([field]) => fields[field] !== null);
      const removed = named.filter(([field]) => fields[field] === null);
      const change = {
        $set: Object.fromEntries(given.map(([field, path]) => [path, fields[field]])),
        $unset: Object.fromEntries(removed.map(([, path]) => [path, 1])),
      };
      const condition = of(tenantId, serverId, user);
      if (given.length === 0) {
        await mcpCredentials.updateOne(condition, { $unset: change.$unset });
        return;
      }
      const made = { ...change, $setOnInsert: { serverId, user: user ?? '' } };
      try {
        await mcpCredentials.updateOne(condition, made, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await mcpCredentials.updateOne(condition, change);
      }
    },
    async reseal(tenantId, serverId, user, field, from, to) {
      const path = pathOf[field];
      const condition = { ...of(tenantId, serverId, user), [path]: from };
      return (await mcpCredentials.updateOne(condition, { $set: { [path]: to } })).matchedCount === 1;
    },
    async delete(tenantId, serverId) {
      await mcpCredentials.deleteMany({ tenantId, serverId });
    },
  };
}

const sealedOf = (stored: StoredMcpCredential): SealedMcpCredentials =>
  Object.fromEntries(paths.flatMap(([field, path]) => (stored[path] ? [[field, stored[path]]] : [])));
