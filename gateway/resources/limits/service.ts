import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { LimitChanges, LimitSettings, LimitStore, TenantStore } from '@baton/infra/store';
import type { Grants, TenantLimitsView } from '../../api/index.ts';
import { addressList, admittedBy } from '../../limits/addresses.ts';
import type { Rates } from '../../limits/rates.ts';
import { effectiveRates } from '../../limits/tenantLimits.ts';
import { type Refusal, refuse } from '../../refusal.ts';

export interface LimitService {
  get(tenantId: string): Promise<TenantLimitsView>;
  /** @param from address of who changes them, who must not lock themselves out */
  update(
    tenantId: string,
    changes: {
      own?: { [name: string]: number } | undefined;
      allow?: string[] | undefined;
      deny?: string[] | undefined;
    },
    from: string,
  ): Promise<Result<TenantLimitsView, Refusal>>;
}

export function createLimitService(store: LimitStore, notices: Notices, installation: Rates): LimitService {
  const view = ({ rates, allow, deny }: LimitSettings): TenantLimitsView => ({
    rates: effectiveRates(installation, rates),
    own: { ...rates.own },
    allow: [...allow],
    deny: [...deny],
  });
  return {
    get: async (tenantId) => view(await store.get(tenantId)),
    async update(tenantId, { own, allow, deny }, from) {
      const before = await store.get(tenantId);
      const admits = admittedBy(addressList(allow ?? before.allow), addressList(deny ?? before.deny));
      if ((allow || deny) && !admits(from)) {
        return refuse(
          'INVALID_STATE',
          `Expected lists that let in who sets them, but ${from} would be kept out`,
          { address: from },
        );
      }
      const changes: LimitChanges = {
        ...(own && { rates: { own } }),
        ...(allow && { allow }),
        ...(deny && { deny }),
      };
      const changed = await store.change(tenantId, changes);
      await notices.publish({ kind: 'limits', tenantId });
      return ok(view(changed));
    },
  };
}

/** What the platform gives tenants. */
export interface GrantService {
  get(id: string): Promise<Result<Grants, Refusal>>;
  set(id: string, grants: Grants): Promise<Result<Grants, Refusal>>;
}

export function createGrantService(store: LimitStore, tenants: TenantStore, notices: Notices): GrantService {
  const view = ({ rates, quotas }: LimitSettings): Grants => ({
    rates: { ...rates.granted },
    quotas: { ...quotas.granted },
  });
  const missing = (id: string) => refuse('NOT_FOUND', `Expected a tenant '${id}', but there is none`);
  return {
    async get(id) {
      return (await tenants.get(id)) ? ok(view(await store.get(id))) : missing(id);
    },
    async set(id, { rates, quotas }) {
      if (!(await tenants.get(id))) return missing(id);
      const changed = await store.change(id, {
        rates: { granted: rates as { [name: string]: number } },
        quotas: { granted: quotas as { [name: string]: number } },
      });
      await notices.publish({ kind: 'limits', tenantId: id });
      return ok(view(changed));
    },
  };
}
