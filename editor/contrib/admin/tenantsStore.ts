import { type Grants, grantRoutes, type TenantView, tenantsRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { createRecords, type Records } from './liveRecords.ts';
import type { TenantDraft } from './tenantDraft.ts';

/** The link of a new tenant's first owner: shown this once. */
export interface OwnerLink {
  tenant: string;
  email: string;
  link: string;
  expiresAt: string;
}

export interface Tenants extends Records<TenantView> {
  readonly made: Readable<OwnerLink | undefined>;
  /** What the selected one is given instead of the defaults. */
  readonly grants: Readable<Grants | undefined>;
  create(draft: TenantDraft): Promise<Failure | undefined>;
  rename(tenant: TenantView, name: string): Promise<Failure | undefined>;
  suspend(tenant: TenantView, reason: string): Promise<Failure | undefined>;
  resume(tenant: TenantView): Promise<void>;
  setGrants(tenant: TenantView, grants: Grants): Promise<Failure | undefined>;
  /** Everything of a suspended tenant but secrets, as a file. Answers its hash. */
  export(tenant: TenantView): Promise<string | undefined>;
  /** Asks for its id first. */
  remove(tenant: TenantView): Promise<void>;
}

/** All tenants of the installation, from outside. */
export function createTenants(platform: Platform): Tenants {
  const { api, dialogs, notifications } = platform;
  const records = createRecords<TenantView>(platform, ['tenants'], () =>
    everyPage((query) => api.call(tenantsRoutes.listTenants, { query })),
  );
  const made = createStore<{ last: OwnerLink | undefined }>(() => ({ last: undefined }));
  const grants = createStore<{ of: Grants | undefined }>(() => ({ of: undefined }));
  const settled = async (answer: { ok: boolean; failure?: Failure }) => {
    await records.read();
    return answer.ok ? undefined : answer.failure;
  };
  async function readGrants(id: string) {
    grants.setState({ of: undefined });
    const answer = await api.call(grantRoutes.getGrants, { params: { id } });
    if (records.getState().selected !== id) return;
    if (answer.ok) grants.setState({ of: answer.value });
    else notifications.failure(answer.failure);
  }
  async function exported({ id }: TenantView) {
    const answer = await api.call(tenantsRoutes.exportTenant, { params: { id } });
    if (!answer.ok) {
      notifications.failure(answer.failure);
      return undefined;
    }
    saveFile(`${id}-${answer.value.exportedAt.slice(0, 10)}.json`, JSON.stringify(answer.value, null, 2));
    return answer.value.hash;
  }
  return {
    ...records,
    made: { getState: () => made.getState().last, subscribe: made.subscribe },
    grants: { getState: () => grants.getState().of, subscribe: grants.subscribe },
    select(id) {
      made.setState({ last: undefined });
      records.select(id);
      if (id) void readGrants(id);
    },
    async create({ id, name, owner }) {
      const body = { id, name, ...(owner !== '' && { owner: { email: owner } }) };
      const answer = await api.call(tenantsRoutes.createTenant, { body });
      if (!answer.ok) return answer.failure;
      const { invitation } = answer.value;
      await records.read();
      records.select(id);
      void readGrants(id);
      if (invitation) made.setState({ last: { tenant: id, email: owner, ...invitation } });
      return undefined;
    },
    rename: async ({ id }, name) =>
      settled(await api.call(tenantsRoutes.renameTenant, { params: { id }, body: { name } })),
    suspend: async ({ id }, reason) =>
      settled(await api.call(tenantsRoutes.suspendTenant, { params: { id }, body: { reason } })),
    async resume({ id }) {
      const failure = await settled(await api.call(tenantsRoutes.resumeTenant, { params: { id } }));
      if (failure) notifications.failure(failure);
    },
    async setGrants({ id }, given) {
      const answer = await api.call(grantRoutes.setGrants, { params: { id }, body: given });
      if (!answer.ok) return answer.failure;
      grants.setState({ of: answer.value });
      return undefined;
    },
    export: exported,
    async remove(tenant) {
      const { id } = tenant;
      const typed = await dialogs.input({
        title: `Type ${id} to delete the tenant with all it has. An export is saved first; nothing brings it back`,
        placeholder: id,
        validate: (value) => (value === id ? undefined : `Expected ${id}, but it is something else.`),
      });
      if (typed !== id) return;
      const hash = await exported(tenant);
      if (!hash) return;
      const answer = await api.call(tenantsRoutes.deleteTenant, { params: { id }, ifMatch: hash });
      if (!answer.ok) notifications.failure(answer.failure);
      else records.select(undefined);
      await records.read();
    },
  };
}
