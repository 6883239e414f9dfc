import { ok } from '@baton/engine/protocol';
import type { quotaRoutes } from '../../api/index.ts';
import type { RequestMeter } from '../../quotas/requests.ts';
import type { HandlersOf } from '../handler.ts';
import type { QuotaSettings } from './service.ts';

export function quotaHandlers(
  settings: QuotaSettings,
  requests: RequestMeter,
): HandlersOf<typeof quotaRoutes> {
  return {
    async listQuotas({ tenantId }) {
      await requests.flush();
      return ok({ items: await settings.list(tenantId) });
    },
    updateQuotas: async ({ tenantId, body }) => ok({ items: await settings.setOwn(tenantId, body.own) }),
  };
}
