import { ok } from '@baton/engine/protocol';
import type { RequestHandler } from 'express';
import type { ClientAddress } from '../limits/addresses.ts';
import type { TenantLimitsSource } from '../limits/tenantLimits.ts';
import { refuse } from '../refusal.ts';
import { answerRefusal } from './errors.ts';
import type { Stage } from './exchange.ts';

const message = 'Expected a request from an address that is let in, but this one is not';

/** The installation's lists, before anything else is looked at. */
export function ipFilter(admits: (address: string) => boolean, clientAddress: ClientAddress): RequestHandler {
  return (request, response, next) => {
    if (admits(clientAddress(request))) return next();
    answerRefusal(response, { code: 'ADDRESS_DENIED', message });
  };
}

/** The tenant's own lists, as soon as the tenant is known. */
export function tenantIpFilter(tenantLimits: TenantLimitsSource): Stage {
  return async ({ tenantId, address }) => {
    if (tenantId === undefined) return ok();
    const { admits } = await tenantLimits.of(tenantId);
    return admits(address) ? ok() : refuse('ADDRESS_DENIED', message);
  };
}
