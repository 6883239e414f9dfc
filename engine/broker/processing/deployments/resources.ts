import type { ResourceMetadata, ResourceValue } from '@baton/engine/protocol';
import { identified } from './identified.ts';

/** A file that the engine keeps for others, such as `.rpa`. */
export const resources = identified<ResourceValue>('resource', {
  latest: (id, { state, tenantId }) => state.resources.latest(tenantId, id)?.value,
  keep({ resourceProp: _, ...known }, { resourceMetadata }) {
    resourceMetadata.push({ ...known, duplicate: true });
  },
  create({ id: resourceId, key: resourceKey, metadata }, resourceProp, { resourceMetadata }, context) {
    const resource: ResourceMetadata = { resourceId, resourceKey, ...metadata };
    context.event('RESOURCE', 'CREATED', resourceKey, { ...resource, resourceProp });
    resourceMetadata.push(resource);
  },
});
