import type { Notices } from '@baton/infra/coordination';
import type { LimitStore } from '@baton/infra/store';
import { type RateName, rateNames } from '../api/index.ts';
import { addressList, admittedBy } from './addresses.ts';
import type { Rates } from './rates.ts';

/** What holds for a tenant now. */
export interface TenantLimits {
  rates: Rates;
  /** Whether the tenant lets requests from there in. */
  admits(address: string): boolean;
}

export interface TenantLimitsSource {
  of(tenantId: string): Promise<TenantLimits>;
}

/** Tenants whose limits are kept in memory. */
const kept = 10_000;

/** The installation's limits with what the tenant's documents change, kept until a notice says otherwise. */
export function createTenantLimits(
  store: LimitStore,
  notices: Notices,
  installation: Rates,
): TenantLimitsSource & { close(): void } {
  const known = new Map<string, Promise<TenantLimits>>();
  const close = notices.subscribe(
    ({ kind, tenantId }) => {
      if (kind === 'limits') known.delete(tenantId);
    },
    () => known.clear(),
  );
  return {
    close,
    of(tenantId) {
      const found = known.get(tenantId);
      if (found) return found;
      const read = store.get(tenantId).then(
        ({ rates, allow, deny }): TenantLimits => ({
          rates: effectiveRates(installation, rates),
          admits: admittedBy(addressList(allow), addressList(deny)),
        }),
      );
      if (known.size >= kept) known.delete(known.keys().next().value as string);
      known.set(tenantId, read);
      read.catch(() => known.delete(tenantId));
      return read;
    },
  };
}

/** The platform's grant replaces the installation's default; what the tenant sets for itself only lowers it. */
export function effectiveRates(
  installation: Rates,
  { granted, own }: { granted: Readonly<Record<string, number>>; own: Readonly<Record<string, number>> },
): Rates {
  const rates = rateNames.map((name): [RateName, number] => [
    name,
    Math.min(granted[name] ?? installation[name], own[name] ?? Number.POSITIVE_INFINITY),
  ]);
  return Object.fromEntries(rates) as Record<RateName, number>;
}
