import { ok } from '@baton/engine/protocol';
import type { AuditFilter, AuditStore } from '@baton/infra/store';
import type { auditRoutes } from '../../api/index.ts';
import { auditEntryView } from '../../audit/view.ts';
import { refuse } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';

export function auditHandlers(audit: AuditStore): HandlersOf<typeof auditRoutes> {
  return {
    async list({ tenantId, query: { limit, offset, actor, action, outcome, text, resource, from, to } }) {
      const slash = resource?.indexOf('/') ?? -1;
      const resourceKind = slash === -1 ? resource : resource?.slice(0, slash);
      const resourceId = slash === -1 ? undefined : resource?.slice(slash + 1);
      const filter: AuditFilter = {
        ...(actor !== undefined && { actor }),
        ...(action !== undefined && { action }),
        ...(outcome !== undefined && { outcome }),
        ...(text !== undefined && { text }),
        ...(resourceKind !== undefined && { resourceKind }),
        ...(resourceId !== undefined && { resourceId }),
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(to !== undefined && { to: Date.parse(to) }),
      };
      const { items, total } = await audit.list(tenantId, filter, { limit, offset });
      return ok(listAnswer(items.map(auditEntryView), total, { limit, offset }));
    },
    async get({ tenantId, params: { id } }) {
      const found = await audit.get(tenantId, id);
      return found ? ok(auditEntryView(found)) : refuse('NOT_FOUND', 'Expected an entry, but there is none');
    },
  };
}
