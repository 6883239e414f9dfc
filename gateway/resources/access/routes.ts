import { ok } from '@baton/engine/protocol';
import type { accessRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import type { AccessService } from './service.ts';

export function accessHandlers(access: AccessService): HandlersOf<typeof accessRoutes> {
  return {
    why: ({ tenantId, query }) => access.why(tenantId, query.user, query.permission),
    whyMe: async ({ principal, query }) => ok(await access.whyMe(principal, query.permission)),
  };
}
