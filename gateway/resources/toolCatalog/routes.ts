import { ok } from '@baton/engine/protocol';
import type { Access } from '../../access/access.ts';
import type { ToolContent, toolCatalogRoutes } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { VersionedService } from '../versioned/index.ts';
import { elementTemplateOf } from './elementTemplate.ts';
import { seenBy } from './seen.ts';
import type { ToolCatalogService } from './service.ts';
import type { ToolDocuments } from './toolDocuments.ts';

export interface ToolCatalogHandlerOptions {
  catalog: ToolCatalogService;
  documents: ToolDocuments;
  tools: Pick<VersionedService<ToolContent>, 'get'>;
  access: Access;
}

export function toolCatalogHandlers({
  catalog,
  documents,
  tools,
  access,
}: ToolCatalogHandlerOptions): HandlersOf<typeof toolCatalogRoutes> {
  async function toolOf({ tenantId, principal }: { tenantId: string; principal: Principal }, name: string) {
    return catalog.get(tenantId, name, await seenBy(access, tenantId, principal));
  }
  return {
    async search({ tenantId, principal, query }) {
      const sees = await seenBy(access, tenantId, principal);
      const { items, total, tags } = await catalog.search(tenantId, { ...query, sees });
      const { limit, offset } = query;
      return ok({ ...listAnswer(items, total, { limit, offset }), tags });
    },
    async read(call) {
      const { name } = call.params;
      const found = await toolOf(call, name);
      if (!found.ok) return found;
      const { input, output } = found.value.definition;
      const [entry, usage] = await Promise.all([
        catalog.entry(call.tenantId, { tool: found.value }),
        catalog.usage(call.tenantId, name),
      ]);
      return ok({ ...entry, input, output, usage });
    },
    async elementTemplateByName(call) {
      const found = await toolOf(call, call.params.name);
      return found.ok ? ok(elementTemplateOf(found.value)) : found;
    },
    async elementTemplate(call) {
      const saved = await tools.get(call.tenantId, call.params.id, undefined);
      if (!saved.ok) return saved;
      const found = await toolOf(call, saved.value.name);
      return found.ok ? ok(elementTemplateOf(found.value)) : found;
    },
    async exportTools({ tenantId, query: { names } }) {
      const wanted = names?.split(',').map((name) => name.trim());
      const found = await documents.exported(tenantId, wanted);
      return found.ok ? ok({ tools: found.value }) : found;
    },
    importTools: ({ tenantId, principal, body }) => documents.imported(tenantId, principal.username, body),
  };
}
