import type { Notices } from '@baton/infra/coordination';
import type { LimitLayers, LimitStore } from '@baton/infra/store';
import { remembered } from '../access/remembered.ts';
import { type QuotaName, quotaNames, type RateName, rateNames } from '../api/index.ts';
import { addressList, admittedBy } from './addresses.ts';
import type { Rates } from './rates.ts';

/** What holds for a tenant now. */
export interface TenantLimits {
  rates: Rates;
  /** Nothing named, nothing limited. */
  quotas: { readonly [N in QuotaName]?: number };
  /** Whether the tenant lets requests from there in. */
  admits(address: string): boolean;
}

export interface TenantLimitsSource {
  of(tenantId: string): Promise<TenantLimits>;
}

/** The installation's limits with what the tenant's documents change, kept until a notice says otherwise. */
export function createTenantLimits(
  store: LimitStore,
  notices: Notices,
  installation: { rates: Rates; quotas: { readonly [N in QuotaName]?: number } },
  now: () => number,
): TenantLimitsSource & { close(): void } {
  const known = remembered({
    now,
    async load(tenantId): Promise<TenantLimits> {
      const { rates, quotas, allow, deny } = await store.get(tenantId);
      return {
        rates: effectiveRates(installation.rates, rates),
        quotas: effectiveQuotas(installation.quotas, quotas),
        admits: admittedBy(addressList(allow), addressList(deny)),
      };
    },
  });
  const close = notices.subscribe(({ kind, tenantId }) => {
    if (kind === 'limits') known.forget(tenantId);
  }, known.forgetAll);
  return { close, of: (tenantId) => known.get(tenantId, 'limits') };
}

type Layers = Pick<LimitLayers, 'granted' | 'own'>;

/** The platform's grant replaces the installation's default; what the tenant sets for itself only lowers it. */
function effective(name: string, installation: number | undefined, { granted, own }: Layers) {
  const given = granted[name] ?? installation ?? Number.POSITIVE_INFINITY;
  return Math.min(given, own[name] ?? given);
}

export function effectiveRates(installation: Rates, layers: Layers): Rates {
  const rates = rateNames.map((name): [RateName, number] => [
    name,
    effective(name, installation[name], layers),
  ]);
  return Object.fromEntries(rates) as Record<RateName, number>;
}

function effectiveQuotas(installation: TenantLimits['quotas'], layers: Layers): TenantLimits['quotas'] {
  return Object.fromEntries(
    quotaNames
      .map((name): [QuotaName, number] => [name, effective(name, installation[name], layers)])
      .filter(([, limit]) => limit !== Number.POSITIVE_INFINITY),
  );
}
