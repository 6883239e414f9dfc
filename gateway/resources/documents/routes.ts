import { ok } from '@baton/engine/protocol';
import type { documentRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { DocumentService } from './service.ts';

export function documentHandlers(documents: DocumentService): HandlersOf<typeof documentRoutes> {
  return {
    async list({ tenantId, principal, query: { kinds: asked, ...page } }) {
      const kinds = await documents.readable(tenantId, principal, asked);
      const { items, total } = await documents.list(tenantId, kinds, page);
      return ok(listAnswer(items, total, page));
    },
  };
}
