import { createHash } from 'node:crypto';
import type { Model, Schema } from 'mongoose';
import { canonicalJson } from '../canonicalJson.ts';
import type { Models } from '../models/index.ts';
import type { TenantData, TenantDataStore } from '../ports.ts';

/** What changes without anybody changing it (a key was used, somebody was let in, requests were counted): no part of what the tenant made. */
const passing = new Set<keyof Models>([
  'apiKeys',
  'auditEntries',
  'auditIntents',
  'claims',
  'ledgers',
  'renamings',
  'replies',
  'sessionEnds',
  'textVectors',
  'toolValues',
]);

export function tenantDataStore(all: Models): TenantDataStore {
  const names = (Object.keys(all) as (keyof Models)[]).sort();
  const modelOf = (name: keyof Models) => all[name] as unknown as Model<{ _id: string }>;

  /** What of a collection is the tenant's; `undefined` when nothing can be. */
  async function filterOf(name: keyof Models, tenantId: string): Promise<object | undefined> {
    if (hasTenant(modelOf(name).schema)) return { tenantId };
    switch (name) {
      case 'tenants':
        return { _id: tenantId };
      case 'settings':
        return { _id: { $in: [`examples/${tenantId}`, `providers/${tenantId}`, `references/${tenantId}`] } };
      case 'expiring': {
        const users = await all.users.find({ tenantId }, { _id: 1 }).lean();
        return { accountId: { $in: users.map(({ _id }) => _id) } };
      }
      default:
        return undefined;
    }
  }

  return {
    async read(tenantId) {
      const collections: TenantData['collections'] = {};
      const hash = createHash('sha256');
      for (const name of names) {
        const filter = await filterOf(name, tenantId);
        // Sign-ins under way are secrets of their browsers, and over in hours.
        if (!filter || name === 'expiring') continue;
        const model = modelOf(name);
        const secrets = secretPaths(model.schema);
        const documents: unknown[] = [];
        for await (const document of model.find(filter).sort({ _id: 1 }).lean().cursor()) {
          const shown = Object.fromEntries(Object.entries(document).filter(([path]) => !secrets.has(path)));
          documents.push(shown);
          // The state of a tenant is not what it made: suspending it changes no export.
          if (!passing.has(name) && name !== 'tenants') hash.update(`${name}\n${canonicalJson(shown)}\n`);
        }
        if (documents.length > 0) collections[name] = documents;
      }
      return { collections, hash: hash.digest('hex') };
    },

    async erase(tenantId) {
      const counts: Record<string, number> = {};
      // The tenant last: whoever is interrupted finds it and can go on. Users after what is found through them.
      const order = [
        ...names.filter((name) => name !== 'tenants' && name !== 'users'),
        'users' as const,
        'tenants' as const,
      ];
      for (const name of order) {
        const filter = await filterOf(name, tenantId);
        if (!filter) continue;
        // Below mongoose, for the audit refuses to lose anything; here all of it goes.
        const { deletedCount } = await modelOf(name).collection.deleteMany(filter);
        if (deletedCount > 0) counts[name] = deletedCount;
      }
      return counts;
    },
  };
}

const hasTenant = (schema: Schema) => schema.path('tenantId') !== undefined;

/** Paths a model marks `secret`: what proves who somebody is, or opens something. */
function secretPaths(schema: Schema): Set<string> {
  const secrets = new Set<string>();
  schema.eachPath((path, type) => {
    if ((type.options as { secret?: boolean }).secret) secrets.add(path);
  });
  return secrets;
}
