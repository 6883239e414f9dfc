import type { Resource, ResourceKind, ResourceStore } from '@baton/infra/store';

/** At most as many as a store answers at once. */
const pageSize = 200;

/** All of a tenant's resources of a kind, by name. */
export async function everyStored(
  resources: ResourceStore,
  tenantId: string,
  kind: ResourceKind,
): Promise<Resource[]> {
  const found: Resource[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const { items, total } = await resources.list(tenantId, kind, { limit: pageSize, offset });
    found.push(...items);
    if (offset + pageSize >= total) return found;
  }
}
