import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { LimitChanges, LimitSettings, LimitStore } from '@baton/infra/store';
import type { TenantLimitsView } from '../../api/index.ts';
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
