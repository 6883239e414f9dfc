import { ok } from '@baton/engine/protocol';
import type { Resource } from '@baton/infra/store';
import type { Template, TemplateContent, templateRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import { resourceView, versionedHandlers, versionOf } from '../versioned/index.ts';
import type { TemplateService } from './service.ts';

export function templateHandlers(templates: TemplateService): HandlersOf<typeof templateRoutes> {
  const view = (resource: Resource<TemplateContent>): Template => ({
    ...resourceView(resource),
    builtIn: templates.builtIn(resource.tenantId, resource.id) !== undefined,
  });
  return {
    ...versionedHandlers(templates.own),
    async list({ tenantId, query: { of, ...page } }) {
      const { items, total } = await templates.list(tenantId, of, page);
      return ok(listAnswer(items.map(view), total, page));
    },
    async get({ tenantId, params, query }) {
      const builtIn = templates.builtIn(tenantId, params.id);
      if (builtIn) return ok(view(builtIn));
      const found = await templates.own.get(tenantId, params.id, versionOf(query));
      return found.ok ? ok(view(found.value)) : found;
    },
  };
}
