import { ok } from '@baton/engine/protocol';
import { refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

/** The tenant of the request is the token's; `X-Tenant` may only repeat it. */
export const tenant: Stage = (exchange) => {
  if (!exchange.principal) return ok();
  const { tenantId } = exchange.principal;
  const asked = exchange.request.get('x-tenant');
  if (asked !== undefined && asked !== tenantId) {
    return refuse(
      'TENANT_MISMATCH',
      `Expected X-Tenant to be the tenant of the token, but it is '${asked.slice(0, 64)}'`,
    );
  }
  exchange.tenantId = tenantId;
  return ok();
};
