import { ok } from '@baton/engine/protocol';
import type { limitRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import type { LimitService } from './service.ts';

export function limitHandlers(limits: LimitService): HandlersOf<typeof limitRoutes> {
  return {
    getLimits: async ({ tenantId }) => ok(await limits.get(tenantId)),
    updateLimits: ({ tenantId, body, address }) => limits.update(tenantId, body, address),
  };
}
