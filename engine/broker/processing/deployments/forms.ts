import { type FormMetadata, type FormValue, failed, ok } from '@baton/engine/protocol';
import { readIdentified } from './identified.ts';
import { prepareVersion, type ReadKind } from './kind.ts';

/** A `.form` file. */
export const forms: ReadKind = (resource) => {
  const { resourceName } = resource;
  const read = readIdentified('form', resource);
  if (!read.ok) return failed(read.failure);
  const { id: formId, versionTag } = read.value;
  return ok([
    {
      resource,
      claims: [{ kind: 'form', id: formId }],
      prepare({ key: deploymentKey, formMetadata }, context) {
        const { state, tenantId } = context;
        const keep = ({ resource: _, ...known }: FormValue) =>
          formMetadata.push({ ...known, duplicate: true });
        const latest = state.forms.latest(tenantId, formId);
        return prepareVersion(resource, latest?.value, keep, (checksum) => {
          const metadata: FormMetadata = {
            formId,
            version: (latest?.value.version ?? 0) + 1,
            formKey: context.nextKey(),
            resourceName,
            checksum,
            duplicate: false,
            deploymentKey,
            versionTag,
          };
          return () => {
            const value = { ...metadata, resource: resource.resource };
            context.event('FORM', 'CREATED', metadata.formKey, value);
            formMetadata.push(metadata);
            return undefined;
          };
        });
      },
    },
  ]);
};
