import { ok } from '@baton/engine/protocol';
import { jsonHash } from '@baton/infra/store';
import type { documentRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { DocumentSearch } from './search.ts';
import type { DocumentService } from './service.ts';
import type { Transfer } from './transfer.ts';

export function documentHandlers(
  documents: DocumentService,
  transfer: Transfer,
  search: DocumentSearch,
): HandlersOf<typeof documentRoutes> {
  return {
    async search({ tenantId, principal, query: { kinds: asked, ...asks } }) {
      const kinds = await documents.readable(tenantId, principal, asked);
      return search.find(tenantId, principal.username, kinds, asks);
    },
    async symbols({ tenantId, principal, query: { kinds: asked, text, limit } }) {
      const kinds = await documents.readable(tenantId, principal, asked);
      return ok(await search.symbols(tenantId, kinds, text, limit));
    },
    async exportFiles({ tenantId, principal, query: { kinds: asked, ids } }) {
      const kinds = await documents.readable(tenantId, principal, asked);
      const exported = await transfer.exported(tenantId, kinds, ids);
      return exported.ok ? ok({ files: exported.value }) : exported;
    },
    async checkFiles({ tenantId, principal, body }) {
      const writable = await documents.writable(tenantId, principal);
      return ok({ files: await transfer.imported(tenantId, principal.username, body, writable, true) });
    },
    async importFiles({ tenantId, principal, body, audit }) {
      const writable = await documents.writable(tenantId, principal);
      const files = await transfer.imported(tenantId, principal.username, body, writable, false);
      audit.after = jsonHash(files);
      return ok({ files });
    },
    async list({ tenantId, principal, query: { kinds: asked, ...page } }) {
      const kinds = await documents.readable(tenantId, principal, asked);
      const { items, total } = await documents.list(tenantId, kinds, page);
      return ok(listAnswer(items, total, page));
    },
  };
}
