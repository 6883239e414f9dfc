import { failed, ok, type ResourceMetadata, type ResourceValue } from '@baton/engine/protocol';
import { readIdentified } from './identified.ts';
import { prepareVersion, type ReadKind } from './kind.ts';

/** A file that the engine keeps for others, such as `.rpa`. */
export const resources: ReadKind = (resource) => {
  const { resourceName } = resource;
  const read = readIdentified('resource', resource);
  if (!read.ok) return failed(read.failure);
  const { id: resourceId, versionTag } = read.value;
  return ok([
    {
      resource,
      claims: [{ kind: 'resource', id: resourceId }],
      prepare({ key: deploymentKey, resourceMetadata }, context) {
        const { state, tenantId } = context;
        const keep = ({ resourceProp: _, ...known }: ResourceValue) =>
          resourceMetadata.push({ ...known, duplicate: true });
        const latest = state.resources.latest(tenantId, resourceId);
        return prepareVersion(resource, latest?.value, keep, (checksum) => {
          const metadata: ResourceMetadata = {
            resourceId,
            version: (latest?.value.version ?? 0) + 1,
            resourceKey: context.nextKey(),
            resourceName,
            checksum,
            duplicate: false,
            deploymentKey,
            versionTag,
          };
          return () => {
            const value = { ...metadata, resourceProp: resource.resource };
            context.event('RESOURCE', 'CREATED', metadata.resourceKey, value);
            resourceMetadata.push(metadata);
            return undefined;
          };
        });
      },
    },
  ]);
};
