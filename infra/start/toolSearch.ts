import type { Notices } from '@baton/infra/coordination';
import type { DocumentStore } from '@baton/infra/store';
import { createToolSearch, type ToolSearch, type ToolSearchWorld } from '@baton/tools-registry';

export interface OpenToolSearch extends ToolSearch {
  close(): void;
}

/** Search over the tools of all sources, which hears of changes made by any process of the product. */
export function openToolSearch(
  store: Pick<DocumentStore, 'textVectors'>,
  notices: Notices,
  world: Omit<ToolSearchWorld, 'vectors'>,
): OpenToolSearch {
  const search = createToolSearch({ ...world, vectors: store.textVectors });
  const close = notices.subscribe(({ kind, tenantId, id }) => {
    if (kind === 'tool') search.changed(tenantId, id);
    else if (kind === 'tenant') search.changed(tenantId);
  }, search.forgetAll);
  return { ...search, close };
}
