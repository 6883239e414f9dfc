import type { Page, PageRequest, ResourceHead, ResourceStore } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import { type DocumentKind, type DocumentRow, documentKinds, type Permission } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { definesOf } from './definitions.ts';

export interface DocumentService {
  /** Kinds of those asked for that they may read, in the order of the tree. */
  readable(
    tenantId: string,
    by: Principal,
    asked: readonly DocumentKind[] | undefined,
  ): Promise<DocumentKind[]>;
  writable(tenantId: string, by: Principal): Promise<DocumentKind[]>;
  list(tenantId: string, kinds: readonly DocumentKind[], page: PageRequest): Promise<Page<DocumentRow>>;
}

/** Path and permissions of a kind: `policy` → `policies`. */
export const pluralOf = (kind: DocumentKind) =>
  kind === 'policy' ? ('policies' as const) : (`${kind}s` as const);

export function createDocumentService(resources: ResourceStore, access: Access): DocumentService {
  async function allowed(
    tenantId: string,
    by: Principal,
    asked: readonly DocumentKind[],
    permission: (kind: DocumentKind) => Permission,
  ) {
    const may = await Promise.all(
      documentKinds.map(
        async (kind) => asked.includes(kind) && (await access.allows(tenantId, by, permission(kind))),
      ),
    );
    return documentKinds.filter((_, index) => may[index]);
  }
  return {
    readable: (tenantId, by, asked = documentKinds) =>
      allowed(tenantId, by, asked, (kind) => `${pluralOf(kind)}:read`),
    writable: (tenantId, by) => allowed(tenantId, by, documentKinds, (kind) => `${pluralOf(kind)}:write`),
    async list(tenantId, kinds, page) {
      const { items, total } = await resources.heads(tenantId, kinds, page);
      return { items: items.map(rowOf), total };
    },
  };
}

function rowOf({
  kind,
  id,
  name,
  version,
  hash,
  savedAt,
  author,
  draft,
  references,
}: ResourceHead): DocumentRow {
  return {
    kind: kind as DocumentKind,
    id,
    name,
    version,
    hash,
    updatedAt: savedAt.toISOString(),
    updatedBy: author,
    ...(draft && { draft: { updatedAt: draft.updatedAt.toISOString(), updatedBy: draft.updatedBy } }),
    defines: definesOf(references),
  };
}
