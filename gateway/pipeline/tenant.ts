import { ok } from '@baton/engine/protocol';
import type { Standing } from '../access/standing.ts';
import type { TenantNames } from '../access/tenantNames.ts';
import type { Stage } from './exchange.ts';

/**
 * The tenant of the request: the token's, with which the address and `X-Tenant` agree. From here on the principal has the
 * roles they hold there now.
 */
export function tenant(agree: TenantNames, standing: Standing): Stage {
  return async (exchange) => {
    const { principal } = exchange;
    if (!principal) return ok();
    const agreed = agree(exchange.request.headers, principal.tenantId);
    if (!agreed.ok) return agreed;
    const standingNow = await standing.of(principal);
    if (!standingNow.ok) {
      // Of a tenant that is gone nothing is kept, least of all for another one that gets its name.
      if (standingNow.failure.code === 'TENANT_UNKNOWN') exchange.audit.tenantId = '-';
      return standingNow;
    }
    exchange.principal = standingNow.value;
    exchange.tenantId = standingNow.value.tenantId;
    return ok();
  };
}
