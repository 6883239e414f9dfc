import { ok } from '@baton/engine/protocol';
import type { AuditFilter, AuditStore } from '@baton/infra/store';
import type { auditRoutes } from '../../api/index.ts';
import { auditEntryView } from '../../audit/view.ts';
import { refuse } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';

/** Entries that one search for a text looks through: it takes no longer, however old the audit is. */
const searchDepth = 10_000;

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
      const { items, total, lookedBackTo } = await audit.list(
        tenantId,
        filter,
        { limit, offset },
        searchDepth,
      );
      return ok({
        ...listAnswer(items.map(auditEntryView), total, { limit, offset }),
        ...(lookedBackTo !== undefined && { looked_back_to: new Date(lookedBackTo).toISOString() }),
      });
    },
    async get({ tenantId, params: { id } }) {
      const found = await audit.get(tenantId, id);
      return found ? ok(auditEntryView(found)) : refuse('NOT_FOUND', 'Expected an entry, but there is none');
    },
  };
}
