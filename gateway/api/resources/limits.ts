import { z } from 'zod';
import { quotaNames } from '../quotas.ts';
import { type RateName, rateNames } from '../rates.ts';
import { route } from '../route.ts';
import { tenantParams } from './tenants.ts';

/** An address, or a network as CIDR. */
export const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'Expected an address or a network such as 192.0.2.0/24',
});
const networks = z.array(network).max(1000);

/** Requests in any minute, by what is counted. */
const rate = z.enum(rateNames as [RateName, ...RateName[]]);
/** What a tenant may lower for itself: not the way out of a limit, nor what no tenant is known of. */
const ownRate = z.enum(
  rateNames.filter((name) => !name.endsWith('.auth') && !name.startsWith('address.')) as [
    RateName,
    ...RateName[],
  ],
);
const requests = z.number().int().min(0).max(1_000_000);

export const tenantLimits = z.object({
  /** In force: what the platform gives, or less if the tenant wants less. */
  rates: z.record(rate, requests),
  /** Lower ones the tenant has set for itself. */
  own: z.partialRecord(ownRate, requests),
  /** Addresses let in; all, if the list is empty. */
  allow: networks,
  /** Addresses kept out. */
  deny: networks,
});
export type TenantLimitsView = z.infer<typeof tenantLimits>;

export const limitRoutes = {
  getLimits: route({
    method: 'GET',
    path: '/limits',
    rate: 'auth',
    summary: 'Requests a minute, and addresses, that the tenant lets in',
    permission: 'tenant:read',
    response: tenantLimits,
    status: 200,
    errors: [],
  }),
  updateLimits: route({
    method: 'PUT',
    path: '/limits',
    rate: 'auth',
    summary: 'Set lower rates for oneself, and the addresses let in; what is not given stays',
    permission: 'tenant:write',
    body: z.object({
      own: z.partialRecord(ownRate, requests).optional(),
      allow: networks.optional(),
      deny: networks.optional(),
    }),
    response: tenantLimits,
    status: 200,
    errors: ['INVALID_STATE'],
  }),
};

const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What the platform gives a tenant instead of the installation's defaults. */
export const grants = z.object({
  rates: z.partialRecord(rate, requests),
  quotas: z.partialRecord(z.enum(quotaNames), amount),
});
export type Grants = z.infer<typeof grants>;

export const grantRoutes = {
  getGrants: route({
    method: 'GET',
    path: '/tenants/:id/limits',
    summary: 'What a tenant is given instead of the defaults',
    permission: 'tenants:read',
    params: tenantParams,
    response: grants,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  setGrants: route({
    method: 'PUT',
    path: '/tenants/:id/limits',
    summary: 'Give a tenant other limits than the defaults; what is not named is as by default',
    permission: 'tenants:write',
    params: tenantParams,
    body: grants,
    response: grants,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
};
