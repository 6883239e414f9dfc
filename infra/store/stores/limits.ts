import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredLimit } from '../models/limit.ts';
import { naturalId } from '../naturalId.ts';
import type { LimitLayers, LimitSettings, LimitStore } from '../ports.ts';

export function limitStore({ limits }: Models): LimitStore {
  const get = async (tenantId: string) =>
    toSettings(await limits.findOne({ _id: naturalId(tenantId), tenantId }).lean());
  return {
    get,
    async change(tenantId, { rates, quotas, allow, deny }) {
      const $set = {
        ...layers('rates', rates),
        ...layers('quotas', quotas),
        ...(allow && { allow: [...allow] }),
        ...(deny && { deny: [...deny] }),
      };
      if (Object.keys($set).length === 0) return get(tenantId);
      const write = () =>
        limits.updateOne({ _id: naturalId(tenantId), tenantId }, { $set }, { upsert: true });
      try {
        await write();
      } catch (error) {
        // Two first changes at once.
        if (!isDuplicateKey(error)) throw error;
        await write();
      }
      return get(tenantId);
    },
  };
}

function layers(kind: 'rates' | 'quotas', { granted, own }: Partial<LimitLayers> = {}) {
  return {
    ...(granted && { [`${kind}Granted`]: JSON.stringify(granted) }),
    ...(own && { [`${kind}Own`]: JSON.stringify(own) }),
  };
}

const toSettings = (stored: StoredLimit | null): LimitSettings => ({
  rates: { granted: numbers(stored?.ratesGranted), own: numbers(stored?.ratesOwn) },
  quotas: { granted: numbers(stored?.quotasGranted), own: numbers(stored?.quotasOwn) },
  allow: stored?.allow ?? [],
  deny: stored?.deny ?? [],
});

const numbers = (text = '{}') => JSON.parse(text) as { [name: string]: number };
