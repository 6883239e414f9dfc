import type { Resource } from '@baton/infra/store';
import type { VersionedService } from './service.ts';

/** At most as many as a store answers at once. */
const pageSize = 200;

/** All of a tenant's resources that fit, by name. */
export async function everyResource<C>(
  service: VersionedService<C>,
  tenantId: string,
  fits: (resource: Resource<C>) => boolean,
): Promise<Resource<C>[]> {
  const found: Resource<C>[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const { items, total } = await service.list(tenantId, { limit: pageSize, offset });
    found.push(...items.filter(fits));
    if (offset + pageSize >= total) return found;
  }
}
