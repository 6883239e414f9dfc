import type { FormValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { createVersions, type Versions } from './versions.ts';

export type Forms = Versions<FormValue>;

export const createForms = (store: Store): Forms =>
  createVersions(store, 'forms', ({ formId, ...facts }) => ({ ...facts, id: formId }));
