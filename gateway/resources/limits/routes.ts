import { ok } from '@baton/engine/protocol';
import type { grantRoutes, limitRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import type { GrantService, LimitService } from './service.ts';

export function limitHandlers(limits: LimitService): HandlersOf<typeof limitRoutes> {
  return {
    getLimits: async ({ tenantId }) => ok(await limits.get(tenantId)),
    updateLimits: ({ tenantId, body, address }) => limits.update(tenantId, body, address),
  };
}

/** For those who run the installation. */
export function grantHandlers(grants: GrantService): HandlersOf<typeof grantRoutes> {
  return {
    getGrants: ({ params }) => grants.get(params.id),
    setGrants: ({ params, body }) => grants.set(params.id, body),
  };
}
