import { ok } from '@baton/engine/protocol';
import type { ToolContent, toolCatalogRoutes } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { VersionedService } from '../versioned/index.ts';
import { elementTemplateOf } from './elementTemplate.ts';
import type { ToolCatalogService } from './service.ts';
import { readToolDocument, type ToolDocuments } from './toolDocuments.ts';

const sees = () => true;

export function toolCatalogHandlers(
  catalog: ToolCatalogService,
  documents: ToolDocuments,
  tools: Pick<VersionedService<ToolContent>, 'get'>,
): HandlersOf<typeof toolCatalogRoutes> {
  return {
    async search({ tenantId, query }) {
      const { items, total, tags } = await catalog.search(tenantId, { ...query, sees });
      return ok({ ...listAnswer(items, total, query), tags });
    },
    async read({ tenantId, params: { name } }) {
      const found = await catalog.get(tenantId, name, sees);
      if (!found.ok) return found;
      const { input, output } = found.value.definition;
      const [entry, usage] = await Promise.all([
        catalog.entry(tenantId, { tool: found.value }),
        catalog.usage(tenantId, name),
      ]);
      return ok({ ...entry, input, output, usage });
    },
    async elementTemplateByName({ tenantId, params: { name } }) {
      const found = await catalog.get(tenantId, name, sees);
      return found.ok ? ok(elementTemplateOf(found.value)) : found;
    },
    async elementTemplate({ tenantId, params: { id } }) {
      const saved = await tools.get(tenantId, id, undefined);
      if (!saved.ok) return saved;
      const found = await catalog.get(tenantId, saved.value.name, sees);
      return found.ok ? ok(elementTemplateOf(found.value)) : found;
    },
    async exportTools({ tenantId, query: { names } }) {
      const found = await documents.exported(
        tenantId,
        names?.split(',').map((name) => name.trim()),
      );
      return found.ok ? ok({ tools: found.value }) : found;
    },
    async importTools({ body }) {
      if (body.mode === 'write')
        return refuse('ALREADY_EXISTS', 'Expected documents that were checked, but writing is not there yet');
      const checked = body.tools.map(readToolDocument);
      return ok({
        written: false,
        tools: checked.map((each) =>
          each.ok
            ? { name: each.value.name, action: 'create' as const, problems: [] }
            : { ...each.failure, action: 'refuse' as const },
        ),
      });
    },
  };
}
