import { ok } from '@baton/engine/protocol';
import { limitRoutes, type TenantLimitsView, type TenantView, tenantRoutes } from '@baton/gateway/api';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { createRecords, type Records } from './liveRecords.ts';

/** One's own tenant with what it lets in. */
export interface OwnTenant {
  tenant: TenantView;
  limits: TenantLimitsView;
}

export interface Tenant extends Records<OwnTenant> {
  rename(name: string): Promise<Failure | undefined>;
  setRates(own: TenantLimitsView['own']): Promise<Failure | undefined>;
  setAddresses(allow: readonly string[], deny: readonly string[]): Promise<Failure | undefined>;
  /** Everything but secrets as a file; answers its hash, with which the tenant can be deleted. */
  export(): Promise<string | undefined>;
  /** Asks for the tenant's id first. */
  remove(): Promise<void>;
}

/** One's own tenant, for those who run it. */
export function createTenant(platform: Platform): Tenant {
  const { api, dialogs, notifications } = platform;
  const records = createRecords<OwnTenant>(platform, ['tenant'], async () => {
    const [tenant, limits] = await Promise.all([
      api.call(tenantRoutes.getOwnTenant),
      api.call(limitRoutes.getLimits),
    ]);
    if (!tenant.ok) return tenant;
    return limits.ok ? ok([{ tenant: tenant.value, limits: limits.value }]) : limits;
  });
  const settled = async (answer: { ok: boolean; failure?: Failure }) => {
    await records.read();
    return answer.ok ? undefined : answer.failure;
  };
  async function exported() {
    const answer = await api.call(tenantRoutes.exportOwnTenant);
    if (!answer.ok) {
      notifications.failure(answer.failure);
      return undefined;
    }
    const { tenant, exportedAt, hash } = answer.value;
    saveFile(`${tenant.id}-${exportedAt.slice(0, 10)}.json`, JSON.stringify(answer.value, null, 2));
    return hash;
  }
  return {
    ...records,
    rename: async (name) => settled(await api.call(tenantRoutes.renameOwnTenant, { body: { name } })),
    setRates: async (own) => settled(await api.call(limitRoutes.updateLimits, { body: { own } })),
    setAddresses: async (allow, deny) =>
      settled(await api.call(limitRoutes.updateLimits, { body: { allow: [...allow], deny: [...deny] } })),
    export: exported,
    async remove() {
      const { id } = platform.me.tenant;
      const typed = await dialogs.input({
        title: `Type ${id} to delete the tenant with all it has. An export is saved first; nothing brings it back`,
        placeholder: id,
        validate: (value) => (value === id ? undefined : `Expected ${id}, but it is something else.`),
      });
      if (typed !== id) return;
      const hash = await exported();
      if (!hash) return;
      const answer = await api.call(tenantRoutes.deleteOwnTenant, { ifMatch: hash });
      if (!answer.ok) notifications.failure(answer.failure);
    },
  };
}
