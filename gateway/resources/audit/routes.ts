import { ok } from '@baton/engine/protocol';
import type { AuditStore } from '@baton/infra/store';
import type { auditRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';

export function auditHandlers(audit: AuditStore): HandlersOf<typeof auditRoutes> {
  return {
    async list({ tenantId, query: { limit, offset, actor, action, resource, from, to } }) {
      const slash = resource?.indexOf('/') ?? -1;
      const resourceKind = slash === -1 ? resource : resource?.slice(0, slash);
      const resourceId = slash === -1 ? undefined : resource?.slice(slash + 1);
      const filter = {
        ...(actor === undefined ? {} : { actor }),
        ...(action === undefined ? {} : { action }),
        ...(resourceKind === undefined ? {} : { resourceKind }),
        ...(resourceId === undefined ? {} : { resourceId }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      };
      const { items, total } = await audit.list(tenantId, filter, { limit, offset });
      const views = items.map(({ tenantId: _, at, ...entry }) => ({
        ...entry,
        at: new Date(at).toISOString(),
      }));
      return ok(listAnswer(views, total, { limit, offset }));
    },
  };
}
