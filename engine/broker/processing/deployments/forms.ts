import type { FormMetadata, FormValue } from '@baton/engine/protocol';
import { identified } from './identified.ts';

/** A `.form` file. */
export const forms = identified<FormValue>('form', {
  latest: (id, { state, tenantId }) => state.forms.latest(tenantId, id)?.value,
  keep({ resource: _, ...known }, { formMetadata }) {
    formMetadata.push({ ...known, duplicate: true });
  },
  create({ id: formId, key: formKey, metadata }, resource, { formMetadata }, context) {
    const form: FormMetadata = { formId, formKey, ...metadata };
    context.event('FORM', 'CREATED', formKey, { ...form, resource });
    formMetadata.push(form);
  },
});
